import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { recordBatches } from '../../db/record.ts';
import { comparePositions, eventsAfter, isPosition, streamHead } from '../../db/stream.ts';
import type { EventBatch } from '../../domain/events.ts';
import { system } from '../../domain/ticket.ts';
import { testDatabase } from './database.ts';

const desk = testDatabase();

function batch(ticket: string, ...seqs: number[]): EventBatch {
  const event = { type: 'test', at: 0, actor: system, cause: 'test', data: {} };
  return { stream: `ticket/${ticket}`, ticket, events: seqs.map((seq) => ({ ...event, seq })) };
}

const record = (...batches: EventBatch[]): Promise<void> => recordBatches(desk.database.pool, batches);

async function follow(from: string | null, limit = 100): Promise<{ names: string[]; last: string | null }> {
  const events = await eventsAfter(desk.database.db, from, {}, limit);
  return { names: events.map((e) => `${e.ticket} ${e.seq}`), last: events.at(-1)?.position ?? from };
}

/** A recorder that was held up between writing and committing. */
async function slowRecorder(ticket: string): Promise<{ commit(): Promise<void>; fail(): Promise<void> }> {
  const client = new pg.Client({ connectionString: desk.url });
  await client.connect();
  await client.query('begin');
  await client.query(
    `insert into events (stream, seq, ticket, type, at, actor, cause, data)
     values ('ticket/' || $1, 1, $1, 'test', now(), '{}', 'test', '{}')`,
    [ticket],
  );
  const end = (how: string) => async (): Promise<void> => {
    await client.query(how);
    await client.end();
  };
  return { commit: end('commit'), fail: end('rollback') };
}

/** Waits until a page tells these: a transaction of another test on the same server may hold the stream up. */
async function until(from: string | null, names: readonly string[]): Promise<string | null> {
  return vi.waitFor(
    async () => {
      const page = await follow(from);
      expect(page.names).toEqual(names);
      return page.last;
    },
    { timeout: 20_000 },
  );
}

test('an event whose transaction commits late is told after those that were told before', async () => {
  await record(batch('A', 1));
  const slow = await slowRecorder('SLOW');
  await record(batch('B', 1));
  const lost = await slowRecorder('LOST');
  await record(batch('C', 1, 2));

  const first = await until(null, ['A 1']);
  expect((await follow(first)).names).toEqual([]);
  expect(await streamHead(desk.database.db)).toBe(first);
  await slow.commit();
  const second = await until(first, ['SLOW 1', 'B 1']);
  await lost.fail();
  const third = await until(second, ['C 1', 'C 2']);
  expect(await streamHead(desk.database.db)).toBe(third);
  const positions = [first, second, third].map(String);
  expect(positions.toReversed().toSorted(comparePositions)).toEqual(positions);
});

test('however the recorders and the reader meet, each event is told once', async () => {
  const ids = Array.from({ length: 60 }, (_, i) => `T${i}`);
  const told: string[] = [];
  const reader = (async () => {
    for (let from: string | null = null; told.length < 3 * ids.length;) {
      const page = await follow(from, 7);
      told.push(...page.names);
      from = page.last;
    }
  })();
  await Promise.all(
    ids.map(async (id) => {
      for (const seq of [1, 2, 3]) await record(batch(id, seq));
    }),
  );
  await reader;
  expect(told.toSorted()).toEqual(ids.flatMap((id) => [`${id} 1`, `${id} 2`, `${id} 3`]).toSorted());
});

test('one ticket can be followed alone', async () => {
  await record(batch('A', 1, 2), batch('B', 1));
  await record(batch('A', 3));
  const end = await until(null, ['A 1', 'A 2', 'B 1', 'A 3']);
  const events = await eventsAfter(desk.database.db, null, { ticket: 'A' }, 2);
  const rest = await eventsAfter(desk.database.db, events.at(-1)?.position ?? null, { ticket: 'A' }, 2);
  expect([...events, ...rest].map((e) => `${e.ticket} ${e.seq}`)).toEqual(['A 1', 'A 2', 'A 3']);
  expect(rest.at(-1)?.position).toBe(end);
});

test('an archive restored into a server with lower transaction numbers goes on where its readers were', async () => {
  await record(batch('A', 1, 2, 3));
  await desk.database.pool.query(`update events set tx = (tx::text::bigint + 1000000000)::text::xid8`);
  const { rows } = await desk.database.pool.query<{ at: string }>(
    `select tx || '-' || id as at from events where seq = 2`,
  );
  const before = rows[0]?.at ?? '';
  await record(batch('B', 1));
  expect((await follow(before)).names).not.toContain('A 3');
  await migrate(desk.url);
  await until(before, ['A 3', 'B 1']);
});

test('what is no position is told apart', () => {
  const wrong = ['', '1', '-1', '1-', '1-2-3', '18446744073709551616-1', '1-9223372036854775808', 'a-b', '1.0-2'];
  expect(wrong.filter(isPosition)).toEqual([]);
});

test('the highest numbers there are make a position', async () => {
  const highest = '18446744073709551615-9223372036854775807';
  expect(isPosition(highest)).toBe(true);
  expect((await follow(highest)).names).toEqual([]);
});
