import type { Pool } from 'pg';
import { and, asc, eq, getTableColumns, gt, gte, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TicketRow } from '../domain/events.ts';
import type { Clock } from '../domain/sla.ts';
import type { Priority, Status } from '../domain/ticket.ts';
import type { Executor } from './client.ts';
import { pageOf } from './cursor.ts';
import { iso } from './row-statements.ts';
import { dueOrNever, slaClocks, tickets, unsettled } from './schema/index.ts';
import { directed, ticketOrder, type TicketSort } from './ticket-order.ts';
import { searchTickets, wordsQuery } from './ticket-search.ts';

export type { TicketSort } from './ticket-order.ts';

export interface TicketConditions extends TicketInstants {
  /** Unless given, every ticket that is neither solved nor closed. */
  readonly status?: readonly Status[];
  /** A user's id, or `none` for tickets that nobody has. */
  readonly assignee?: string;
  /** A team's id, or `none`. */
  readonly team?: string;
  readonly priority?: readonly Priority[];
  readonly channel?: string;
  readonly level?: number;
  readonly tag?: string;
  /** The requester's address; case does not count. */
  readonly requester?: string;
  /** Words, all of which the ticket has; `"a phrase"`, `or` and `-without` as on the web. */
  readonly q?: string;
  /** Whether it was ever reopened. */
  readonly reopened?: boolean;
  /** Whether it was merged into another ticket. */
  readonly merged?: boolean;
}

/** Epoch milliseconds; what is after an instant may be at it, what is before it may not. */
export interface TicketInstants {
  readonly dueBefore?: number;
  readonly createdAfter?: number;
  readonly createdBefore?: number;
  readonly firstRepliedAfter?: number;
  readonly firstRepliedBefore?: number;
  readonly solvedAfter?: number;
  readonly solvedBefore?: number;
  /** Handed in before, and not solved before. */
  readonly unsolvedAt?: number;
}

export interface TicketFilter extends TicketConditions {
  /** @default by `nextDue`; in a search the latest first */
  readonly sort?: TicketSort;
  /** The `next` of the page before, in the same order. */
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
}

/** A ticket without its calendar's open time, which is long and which no list shows. */
export type ListedTicket = Omit<TicketRow, 'openTime'>;

const { requesterEmail, requesterName, openTime, ...plain } = getTableColumns(tickets);
const listed = { ...plain, requester: { email: requesterEmail, name: requesterName } };

/** @throws InvalidCursor */
export async function listTickets(
  db: Executor,
  filter: TicketFilter,
): Promise<{ rows: readonly ListedTicket[]; next: string | null }> {
  const { cursor, limit, sort = defaultSort(filter) } = filter;
  const order = ticketOrder(sort);
  const where = [...conditions(filter), ...(cursor === undefined ? [] : [order.after(cursor)])];
  const words = wordsQuery(filter);
  if (words !== undefined) {
    const ids = await searchTickets(db, { words, where, order, limit: limit + 1 });
    where.push(inArray(tickets.id, ids));
  }
  const rows = await db
    .select(listed)
    .from(tickets)
    .where(and(...where))
    .orderBy(...directed(order.keys, order.backward))
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => order.cursorOf(row));
}

export async function getTicket(db: Executor, id: string): Promise<TicketRow | undefined> {
  const [row] = await db
    .select({ ...listed, openTime })
    .from(tickets)
    .where(eq(tickets.id, id));
  return row;
}

/** All clocks that the ticket has had, each name's in the order of its cycles. */
export async function ticketClocks(db: Executor, ticket: string): Promise<Clock[]> {
  const rows = await db
    .select({ clock: slaClocks.clock })
    .from(slaClocks)
    .where(eq(slaClocks.ticket, ticket))
    .orderBy(slaClocks.name, slaClocks.cycle);
  return rows.map((row) => row.clock);
}

export async function currentAssignment(
  db: Executor,
  id: string,
): Promise<Pick<TicketRow, 'assignee' | 'team'> | undefined> {
  const [row] = await db
    .select({ assignee: tickets.assignee, team: tickets.team })
    .from(tickets)
    .where(eq(tickets.id, id));
  return row;
}

/** Ids of tickets under a policy that are not closed, and so can still be told of its terms; in order, beyond `after`. */
export async function openTicketsUnder(db: Executor, policy: string, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(and(eq(tickets.slaPolicy, policy), sql`${tickets.status} <> 'closed'`, gt(tickets.id, after)))
    .orderBy(asc(tickets.id))
    .limit(limit);
  return rows.map((row) => row.id);
}

function defaultSort({ q }: TicketFilter): TicketSort {
  return q === undefined ? { by: 'nextDue', descending: false } : { by: 'createdAt', descending: true };
}

export function conditions(filter: TicketConditions): SQL[] {
  const { status, assignee, team, priority, channel, level, requester, dueBefore, unsolvedAt, reopened, merged } =
    filter;
  const all = [
    ...inStatus(status),
    assignee === undefined ? undefined : isOrNone(tickets.assignee, assignee),
    team === undefined ? undefined : isOrNone(tickets.team, team),
    priority && inArray(tickets.priority, [...priority]),
    channel === undefined ? undefined : eq(tickets.channel, channel),
    level === undefined ? undefined : sql`${tickets.level} = ${level}`,
    requester === undefined ? undefined : sql`lower(${tickets.requesterEmail}) = lower(${requester})`,
    dueBefore === undefined ? undefined : sql`${dueOrNever(tickets.nextDueAt)} < ${iso(dueBefore)}::timestamptz`,
    within(tickets.createdAt, filter.createdAfter, filter.createdBefore),
    within(tickets.firstRepliedAt, filter.firstRepliedAfter, filter.firstRepliedBefore),
    within(tickets.solvedAt, filter.solvedAfter, filter.solvedBefore),
    unsolvedAt === undefined ? undefined : unsolvedAtInstant(unsolvedAt),
    reopened === undefined ? undefined : reopened ? gt(tickets.reopenCount, 0) : eq(tickets.reopenCount, 0),
    merged === undefined ? undefined : merged ? isNotNull(tickets.mergedInto) : isNull(tickets.mergedInto),
  ];
  return all.filter((condition) => condition !== undefined);
}

function unsolvedAtInstant(at: number): SQL | undefined {
  return and(lt(tickets.createdAt, at), or(isNull(tickets.solvedAt), gte(tickets.solvedAt, at)));
}

function within(column: PgColumn, from: number | undefined, to: number | undefined): SQL | undefined {
  return and(from === undefined ? undefined : gte(column, from), to === undefined ? undefined : lt(column, to));
}

/** Where only unsettled tickets are asked for, it says so in the words of the indexes that hold no others. */
function inStatus(status: readonly Status[] | undefined): SQL[] {
  if (status === undefined) return [unsettled(tickets.status)];
  const among = inArray(tickets.status, [...status]);
  return status.some((s) => s === 'solved' || s === 'closed') ? [among] : [unsettled(tickets.status), among];
}

function isOrNone(column: PgColumn, wanted: string): SQL {
  return wanted === 'none' ? isNull(column) : eq(column, wanted);
}

/** Whether the read model has the ticket: asked for each one that is handed in, and so prepared once a connection. */
export async function hasTicket(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'has-ticket',
    text: 'select 1 from tickets where id = $1',
    values: [id],
  });
  return rowCount === 1;
}
