import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { recordBatches } from '../../db/record.ts';
import { eventsAfter } from '../../db/stream.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { signedIn } from './signed-in.ts';

interface Told {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly ticket: string; readonly seq: number };
}

let desk: DeskApp;
let url: string;
beforeAll(async () => {
  desk = await startDeskApp();
  await desk.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(desk.app.server.address() as AddressInfo).port}/v1/stream`;
});
afterAll(() => desk.close());

/** Events as a workflow would have them recorded. */
async function record(ticket: string, from: number, to = from, padding = ''): Promise<void> {
  const events = Array.from({ length: to - from + 1 }, (_, i) => ({
    seq: from + i,
    type: 'test.happened',
    at: Date.now(),
    actor: { type: 'system', id: 'test' } as const,
    cause: 'test',
    data: { padding },
  }));
  await recordBatches(desk.database.pool, [{ stream: `ticket/${ticket}`, ticket, events }]);
}

class Listener {
  readonly #abort = new AbortController();
  readonly #events: AsyncGenerator<Told>;
  readonly answer: Response;

  private constructor(answer: Response, abort: AbortController) {
    this.answer = answer;
    this.#abort = abort;
    this.#events = told(answer);
  }

  static async open(query = '', lastEventId?: string, who: Record<string, string> = desk.headers): Promise<Listener> {
    const abort = new AbortController();
    const headers = { ...who, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
    return new Listener(await fetch(`${url}${query}`, { headers, signal: abort.signal }), abort);
  }

  async next(count: number): Promise<Told[]> {
    const events: Told[] = [];
    while (events.length < count) {
      const { value, done } = await this.#events.next();
      if (done === true) throw new Error(`the stream ended after ${events.length} of ${count} events`);
      events.push(value);
    }
    return events;
  }

  /** Whatever comes until the server ends the stream. */
  async rest(): Promise<Told[]> {
    const events: Told[] = [];
    try {
      for await (const event of this.#events) events.push(event);
    } catch {
      // Cut off in the middle of one.
    }
    return events;
  }

  close(): void {
    this.#abort.abort();
  }
}

async function* told(answer: Response): AsyncGenerator<Told> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of answer.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
      if (fields['data'] === undefined) continue;
      yield { id: fields['id'] ?? '', event: fields['event'] ?? '', data: JSON.parse(fields['data']) as Told['data'] };
    }
  }
}

const seqs = (events: readonly Told[]): number[] => events.map((e) => e.data.seq);

describe('the stream of events', () => {
  it('tells what happens from the moment it is open', async () => {
    await record('AAAAAAAAAAAA', 1);
    // Told only once no older transaction is under way, those of others on the server included.
    await vi.waitFor(async () => {
      expect(await eventsAfter(desk.database.db, null, { ticket: 'AAAAAAAAAAAA' }, 1)).toHaveLength(1);
    });
    const listener = await Listener.open();
    expect(listener.answer.headers.get('content-type')).toBe('text/event-stream');
    await record('AAAAAAAAAAAA', 2, 3);
    const events = await listener.next(2);
    expect(events).toMatchObject([
      { event: 'test.happened', data: { ticket: 'AAAAAAAAAAAA', seq: 2 } },
      { event: 'test.happened', data: { ticket: 'AAAAAAAAAAAA', seq: 3 } },
    ]);
    expect(events[0]?.id).toMatch(/^\d+-\d+$/);
    listener.close();
  });

  it('goes on after the last event seen, without a gap and without a repetition', async () => {
    const first = await Listener.open();
    await record('BBBBBBBBBBBB', 1);
    const [last] = await first.next(1);
    first.close();
    await record('BBBBBBBBBBBB', 2, 1500);
    const again = await Listener.open('', last?.id);
    const recording = record('BBBBBBBBBBBB', 1501, 1600);
    expect(seqs(await again.next(1599))).toEqual(Array.from({ length: 1599 }, (_, i) => i + 2));
    await recording;
    again.close();
  });

  it('of one ticket tells nothing of others', async () => {
    const listener = await Listener.open('?ticket=cccc-cccc-cccc');
    await record('DDDDDDDDDDDD', 1);
    await record('CCCCCCCCCCCC', 1);
    expect((await listener.next(1))[0]?.data).toMatchObject({ ticket: 'CCCCCCCCCCCC', seq: 1 });
    listener.close();
  });

  it('tells every listener, and goes on for those who stay', async () => {
    const [one, two] = [await Listener.open(), await Listener.open()];
    await record('EEEEEEEEEEEE', 1);
    expect(seqs(await one.next(1))).toEqual([1]);
    expect(seqs(await two.next(1))).toEqual([1]);
    one.close();
    await record('EEEEEEEEEEEE', 2);
    expect(seqs(await two.next(1))).toEqual([2]);
    two.close();
    const three = await Listener.open();
    await record('EEEEEEEEEEEE', 3);
    expect(seqs(await three.next(1))).toEqual([3]);
    three.close();
  });

  it('cuts a listener off who does not read, who then goes on where it was', async () => {
    const slow = await Listener.open();
    await record('FFFFFFFFFFFF', 1);
    const [last] = await slow.next(1);
    // More than the sockets and the server hold for somebody who does not read.
    for (let i = 0; i < 40; i++) await record('FFFFFFFFFFFF', 2 + i, 2 + i, 'x'.repeat(1_000_000));
    const read = await slow.rest();
    expect(read.length).toBeLessThan(40);
    const again = await Listener.open('', read.at(-1)?.id ?? last?.id);
    const all = [...read, ...(await again.next(40 - read.length))];
    expect(seqs(all)).toEqual(Array.from({ length: 40 }, (_, i) => i + 2));
    again.close();
  });

  it('ends for whom it is not any more, and goes on for others', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    // What earlier tests have recorded may still be told.
    const ofOne = '?ticket=HHHHHHHHHHHH';
    const { id, key } = (await desk.call('POST', '/v1/api-keys', { name: 'Soon revoked', role: 'read-only' })).json<
      Record<'id' | 'key', string>
    >();
    const [leaving, signedOut, staying] = [
      await signedIn(desk, 'agent'),
      await signedIn(desk, 'agent'),
      await signedIn(desk, 'agent'),
    ];
    const open = ({ browser }: typeof leaving) =>
      Listener.open(ofOne, undefined, { ...browser.cookie(), 'x-vigil-request': '1' });
    const ended = [
      await Listener.open(ofOne, undefined, { authorization: `Bearer ${key}` }),
      await open(leaving),
      await open(signedOut),
    ];
    const others = [await Listener.open(ofOne), await open(staying)];
    await desk.call('DELETE', `/v1/api-keys/${id}`);
    await desk.call('PATCH', `/v1/users/${leaving.person.id}`, { active: false });
    expect((await signedOut.browser.call('DELETE', '/v1/session')).statusCode).toBe(204);
    await vi.advanceTimersByTimeAsync(15_000);
    for (const listener of ended) expect(await listener.rest()).toEqual([]);
    await vi.advanceTimersByTimeAsync(15_000);
    await record('HHHHHHHHHHHH', 1);
    for (const listener of others) {
      expect(seqs(await listener.next(1))).toEqual([1]);
      listener.close();
    }
  });

  it('goes on where nobody can know whether it still may', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { browser } = await signedIn(desk, 'agent');
    const headers = { ...browser.cookie(), 'x-vigil-request': '1' } as Record<string, string>;
    const listener = await Listener.open('?ticket=JJJJJJJJJJJJ', undefined, headers);
    const asked = vi.spyOn(desk.app.auth.api, 'getSession').mockRejectedValue(new Error('The database is away.'));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(asked).toHaveBeenCalled();
    asked.mockRestore();
    await record('JJJJJJJJJJJJ', 1);
    expect(seqs(await listener.next(1))).toEqual([1]);
    listener.close();
  });

  it.each([
    ['?ticket=nonsense', {}, 'query.ticket'],
    ['', { 'last-event-id': 'nonsense' }, 'headers.last-event-id'],
    ['', { 'last-event-id': '99999999999999999999999-1' }, 'headers.last-event-id'],
  ])('refuses to begin at %j %j', async (query, headers, path) => {
    const answer = await desk.call('GET', `/v1/stream${query}`, undefined, headers);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path }] });
  });

  it('ends when the server closes', async () => {
    const other = await startDeskApp();
    await other.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = other.app.server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/v1/stream`, { headers: other.headers });
    const rest = answer.text();
    await other.close();
    expect(await rest).toBe('retry: 1000\n\n');
  });
});
