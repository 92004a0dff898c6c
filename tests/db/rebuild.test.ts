import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordAudit, vigil } from '../../db/audit-events.ts';
import { rebuild } from '../../db/rebuild.ts';
import { recordBatches } from '../../db/record.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import type { EventBatch } from '../../domain/events.ts';
import { customerMessage, hour, reply } from '../domain/ticket-fixtures.ts';
import { testDatabase } from './database.ts';
import { archive, clear, dump } from './dump.ts';
import { histories, ticketHistory } from './histories.ts';

const desk = testDatabase();

async function* nothing(): AsyncIterable<EventBatch> {}

async function* each(batches: readonly EventBatch[]): AsyncIterable<EventBatch> {
  yield* batches;
}

/** Rows lost, rows changed, and rows that no event accounts for. */
const damages = [
  'truncate tickets, ticket_search, messages, sla_clocks, incidents',
  `update tickets set status = 'closed', tags = '{x}'; update ticket_search set search = 'x'`,
  'delete from messages; update sla_clocks set cycle = cycle + 1000; delete from incidents',
  `update tickets set id = 'ZZ' || id; update messages set ticket = 'A' || ticket; update incidents set id = 'ZZ' || id`,
];

test('whatever became of the derived rows, they are the same again, row by row', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat({ max: 20 }), fc.nat(), async (all, chunk, damage) => {
      await clear(desk.database.pool);
      for (const { batches } of all) for (const batch of batches) await recordBatches(desk.database.pool, [batch]);
      const before = await dump(desk.database.pool);
      const recorded = await archive(desk.database.pool);
      const trail = [{ action: 'changed', resource: 'users', id: 'usr_1', name: null, changes: [] }];
      await recordAudit(desk.database.db, vigil, trail);
      const audited = await desk.database.db.select().from(auditEvents);
      await desk.database.pool.query(damages[damage % damages.length] ?? '');
      const counts = await rebuild(desk.database.pool, nothing, { chunk: chunk + 1 });
      expect(await dump(desk.database.pool)).toEqual(before);
      expect(await archive(desk.database.pool)).toEqual(recorded);
      expect(await desk.database.db.select().from(auditEvents)).toEqual(audited);
      expect(counts).toEqual({ replayed: recorded.length, recorded: 0 });
    }),
    { numRuns: 8 },
  );
});

const life = [
  { bare: reply('r1'), wait: hour },
  { bare: customerMessage('c1'), wait: hour },
  { bare: { type: 'solve' }, wait: hour },
] as const;

test('what open workflows hold is recorded, also where the archive has a part of it', async () => {
  const all = [ticketHistory('T1', life), ticketHistory('T2', life), ticketHistory('T3', life)];
  for (const { batches } of all) await recordBatches(desk.database.pool, batches);
  const before = [await archive(desk.database.pool), await dump(desk.database.pool)];
  await clear(desk.database.pool);

  const [one, two, three] = all.map(({ batches }) => batches) as [EventBatch[], EventBatch[], EventBatch[]];
  const whole = (batches: readonly EventBatch[]): EventBatch =>
    ({ ...batches[0], events: batches.flatMap(({ events }) => events) }) as EventBatch;
  await recordBatches(desk.database.pool, [...one.slice(0, 1), ...two.slice(0, 2)]);
  const counts = await rebuild(desk.database.pool, () => each([whole(one), whole(two.slice(1)), whole(three)]));
  expect([await archive(desk.database.pool), await dump(desk.database.pool)]).toEqual(before);
  expect(counts.replayed).toBe(whole([...one.slice(0, 1), ...two.slice(0, 2)]).events.length);
});

test('recorders may come while it runs', async () => {
  const all = Array.from({ length: 30 }, (_, i) => ticketHistory(`T${i}`, life));
  for (const { batches } of all) await recordBatches(desk.database.pool, batches);
  const before = await dump(desk.database.pool);
  await clear(desk.database.pool);

  const rounds = Math.max(...all.map(({ batches }) => batches.length));
  const progress = { recording: true };
  const recorders = (async () => {
    for (let round = 0; round < rounds; round++) {
      await Promise.all(all.map(({ batches }) => recordBatches(desk.database.pool, batches.slice(round, round + 1))));
    }
    progress.recording = false;
  })();
  let rebuilds = 0;
  for (; progress.recording; rebuilds++) await rebuild(desk.database.pool, nothing, { chunk: 25 });
  await recorders;
  expect(rebuilds).toBeGreaterThan(0);
  expect(await dump(desk.database.pool)).toEqual(before);
});
