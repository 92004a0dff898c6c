import type { Pool } from 'pg';
import { type Candidate, loadOf } from '../domain/ownership.ts';
import type { Priority, Status } from '../domain/ticket.ts';
import { transaction } from './record.ts';

/** One ticket is given out after another, so that each is weighed with all that went before. */
const ownershipLock = 0x76_69_67_6f;

export interface OwnerClaim {
  readonly ticket: string;
  readonly team: string;
  /** Who could take it. */
  readonly users: readonly string[];
  readonly priority: Priority;
}

/**
 * Gives a ticket to one of its candidates. What was given out and is not in the read model yet counts as well; asked again
 * for the same ticket of the same team, the answer stays.
 */
export async function claimOwner(
  pool: Pool,
  { ticket, team, users, priority }: OwnerClaim,
  choose: (candidates: readonly Candidate[]) => string | undefined,
): Promise<string | undefined> {
  return transaction(pool, `begin; select pg_advisory_xact_lock(${ownershipLock})`, async (run) => {
    const [given] = await run<{ user: string }>(
      'given-owner',
      'select "user" from ownerships where ticket = $1 and team = $2',
      [ticket, team],
    );
    if (given !== undefined) return given.user;
    const open = await run<OpenTickets>('open-load', openTicketsOf('= any($1)'), [[...users]]);
    const last = await run<{ user: string; number: string }>(
      'last-given',
      'select "user", max(number) as number from ownerships where "user" = any($1) group by 1',
      [[...users]],
    );
    const loads = weighed(open);
    const numbers = new Map(last.map((row) => [row.user, Number(row.number)]));
    const user = choose(
      users.map((id) => ({ user: id, load: loads.get(id)?.load ?? 0, lastGiven: numbers.get(id) ?? 0 })),
    );
    if (user !== undefined) await run('give-owner', giveOwner, [ticket, team, user, priority]);
    return user;
  });
}

export interface AgentLoad {
  /** Tickets that are neither solved nor closed. */
  readonly open: number;
  /** What they weigh: see `loadOf`. */
  readonly load: number;
}

/** What everybody carries who carries anything, as it is weighed where tickets are given out. */
export async function agentLoads(pool: Pool): Promise<ReadonlyMap<string, AgentLoad>> {
  const { rows } = await pool.query<OpenTickets>({ name: 'all-loads', text: openTicketsOf('is not null') });
  return weighed(rows);
}

/** How many tickets of one kind somebody has. */
interface OpenTickets {
  readonly user: string;
  readonly priority: Priority;
  readonly status: Status;
  readonly count: number;
}

function weighed(rows: readonly OpenTickets[]): ReadonlyMap<string, AgentLoad> {
  const loads = new Map<string, AgentLoad>();
  for (const row of rows) {
    const { open, load } = loads.get(row.user) ?? { open: 0, load: 0 };
    loads.set(row.user, { open: open + row.count, load: load + loadOf(row) * row.count });
  }
  return loads;
}

/** Open tickets of the agents meant, and those that were given to them and whose rows do not say so yet. */
const openTicketsOf = (meant: string): string => `
  select assignee as "user", priority, status, count(*)::int as count
  from tickets where assignee ${meant} and status not in ('solved', 'closed') group by 1, 2, 3
  union all
  select o."user", o.priority, 'new', count(*)::int
  from ownerships o left join tickets t on t.id = o.ticket
  where o."user" ${meant} and o.given_at > now() - interval '1 day'
    and (t.id is null or (t.assignee is null and t.team = o.team and t.status not in ('solved', 'closed')))
  group by 1, 2`;

const giveOwner = `
  insert into ownerships (ticket, team, "user", priority) values ($1, $2, $3, $4)
  on conflict (ticket) do update
  set team = excluded.team, "user" = excluded."user", priority = excluded.priority, given_at = now(),
    number = nextval('ownerships_number_seq')`;
