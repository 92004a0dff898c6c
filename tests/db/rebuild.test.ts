import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { rebuild } from '../../db/rebuild.ts';
import { recordBatches } from '../../db/record.ts';
import type { EventBatch } from '../../domain/events.ts';
import { customerMessage, hour, reply } from '../domain/ticket-fixtures.ts';
import { type FreshDatabase, freshDatabase } from '../support/servers.ts';
import { archive, clear, dump } from './dump.ts';
import { histories, ticketHistory } from './histories.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});

beforeEach(() => clear(database.pool));

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function* nothing(): AsyncIterable<EventBatch> {}

async function* each(batches: readonly EventBatch[]): AsyncIterable<EventBatch> {
  yield* batches;
}

/** Rows lost, rows changed, and rows that no event accounts for. */
const damages = [
  'truncate tickets, ticket_search, messages, sla_clocks, incidents',
  `update tickets set status = 'closed', tags = '{x}'; update ticket_search set search = 'x'`,
  'delete from messages; update sla_clocks set cycle = cycle + 1; delete from incidents',
  `update tickets set id = 'ZZ' || id; update messages set ticket = 'A' || ticket; update incidents set id = 'ZZ' || id`,
];

test('whatever became of the derived rows, they are the same again, row by row', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat({ max: 20 }), fc.nat(), async (all, chunk, damage) => {
      await clear(database.pool);
      for (const { batches } of all) for (const batch of batches) await recordBatches(database.pool, [batch]);
      const before = await dump(database.pool);
      const recorded = await archive(database.pool);
      await database.pool.query(damages[damage % damages.length] ?? '');
      const counts = await rebuild(database.pool, nothing, { chunk: chunk + 1 });
      expect(await dump(database.pool)).toEqual(before);
      expect(await archive(database.pool)).toEqual(recorded);
      expect(counts).toEqual({ replayed: recorded.length, recorded: 0 });
    }),
    { numRuns: 12 },
  );
});

const life = [
  { bare: reply('r1'), wait: hour },
  { bare: customerMessage('c1'), wait: hour },
  { bare: { type: 'solve' }, wait: hour },
] as const;

test('what open workflows hold is recorded, also where the archive has a part of it', async () => {
  const all = [ticketHistory('T1', life), ticketHistory('T2', life), ticketHistory('T3', life)];
  for (const { batches } of all) await recordBatches(database.pool, batches);
  const before = [await archive(database.pool), await dump(database.pool)];
  await clear(database.pool);

  const [one, two, three] = all.map(({ batches }) => batches) as [EventBatch[], EventBatch[], EventBatch[]];
  const whole = (batches: readonly EventBatch[]): EventBatch =>
    ({ ...batches[0], events: batches.flatMap(({ events }) => events) }) as EventBatch;
  await recordBatches(database.pool, [...one.slice(0, 1), ...two.slice(0, 2)]);
  const counts = await rebuild(database.pool, () => each([whole(one), whole(two.slice(1)), whole(three)]));
  expect([await archive(database.pool), await dump(database.pool)]).toEqual(before);
  expect(counts.replayed).toBe(whole([...one.slice(0, 1), ...two.slice(0, 2)]).events.length);
});

test('recorders may come while it runs', async () => {
  const all = Array.from({ length: 30 }, (_, i) => ticketHistory(`T${i}`, life));
  for (const { batches } of all) await recordBatches(database.pool, batches);
  const before = await dump(database.pool);
  await clear(database.pool);

  const rounds = Math.max(...all.map(({ batches }) => batches.length));
  let recording = true;
  const recorders = (async () => {
    for (let round = 0; round < rounds; round++) {
      await Promise.all(all.map(({ batches }) => recordBatches(database.pool, batches.slice(round, round + 1))));
    }
    recording = false;
  })();
  let rebuilds = 0;
  for (; recording; rebuilds++) await rebuild(database.pool, nothing, { chunk: 25 });
  await recorders;
  expect(rebuilds).toBeGreaterThan(0);
  expect(await dump(database.pool)).toEqual(before);
});
