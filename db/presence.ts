import type { Pool } from 'pg';
import type { presenceStates } from './schema/work.ts';

type PresenceState = (typeof presenceStates)[number];

export interface Present {
  readonly user: string;
  readonly state: PresenceState;
}

export interface Whereabouts {
  readonly ticket: string;
  readonly user: string;
  /** Which of the person's windows: each comes and goes by itself. */
  readonly window: string;
}

/** Says that somebody is there for a while; and forgets whoever has not been for long, whom nobody counts any more. */
export async function tellPresence(
  pool: Pool,
  { ticket, user, window, state }: Whereabouts & Present,
  lifeMs: number,
): Promise<void> {
  await pool.query({ name: 'tell-presence', text: tell, values: [ticket, user, window, state, lifeMs] });
}

const tell = `
  with gone as (
    delete from ticket_presence where ctid = any (array(
      select ctid from ticket_presence where until < now() - interval '1 minute' limit 20 for update skip locked
    ))
  )
  insert into ticket_presence (ticket, "user", "window", state, until)
  values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')
  on conflict (ticket, "user", "window") do update set state = excluded.state, until = excluded.until`;

export async function leaveTicket(pool: Pool, { ticket, user, window }: Whereabouts): Promise<void> {
  await pool.query({
    name: 'leave-ticket',
    text: 'delete from ticket_presence where ticket = $1 and "user" = $2 and "window" = $3',
    values: [ticket, user, window],
  });
}

/** Who is where now, by ticket; somebody in several windows writes where one of them does. */
export async function presentNow(pool: Pool): Promise<ReadonlyMap<string, readonly Present[]>> {
  const { rows } = await pool.query<{ ticket: string; user: string; typing: boolean }>({
    name: 'present-now',
    text: `select ticket, "user", bool_or(state = 'typing') as typing
      from ticket_presence where until > now() group by 1, 2 order by 1, 2`,
  });
  const tickets = new Map<string, Present[]>();
  for (const { ticket, user, typing } of rows) {
    const present: Present = { user, state: typing ? 'typing' : 'viewing' };
    const there = tickets.get(ticket);
    if (there === undefined) tickets.set(ticket, [present]);
    else there.push(present);
  }
  return tickets;
}
