import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Priority } from '../../domain/ticket.ts';
import type { Executor } from '../client.ts';
import { tickets } from '../schema/index.ts';

export const groupings = ['period', 'priority', 'team', 'channel', 'assignee'] as const;
export type Grouping = (typeof groupings)[number];

/** What a report is about: half-open, in epoch milliseconds. */
export interface ReportWindow {
  readonly from: number;
  readonly to: number;
  /** When its periods begin, the first at `from`. */
  readonly starts: readonly number[];
  readonly by: Grouping;
  readonly priority?: Priority;
  /** A team's id. */
  readonly team?: string;
  readonly channel?: string;
}

/** Figures by name; null where there is nothing to tell of. */
export type Figures = Readonly<Record<string, number | null>>;

/** Figures for each group that has any: by the number of the period from 0, or by what the tickets have in common. */
export interface Report {
  readonly groups: ReadonlyMap<string, Figures>;
  readonly total: Figures;
}

/** Tickets have this key where they have no team or no assignee. */
export const noGroup = 'none';

export const instantOf = (at: number): SQL => sql`${new Date(at).toISOString()}::timestamptz`;

export const instantsOf = (all: readonly number[]): SQL => sql`array[${sql.join(all.map(instantOf), sql`, `)}]`;

export function within(at: SQL, { from, to }: ReportWindow): SQL {
  return sql`${at} >= ${instantOf(from)} and ${at} < ${instantOf(to)}`;
}

/** The group of a ticket of which something is told at an instant. */
export function keyOf({ by, starts }: ReportWindow, at: SQL): SQL {
  if (by !== 'period') return sql`coalesce(${tickets[by]}, ${noGroup})`;
  return sql`(width_bucket(${at}, ${instantsOf(starts)}) - 1)::text`;
}

/** Of the tickets that reports count: a merged one lives on in the one that it was merged into. */
export function ofTickets({ priority, team, channel }: ReportWindow): SQL {
  return and(
    isNull(tickets.mergedInto),
    priority === undefined ? undefined : eq(tickets.priority, priority),
    team === undefined ? undefined : team === noGroup ? isNull(tickets.team) : eq(tickets.team, team),
    channel === undefined ? undefined : eq(tickets.channel, channel),
  ) as SQL;
}

/** Whatever happens to a ticket moves its `updatedAt`, by which there is an index. */
export const touchedSince = (from: number): SQL => sql`${tickets.updatedAt} >= ${instantOf(from)}`;

/** Sums up rows that have a `key`, for each key and for all together. */
export async function summed(db: Executor, rows: SQL, figures: Readonly<Record<string, SQL>>): Promise<Report> {
  const columns = Object.entries(figures).map(([name, figure]) => sql`(${figure})::float8 as ${sql.identifier(name)}`);
  const answer = await db.execute<Record<string, number | null> & { key: string | null; is_total: number }>(sql`
    select key, grouping(key) as is_total, ${sql.join(columns, sql`, `)}
    from (${rows}) told group by grouping sets ((key), ())`);
  const groups = new Map<string, Figures>();
  let total: Figures = {};
  for (const { key, is_total: isTotal, ...row } of answer.rows) {
    if (isTotal === 1) total = row;
    else groups.set(key ?? noGroup, row);
  }
  return { groups, total };
}

/** Of a column `took`, in seconds, of the rows that meet the condition. */
export function spread(prefix: string, condition: SQL): Readonly<Record<string, SQL>> {
  const quantile = (part: number): SQL =>
    sql`percentile_cont(${sql.raw(String(part))}) within group (order by took) filter (where ${condition})`;
  return {
    [`${prefix}Count`]: sql`count(*) filter (where ${condition})`,
    [`${prefix}Median`]: quantile(0.5),
    [`${prefix}P90`]: quantile(0.9),
    [`${prefix}Mean`]: sql`avg(took) filter (where ${condition})`,
  };
}
