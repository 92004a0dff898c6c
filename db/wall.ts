/** What the wall shows, each from the read model by one statement that walks along an index. */
import { and, count, gt, gte, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Executor } from './client.ts';
import { iso } from './row-statements.ts';
import { dueOrNever, incidents, slaClocks, tickets, unsettled } from './schema/index.ts';

const countWhere = (condition: SQL): SQL<number> => sql<number>`count(*) filter (where ${condition})::int`;
const instantOf = (at: number): SQL => sql`${iso(at)}::timestamptz`;

export interface OpenQueue {
  readonly total: number;
  readonly unassigned: number;
  readonly green: number;
  readonly amber: number;
  readonly red: number;
  readonly overdue: number;
  readonly paused: number;
  readonly none: number;
}

/**
 * The unsettled tickets by the part of the nearest promise that is used up: the same part of time on the wall as the
 * queue's bars show (`web/ui/sla-part.ts`).
 */
export async function openQueue(db: Executor, now: number): Promise<OpenQueue> {
  const at = instantOf(now);
  const due = sql`${tickets.nextDueAt}`;
  const began = sql`(case ${tickets.nextDueClock} when 'nextReply'
    then coalesce(${tickets.lastCustomerMessageAt}, ${tickets.createdAt}) else ${tickets.createdAt} end)`;
  const used = (part: number): SQL => sql`${at} - ${began} >= (${due} - ${began}) * ${part}::float8`;
  const ahead = sql`${due} > ${at}`;
  const rests = sql`${tickets.status} in ('pending', 'on-hold')`;
  const [row] = await db
    .select({
      total: count(),
      unassigned: countWhere(isNull(tickets.assignee)),
      green: countWhere(sql`${ahead} and not ${used(0.5)}`),
      amber: countWhere(sql`${ahead} and ${used(0.5)} and not ${used(0.75)}`),
      red: countWhere(sql`${ahead} and ${used(0.75)}`),
      overdue: countWhere(sql`${due} <= ${at}`),
      paused: countWhere(sql`${due} is null and ${rests}`),
      none: countWhere(sql`${due} is null and not ${rests}`),
    })
    .from(tickets)
    .where(unsettled(tickets.status));
  return row as OpenQueue;
}

/** The tickets whose nearest due instant comes next; those that are overdue already have theirs behind them. */
export async function nextBreaches(db: Executor, now: number, limit: number) {
  const due = dueOrNever(tickets.nextDueAt);
  return db
    .select({
      id: tickets.id,
      subject: tickets.subject,
      priority: tickets.priority,
      assignee: tickets.assignee,
      nextDueAt: tickets.nextDueAt,
      nextDueClock: tickets.nextDueClock,
    })
    .from(tickets)
    .where(and(unsettled(tickets.status), gt(due, instantOf(now)), isNotNull(tickets.nextDueAt)))
    .orderBy(due, tickets.id)
    .limit(limit);
}

export interface DayNumbers {
  readonly opened: number;
  readonly solved: number;
  readonly firstReplies: number;
  readonly medianFirstReplyMs: number | null;
}

/** Since an instant. Whatever happens to a ticket moves `updatedAt`, by which there is an index. */
export async function numbersSince(db: Executor, since: number): Promise<DayNumbers> {
  const replied = gte(tickets.firstRepliedAt, since);
  const took = sql`extract(epoch from ${tickets.firstRepliedAt} - ${tickets.createdAt}) * 1000`;
  const [row] = await db
    .select({
      opened: countWhere(gte(tickets.createdAt, since)),
      solved: countWhere(gte(tickets.solvedAt, since)),
      firstReplies: countWhere(replied),
      medianFirstReplyMs: sql<
        number | null
      >`(percentile_cont(0.5) within group (order by ${took}) filter (where ${replied}))::float8`,
    })
    .from(tickets)
    .where(gte(tickets.updatedAt, since));
  return row as DayNumbers;
}

export interface KeptPromises {
  readonly kept: number;
  readonly decided: number;
}

/**
 * Of the promises of a first reply and of a resolution that were decided since an instant, how many were kept. A breach
 * decides at once, and only once: the next cycle of a reopened ticket carries it along from before it began. Those of a
 * merged ticket live on in the one that it was merged into.
 */
export async function promisesSince(db: Executor, since: number): Promise<KeptPromises> {
  const brokenNow = and(gte(slaClocks.breachedAt, since), gte(slaClocks.breachedAt, slaClocks.activatedAt));
  const kept = and(isNull(slaClocks.breachedAt), isNotNull(slaClocks.targetMs), gte(slaClocks.endedAt, since)) as SQL;
  const [row] = await db
    .select({ kept: countWhere(kept), decided: count() })
    .from(tickets)
    .innerJoin(slaClocks, sql`${slaClocks.ticket} = ${tickets.id}`)
    .where(
      and(
        gte(tickets.updatedAt, since),
        isNull(tickets.mergedInto),
        inArray(slaClocks.name, ['firstReply', 'resolution']),
        or(brokenNow, kept),
      ),
    );
  return row as KeptPromises;
}

export interface OpenIncidents {
  readonly triggered: number;
  readonly acknowledged: number;
}

export async function openIncidents(db: Executor): Promise<OpenIncidents> {
  const [row] = await db
    .select({
      triggered: countWhere(sql`${incidents.status} = 'triggered'`),
      acknowledged: countWhere(sql`${incidents.status} = 'acknowledged'`),
    })
    .from(incidents)
    .where(sql`${incidents.status} <> 'resolved'`);
  return row as OpenIncidents;
}
