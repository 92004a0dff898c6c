import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { EventStream } from '../../api/event-stream.ts';
import type { PositionedEvent } from '../../db/stream.ts';

const event = (seq: number): PositionedEvent => ({
  position: `${seq}-${seq}`,
  stream: 'ticket/AAAAAAAAAAAA',
  ticket: 'AAAAAAAAAAAA',
  seq,
  type: 'test.happened',
  at: 0,
  actor: { type: 'system', id: 'test' },
  cause: 'test',
  data: {},
});

it('an event that is told while it is read from the archive is written once', async () => {
  const written: string[] = [];
  const response = Object.assign(new EventEmitter(), {
    destroyed: false,
    writableLength: 0,
    write: (text: string) => written.push(text) > 0,
  });
  const stream = new EventStream(response as unknown as ServerResponse, () => true);
  const pages = [[event(2), event(3)], [event(4)], []];
  await stream.catchUp('1-1', async () => {
    const page = pages.shift() ?? [];
    stream.tell(page);
    if (pages.length === 0) stream.tell([event(4), event(5)]);
    return page;
  });
  stream.tell([event(6)]);
  expect([...written.join('').matchAll(/^id: (\d+)-/gm)].map(([, id]) => Number(id))).toEqual([2, 3, 4, 5, 6]);
});
