import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getIncident } from '../../db/incidents.ts';
import { listMessages } from '../../db/messages.ts';
import { RecordQueue } from '../../db/record-queue.ts';
import { recordBatches } from '../../db/record.ts';
import { getTicket, ticketClocks } from '../../db/tickets.ts';
import type { EventBatch } from '../../domain/events.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { system } from '../../domain/ticket.ts';
import { customerMessage, day, hour, reply } from '../domain/ticket-fixtures.ts';
import { testDatabase } from './database.ts';
import { archive, clear, dump } from './dump.ts';
import { histories, incidentHistory, ticketHistory } from './histories.ts';

const desk = testDatabase();

const busyLife = [
  { bare: reply('r1'), wait: hour },
  { bare: customerMessage('c1'), wait: hour },
  { bare: { type: 'assign', assignee: 'usr_ann', team: 'team_1' }, wait: hour },
  { bare: { type: 'changePriority', priority: 'urgent' }, wait: hour },
  { bare: reply('r2', { attachments: [{ id: 'a', name: 'log.txt' }] }), wait: 5 * hour },
  { bare: { type: 'solve' }, wait: hour },
  { bare: customerMessage('c2'), wait: day },
] as const;

test('the rows say what the workflow knows', async () => {
  const spans = [[Date.UTC(2026, 0, 1), Date.UTC(2026, 3, 1)]] as const;
  const fields = { customFields: { plan: 'gold', seats: 3, trial: false, none: null }, tags: ['a b', "it's"] };
  const { state, batches } = ticketHistory('T1', busyLife, fields);
  const withSpans = rowOf({ ...state, sla: { ...state.sla, terms: { ...state.sla.terms, spans } } });
  const last = batches.at(-1) as EventBatch;
  const event = { type: 'test', at: 0, actor: system, cause: 'test' };
  const change = { ...event, seq: state.seq + 1, data: {}, changes: { ticket: { openTime: withSpans.openTime } } };
  for (const batch of batches) await recordBatches(desk.database.pool, [batch]);
  expect(await getTicket(desk.database.db, 'T1')).toEqual(rowOf(state));
  await recordBatches(desk.database.pool, [{ ...last, events: [change] }]);
  expect(await getTicket(desk.database.db, 'T1')).toEqual(withSpans);

  const clocks = await ticketClocks(desk.database.db, 'T1');
  for (const clock of state.sla.clocks) expect(clocks).toContainEqual(clock);
  expect(clocks.map(({ name, cycle }) => `${name} ${cycle}`)).toContain('nextReply 1');
  const { rows } = await listMessages(desk.database.db, 'T1', { limit: 10 });
  expect(rows.map((message) => message.id)).toEqual(['first', 'r1', 'c1', 'r2', 'c2']);
  expect(rows[3]?.attachments).toEqual([{ id: 'a', name: 'log.txt' }]);
});

test("an incident's row follows its events", async () => {
  const { batches } = incidentHistory('I1', 'T1', ['step', 'acknowledge', 'reassign', 'resolve']);
  await recordBatches(desk.database.pool, batches);
  const found = await getIncident(desk.database.db, 'I1');
  expect(found?.incident).toMatchObject({ status: 'resolved', responders: ['usr_eve'], acknowledgedAt: null });
  expect(found?.timeline.map((event) => event.type)).toEqual(
    ['triggered', 'escalated', 'acknowledged', 'reassigned', 'resolved'].map((word) => `incident.${word}`),
  );
});

test('recording again, in other portions, all at once or one by one, comes to the same', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.infiniteStream(fc.nat({ max: 5 })), async (all, sizes) => {
      await clear(desk.database.pool);
      for (const history of all) {
        for (const batch of history.batches) await recordBatches(desk.database.pool, [batch]);
      }
      const before = [await archive(desk.database.pool), await dump(desk.database.pool)];
      await recordBatches(
        desk.database.pool,
        all.flatMap(({ batches }) => batches),
      );
      // What comes late must not set a row back to what it was.
      for (const { batches } of all) await recordBatches(desk.database.pool, batches.slice(0, 1));
      expect([await archive(desk.database.pool), await dump(desk.database.pool)]).toEqual(before);

      await clear(desk.database.pool);
      for (const { stream, ticket, batches } of all) {
        const events = batches.flatMap((batch) => batch.events);
        // Portions that overlap: each begins before the one before it has ended.
        for (let i = 0; i < events.length;) {
          const size = 1 + (sizes.next().value ?? 0);
          await recordBatches(desk.database.pool, [
            { stream, ticket, events: events.slice(Math.max(0, i - 2), i + size) },
          ]);
          i += size;
        }
      }
      expect([await archive(desk.database.pool), await dump(desk.database.pool)]).toEqual(before);
    }),
    { numRuns: 8 },
  );
});

test('recorders of the same tickets do not wait for each other in a circle', async () => {
  const all = Array.from({ length: 40 }, (_, i) => ticketHistory(`T${i}`, busyLife));
  for (const { batches } of all) await recordBatches(desk.database.pool, batches);
  const before = await dump(desk.database.pool);
  await clear(desk.database.pool);
  const rounds = Math.max(...all.map(({ batches }) => batches.length));
  for (let round = 0; round < rounds; round++) {
    const due = all.flatMap(({ batches }) => batches.slice(round, round + 1));
    const orders = Array.from({ length: 8 }, (_, i) => [...due.slice(i * 5), ...due.slice(0, i * 5)]);
    await Promise.all(
      orders.map((order, i) => recordBatches(desk.database.pool, i % 2 === 0 ? order : order.toReversed())),
    );
  }
  expect(await dump(desk.database.pool)).toEqual(before);
});

test('characters that jsonb refuses stop no record', async () => {
  const halves = customerMessage('c1', { body: `\0 before \uD83D after` });
  const cut = customerMessage('c2', { body: `${'x'.repeat(19_999)}🙂` });
  const { batches } = ticketHistory(
    'T1',
    [halves, cut].map((bare) => ({ bare, wait: hour })),
    { subject: '\uDE42' },
  );
  await recordBatches(desk.database.pool, batches);
  const { rows } = await listMessages(desk.database.db, 'T1', { limit: 10 });
  expect(rows.map(({ body }) => body.slice(0, 16))).toEqual([
    'body of first',
    '\uFFFD before \uFFFD after',
    'x'.repeat(16),
  ]);
});

test('a batch that is refused fails alone, and the others of its group are recorded', async () => {
  const good = Array.from({ length: 20 }, (_, i) => ticketHistory(`T${i}`, busyLife.slice(0, 1)));
  const [first] = ticketHistory('BAD', []).batches as [EventBatch];
  const incomplete = { createdAt: 0, level: 1 } as const;
  const bad = { ...first, events: first.events.map((event) => ({ ...event, changes: { ticket: incomplete } })) };
  const queue = new RecordQueue(desk.database.pool);
  const batches = [...good.flatMap((history) => history.batches), bad];
  const results = await Promise.allSettled(batches.map((batch) => queue.record(batch)));
  expect(results.map(({ status }) => status).indexOf('rejected')).toBe(batches.length - 1);
  expect((await dump(desk.database.pool))['tickets']).toHaveLength(20);
});
