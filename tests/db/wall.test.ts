import { beforeEach, describe, expect, test } from 'vitest';
import { recordBatches } from '../../db/record.ts';
import { nextBreaches, numbersSince, openIncidents, openQueue, promisesSince } from '../../db/wall.ts';
import type { Changes, EventBatch, IncidentRow, TicketRow } from '../../domain/events.ts';
import type { Clock } from '../../domain/sla.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { system } from '../../domain/ticket.ts';
import { hour, minute, newTicket, start } from '../domain/ticket-fixtures.ts';
import { testDatabase } from './database.ts';

const desk = testDatabase();
const template = { ...rowOf(newTicket()), nextDueAt: null, nextDueClock: null };
const now = start + 10 * hour;

let count = 0;
beforeEach(() => void (count = 0));

function changed(stream: string, ticket: string, changes: Changes): EventBatch {
  const event = { seq: 1, type: 'ticket.created', at: start, actor: system, cause: 'test', data: {}, changes };
  return { stream, ticket, events: [event] };
}

async function add(fields: Partial<TicketRow>, clocks: readonly Partial<Clock>[] = []): Promise<string> {
  const id = `T${String(++count).padStart(3, '0')}`;
  const whole = clocks.map((clock) => ({ ...clockTemplate, ...clock }));
  const ticket = { ...template, updatedAt: now, ...fields, id };
  await recordBatches(desk.database.pool, [changed(`ticket/${id}`, id, { ticket, clocks: whole })]);
  return id;
}

const clockTemplate: Clock = {
  name: 'firstReply',
  cycle: 1,
  target: hour,
  targetSince: start,
  activatedAt: start,
  carried: 0,
  segments: [],
  warned: [],
  dueAt: start + hour,
  breachedAt: null,
  endedAt: null,
};

describe('the open queue', () => {
  const due = (at: number) => ({ createdAt: start, nextDueAt: at, nextDueClock: 'firstReply' });

  test('is coloured by the part that is used up, at its very bounds', async () => {
    // Ten hours have passed.
    await add(due(start + 20 * hour + 1));
    await add(due(start + 20 * hour));
    await add(due(start + (40 / 3) * hour + 1));
    await add(due(start + (40 / 3) * hour));
    await add(due(now + 1));
    await add(due(now));
    await add({ ...due(now - hour), assignee: 'usr_ann' });
    await add({ status: 'pending' });
    await add({ status: 'on-hold' });
    await add({ status: 'open' });
    await add({ ...due(now - hour), status: 'solved' });
    await add({ status: 'closed' });
    expect(await openQueue(desk.database.db, now)).toEqual({
      ...{ total: 10, unassigned: 9 },
      ...{ green: 1, amber: 2, red: 2, overdue: 2, paused: 2, none: 1 },
    });
  });

  test('counts the next reply from the message that it is owed to', async () => {
    const reply = { createdAt: start, nextDueAt: now + hour, nextDueClock: 'nextReply' };
    await add({ ...reply, lastCustomerMessageAt: now - minute });
    await add({ ...reply, lastCustomerMessageAt: now - 2 * hour });
    expect(await openQueue(desk.database.db, now)).toMatchObject({ green: 1, amber: 1, red: 0 });
  });

  test('breaks its promises in order, those to come first', async () => {
    await add({ ...due(now - minute), subject: 'late already' });
    for (let i = 12; i > 0; i--) await add({ ...due(now + i * minute), subject: `in ${i}` });
    await add({ subject: 'nothing owed' });
    await add({ ...due(now + 1), status: 'solved', subject: 'done' });
    const next = await nextBreaches(desk.database.db, now, 10);
    expect(next.map(({ subject }) => subject)).toEqual(Array.from({ length: 10 }, (_, i) => `in ${i + 1}`));
    expect(next[0]).toMatchObject({ nextDueAt: now + minute, nextDueClock: 'firstReply' });
  });
});

describe('the numbers of a day', () => {
  const replied = (after: number, at = start) => add({ createdAt: at - after, firstRepliedAt: at });

  test('have the middle one as median, or the mean of both middle ones', async () => {
    const median = async () => (await numbersSince(desk.database.db, start)).medianFirstReplyMs;
    expect(await median()).toBeNull();
    await replied(5 * minute);
    expect(await median()).toBe(5 * minute);
    await replied(9 * hour);
    expect(await median()).toBe((5 * minute + 9 * hour) / 2);
    await replied(8 * minute);
    expect(await median()).toBe(8 * minute);
    // Of the day before, and never.
    await replied(minute, start - 1);
    await add({ createdAt: start + 1 });
    expect(await numbersSince(desk.database.db, start)).toMatchObject({
      firstReplies: 3,
      medianFirstReplyMs: 8 * minute,
    });
  });

  test('begin at midnight, to the millisecond', async () => {
    await add({ createdAt: start });
    await add({ createdAt: start - 1 });
    await add({ createdAt: start - hour, status: 'solved', solvedAt: start });
    await add({ createdAt: start - hour, status: 'closed', solvedAt: start - 1, closedAt: start + hour });
    expect(await numbersSince(desk.database.db, start)).toMatchObject({ opened: 1, solved: 1 });
  });
});

test('the promises of a month are those that were decided in it, each once', async () => {
  await add({}, [{ endedAt: start }, { name: 'resolution', endedAt: start + hour }]);
  await add({}, [{ breachedAt: start + hour, endedAt: start + 2 * hour }]);
  // Broken before, whenever it ended; carried along by the next cycle; not decided yet.
  await add({}, [{ activatedAt: start - 2 * hour, breachedAt: start - hour, endedAt: start + hour }]);
  await add({}, [
    { name: 'resolution', breachedAt: start + hour, endedAt: start + hour },
    { name: 'resolution', cycle: 2, activatedAt: start + 2 * hour, breachedAt: start + hour },
  ]);
  await add({}, [{ name: 'resolution' }]);
  // No promise of ours: one without a target, a next reply, one that lives on in another ticket.
  await add({}, [{ target: null, endedAt: start + hour }]);
  await add({}, [{ name: 'nextReply', endedAt: start + hour }]);
  await add({ mergedInto: 'T001' }, [{ endedAt: start + hour }]);
  expect(await promisesSince(desk.database.db, start)).toEqual({ kept: 2, decided: 4 });
});

test('open incidents are counted by whether somebody is on them', async () => {
  const incident: IncidentRow = {
    ...{ id: 'I1', ticket: 'T1', status: 'triggered', reason: 'First reply breached', priority: 'normal', team: null },
    ...{ openedAt: start, dueAt: start, step: 1, round: 1, responders: [] },
    ...{ acknowledgedAt: null, acknowledgedBy: null, snoozedUntil: null, resolvedAt: null },
  };
  const states = ['triggered', 'acknowledged', 'acknowledged', 'resolved'] as const;
  const batches = states.map((status, i) =>
    changed(`incident/I${i}`, 'T1', { incident: { ...incident, id: `I${i}`, status } }),
  );
  await recordBatches(desk.database.pool, batches);
  expect(await openIncidents(desk.database.db)).toEqual({ triggered: 1, acknowledged: 2 });
});
