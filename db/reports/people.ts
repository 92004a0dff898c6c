/** Reports of what people did and carried. */
import { sql } from 'drizzle-orm';
import { loadOf } from '../../domain/ownership.ts';
import type { Priority, Status } from '../../domain/ticket.ts';
import type { Executor } from '../client.ts';
import { events, incidents, messages, tickets, unsettled } from '../schema/index.ts';
import { type Figures, noGroup, ofTickets, type Report, type ReportWindow, touchedSince, within } from './window.ts';

/** What each agent has open now and what it weighs, and what the agent solved and answered meanwhile. */
export async function agentLoad(db: Executor, window: ReportWindow): Promise<Report> {
  const counted = ofTickets(window);
  const open = await db.execute<{ user: string; priority: Priority; status: Status; count: number }>(sql`
    select coalesce(${tickets.assignee}, ${noGroup}) as user, ${tickets.priority}, ${tickets.status}, count(*)::int as count
    from ${tickets} where ${counted} and ${unsettled(tickets.status)} group by 1, 2, 3`);
  const solved = await db.execute<{ user: string; count: number }>(sql`
    select coalesce(${tickets.assignee}, ${noGroup}) as user, count(*)::int as count from ${tickets}
    where ${counted} and ${touchedSince(window.from)} and ${within(sql`${tickets.solvedAt}`, window)} group by 1`);
  const replies = await db.execute<{ user: string; count: number }>(sql`
    select coalesce(${messages.authorId}, ${noGroup}) as user, count(*)::int as count
    from ${messages} join ${tickets} on ${tickets.id} = ${messages.ticket}
    where ${counted} and ${messages.author} = 'agent' and ${messages.public} and not ${messages.automatic}
      and ${within(sql`${messages.createdAt}`, window)} group by 1`);
  const sums = new Sums({ open: 0, weight: 0, solved: 0, replies: 0 });
  for (const row of open.rows) {
    sums.add(row.user, 'open', row.count);
    sums.add(row.user, 'weight', row.count * loadOf(row));
  }
  for (const row of solved.rows) sums.add(row.user, 'solved', row.count);
  for (const row of replies.rows) sums.add(row.user, 'replies', row.count);
  return sums.report();
}

/** Pages that reached each person, incidents that the person acknowledged, and how long after they were opened. */
export async function answersToPages(db: Executor, window: ReportWindow): Promise<ReadonlyMap<string, Figures>> {
  const answer = await db.execute<{ user: string; pages: number; acknowledged: number; median: number | null }>(sql`
    select told.user, count(*) filter (where told.took is null)::int as pages, count(told.took)::int as acknowledged,
      percentile_cont(0.5) within group (order by told.took)::float8 as median
    from (
      select ${events.data} ->> 'user' as user, null::float8 as took from ${events}
      where ${events.type} = 'incident.paged' and ${within(sql`${events.at}`, window)}
      union all
      select ${events.actor} ->> 'id', extract(epoch from ${events.at} - ${incidents.openedAt})::float8
      from ${events} join ${incidents} on 'incident/' || ${incidents.id} = ${events.stream}
      where ${events.type} = 'incident.acknowledged' and ${within(sql`${events.at}`, window)}
    ) told
    where told.user is not null group by 1`);
  return new Map(
    answer.rows.map(({ user, pages, acknowledged, median }) => [
      user,
      { pages, acknowledged, acknowledgeMedian: median },
    ]),
  );
}

/** Adds up figures for each person and for all. */
class Sums {
  readonly #zero: Readonly<Record<string, number>>;
  readonly #total: Record<string, number>;
  readonly #groups = new Map<string, Record<string, number>>();

  constructor(zero: Readonly<Record<string, number>>) {
    this.#zero = zero;
    this.#total = { ...zero };
  }

  add(key: string, name: string, n: number): void {
    const group = this.#groups.get(key) ?? { ...this.#zero };
    this.#groups.set(key, group);
    group[name] = (group[name] ?? 0) + n;
    this.#total[name] = (this.#total[name] ?? 0) + n;
  }

  report(): Report {
    return { groups: this.#groups, total: this.#total };
  }
}
