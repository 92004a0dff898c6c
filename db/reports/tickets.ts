/** Reports of what happened to tickets, each by one statement. */
import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { events, slaClocks, tickets } from '../schema/index.ts';
import {
  instantOf,
  instantsOf,
  keyOf,
  ofTickets,
  type Report,
  type ReportWindow,
  spread,
  summed,
  touchedSince,
  within,
} from './window.ts';

/**
 * Tickets opened; tickets solved, by when that was last, unless they were reopened since; and how often solved ones were
 * opened again.
 */
export function volume(db: Executor, window: ReportWindow): Promise<Report> {
  const counted = ofTickets(window);
  const rows = sql`
    select ${keyOf(window, sql`${tickets.createdAt}`)} as key, 'opened' as what from ${tickets}
    where ${counted} and ${within(sql`${tickets.createdAt}`, window)}
    union all
    select ${keyOf(window, sql`${tickets.solvedAt}`)}, 'solved' from ${tickets}
    where ${counted} and ${touchedSince(window.from)} and ${within(sql`${tickets.solvedAt}`, window)}
    union all
    select ${keyOf(window, sql`${events.at}`)}, 'reopened' from ${events} join ${tickets} on ${tickets.id} = ${events.ticket}
    where ${counted} and ${events.type} = 'ticket.reopened' and ${within(sql`${events.at}`, window)}`;
  return summed(db, rows, {
    opened: sql`count(*) filter (where what = 'opened')`,
    solved: sql`count(*) filter (where what = 'solved')`,
    reopened: sql`count(*) filter (where what = 'reopened')`,
  });
}

/**
 * First replies by when they were given, from the ticket's opening to its first public reply; and next replies, from the
 * customer's oldest unanswered message to the reply that answered it. Time on the wall; automatic messages and internal
 * notes are no replies.
 */
export function answerTimes(db: Executor, window: ReportWindow): Promise<Report> {
  const counted = ofTickets(window);
  const rows = sql`
    select ${keyOf(window, sql`${tickets.firstRepliedAt}`)} as key, 'first' as what,
      extract(epoch from ${tickets.firstRepliedAt} - ${tickets.createdAt})::float8 as took
    from ${tickets}
    where ${counted} and ${touchedSince(window.from)} and ${within(sql`${tickets.firstRepliedAt}`, window)}
    union all
    select ${keyOf(window, sql`${slaClocks.endedAt}`)}, 'next',
      extract(epoch from ${slaClocks.endedAt} - ${slaClocks.activatedAt})::float8
    from ${slaClocks} join ${tickets} on ${tickets.id} = ${slaClocks.ticket}
    where ${counted} and ${slaClocks.name} = 'nextReply' and ${within(sql`${slaClocks.endedAt}`, window)}`;
  return summed(db, rows, {
    ...spread('firstReply', sql`what = 'first'`),
    ...spread('nextReply', sql`what = 'next'`),
  });
}

/** Solved tickets by when that was last, from their opening; time on the wall, what they waited included. */
export function resolutionTimes(db: Executor, window: ReportWindow): Promise<Report> {
  const rows = sql`
    select ${keyOf(window, sql`${tickets.solvedAt}`)} as key, ${tickets.reopenCount} as reopened,
      extract(epoch from ${tickets.solvedAt} - ${tickets.createdAt})::float8 as took
    from ${tickets}
    where ${ofTickets(window)} and ${touchedSince(window.from)} and ${within(sql`${tickets.solvedAt}`, window)}`;
  return summed(db, rows, {
    ...spread('resolution', sql`true`),
    neverReopened: sql`count(*) filter (where reopened = 0)`,
  });
}

/**
 * Of the promises that were decided: a breach decides when it was due, and only once, since the next cycle of a reopened
 * ticket carries it along from before it began; whatever ends without a breach was kept.
 */
export function slaAttainment(db: Executor, window: ReportWindow): Promise<Report> {
  const { breachedAt, endedAt, activatedAt } = slaClocks;
  const broken = sql`(${breachedAt} >= ${activatedAt} and ${within(sql`${breachedAt}`, window)})`;
  const kept = sql`(${breachedAt} is null and ${slaClocks.targetMs} is not null and ${within(sql`${endedAt}`, window)})`;
  const rows = sql`
    select ${keyOf(window, sql`coalesce(${breachedAt}, ${endedAt})`)} as key, ${slaClocks.name} as name, ${kept} as kept
    from ${slaClocks} join ${tickets} on ${tickets.id} = ${slaClocks.ticket}
    where ${ofTickets(window)} and (${broken} or ${kept})`;
  const count = (condition: ReturnType<typeof sql>) => sql`count(*) filter (where ${condition})`;
  const percent = (condition: ReturnType<typeof sql>) =>
    sql`100.0 * count(*) filter (where kept and ${condition}) / nullif(count(*) filter (where ${condition}), 0)`;
  const figuresOf = (prefix: string, condition: ReturnType<typeof sql>) => ({
    [`${prefix}Kept`]: count(sql`kept and ${condition}`),
    [`${prefix}Decided`]: count(condition),
    [`${prefix}Percent`]: percent(condition),
  });
  return summed(db, rows, {
    ...figuresOf('all', sql`true`),
    ...figuresOf('firstReply', sql`name = 'firstReply'`),
    ...figuresOf('nextReply', sql`name = 'nextReply'`),
    ...figuresOf('resolution', sql`name = 'resolution'`),
  });
}

/**
 * Unsolved tickets at the end of each period, as they are known now: one that was solved and opened again since counts as
 * unsolved in between.
 */
export async function backlog(db: Executor, window: ReportWindow): Promise<Report> {
  const ends = [...window.starts.slice(1), window.to];
  const bounds = instantsOf(ends);
  const answer = await db.execute<{ opened: number; solved: number | null; count: number }>(sql`
    select width_bucket(${tickets.createdAt}, ${bounds}) as opened,
      case when ${tickets.solvedAt} is not null then width_bucket(${tickets.solvedAt}, ${bounds}) end as solved,
      count(*)::int as count
    from ${tickets}
    where ${ofTickets(window)} and ${tickets.createdAt} < ${instantOf(window.to)}
      and (${tickets.solvedAt} is null or (${touchedSince(window.from)} and ${tickets.solvedAt} >= ${instantOf(window.from)}))
    group by 1, 2`);
  const unsolved = ends.map((_, i) =>
    answer.rows
      // In the bucket 0 is what happened before the first end.
      .filter(({ opened, solved }) => opened <= i && (solved === null || solved > i))
      .reduce((sum, row) => sum + row.count, 0),
  );
  const groups = new Map(unsolved.map((count, i) => [String(i), { unsolved: count }]));
  return { groups, total: { unsolved: unsolved.at(-1) ?? 0 } };
}
