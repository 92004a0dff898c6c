import { sql, type SQL } from 'drizzle-orm';
import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Changes, IncidentRow, TicketRow } from '../domain/events.ts';
import { stateOf, type Clock } from '../domain/sla.ts';
import type { Message } from '../domain/ticket.ts';
import type { Executor } from './client.ts';
import { incidents, tickets } from './schema/index.ts';

/** The changes of one event, and whose they are. */
export interface TicketChanges {
  readonly ticket: string;
  readonly changes: Changes;
}

const searchedPerMessage = 20_000;
/** Keeps a ticket's search vector below PostgreSQL's limit of one megabyte. */
const searchedPerTicket = 150_000;

/**
 * Turns changes into rows of the read model, in the order given. Several changes of one row are written as one. This is
 * the only place that writes these tables, so that recording and rebuilding come to the same rows.
 */
export async function project(db: Executor, all: readonly TicketChanges[]): Promise<void> {
  const rows = new Map<string, Record<string, unknown>>();
  const incidentRows = new Map<string, Record<string, unknown>>();
  const clocks = new Map<string, ReturnType<typeof clockRow>>();
  const messages: Message[] = [];
  for (const { ticket, changes } of all) {
    if (changes.ticket) rows.set(ticket, { ...rows.get(ticket), ...ticketColumns(changes.ticket) });
    const { incident } = changes;
    if (incident?.id !== undefined) {
      incidentRows.set(incident.id, { ...incidentRows.get(incident.id), ...incidentColumns(incident) });
    }
    for (const clock of changes.clocks ?? [])
      clocks.set(`${ticket} ${clock.name} ${clock.cycle}`, clockRow(ticket, clock));
    if (changes.message) messages.push(changes.message);
  }
  await writeRows(db, tickets, rows);
  await writeRows(db, incidents, incidentRows);
  if (messages.length > 0) await writeMessages(db, messages);
  if (clocks.size > 0) await writeClocks(db, [...clocks.values()]);
}

/** Inserts the rows that are given whole, and changes only the given columns of the others. */
async function writeRows(
  db: Executor,
  table: PgTable,
  rows: ReadonlyMap<string, Record<string, unknown>>,
): Promise<void> {
  const whole = [...rows.values()].filter((row) => row['id'] !== undefined && isWhole(row));
  const partial = [...rows].filter(([, row]) => !isWhole(row)).map(([id, patch]) => ({ id, patch }));
  if (whole.length > 0) {
    const columns = columnList(table, whole[0] ?? {});
    await db.execute(sql`
      insert into ${table} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${table}, ${JSON.stringify(whole)}::jsonb)
      on conflict (id) do nothing`);
  }
  if (partial.length > 0) {
    const columns = columnList(table);
    await db.execute(sql`
      update ${table} t set (${columns}) = (select ${columns} from jsonb_populate_record(t, p.patch))
      from jsonb_to_recordset(${JSON.stringify(partial)}::jsonb) as p(id text, patch jsonb)
      where t.id = p.id`);
  }
}

/** A first event brings the whole row, and only it says when the ticket or incident began. */
function isWhole(row: Record<string, unknown>): boolean {
  return row['created_at'] !== undefined || row['opened_at'] !== undefined;
}

function columnList(table: PgTable, row?: Record<string, unknown>): SQL {
  const maintained = ['search', 'searched_characters'];
  const names = Object.values(getTableColumns(table))
    .map((column) => column.name)
    .filter((name) => !maintained.includes(name) && (row === undefined || name in row));
  return sql.join(
    names.map((name) => sql.identifier(name)),
    sql`, `,
  );
}

async function writeMessages(db: Executor, messages: readonly Message[]): Promise<void> {
  const rows = messages.map((m, n) => ({
    n,
    id: m.id,
    ticket: m.ticket,
    author: m.author,
    author_id: m.authorId,
    public: m.public,
    automatic: m.automatic,
    body: m.body,
    attachments: m.attachments,
    created_at: iso(m.createdAt),
  }));
  await db.execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as m(n int, id text, ticket text, author text, author_id text, public boolean, automatic boolean, body text,
             attachments jsonb, created_at timestamptz)
    ), added as (
      insert into messages (id, ticket, author, author_id, public, automatic, body, attachments, created_at)
      select id, ticket, author, author_id, public, automatic, body, attachments, created_at from given
      on conflict do nothing
    ), texts as (
      select ticket, n, left(body, ${searchedPerMessage}) as words,
        coalesce(sum(length(left(body, ${searchedPerMessage}))) over (partition by ticket order by n rows between unbounded preceding and 1 preceding), 0) as before
      from given
    )
    update tickets t set
      search = (
        select search_concat(v order by n) from (
          select -1 as n, case when t.search = ''::tsvector then ticket_search(t) else t.search end as v
          union all
          select n, setweight(to_tsvector('simple', words), 'C') from texts
          where texts.ticket = t.id and t.searched_characters + texts.before < ${searchedPerTicket}
        ) parts
      ),
      searched_characters = t.searched_characters + (select sum(length(words)) from texts where texts.ticket = t.id)
    where t.id in (select ticket from texts)`);
}

async function writeClocks(db: Executor, rows: readonly ReturnType<typeof clockRow>[]): Promise<void> {
  await db.execute(sql`
    insert into sla_clocks
    select * from jsonb_populate_recordset(null::sla_clocks, ${JSON.stringify(rows)}::jsonb)
    on conflict (ticket, name, cycle) do update set
      state = excluded.state, target_ms = excluded.target_ms, activated_at = excluded.activated_at,
      due_at = excluded.due_at, breached_at = excluded.breached_at, ended_at = excluded.ended_at, clock = excluded.clock`);
}

function clockRow(ticket: string, clock: Clock) {
  const { name, cycle, target, activatedAt, dueAt, breachedAt, endedAt } = clock;
  return {
    ticket,
    name,
    cycle,
    state: stateOf(clock),
    target_ms: target,
    activated_at: iso(activatedAt),
    due_at: iso(dueAt),
    breached_at: iso(breachedAt),
    ended_at: iso(endedAt),
    clock,
  };
}

function ticketColumns({ requester, ...rest }: Partial<TicketRow>): Record<string, unknown> {
  const columns = toColumns(rest, tickets);
  return requester === undefined
    ? columns
    : { ...columns, requester_email: requester.email, requester_name: requester.name };
}

function incidentColumns(row: Partial<IncidentRow>): Record<string, unknown> {
  return toColumns(row, incidents);
}

/** Fields by their columns' names, and epoch milliseconds as text that PostgreSQL reads. */
function toColumns(fields: object, table: PgTable): Record<string, unknown> {
  const columns = getTableColumns(table);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      const column = columns[field];
      if (column === undefined) return [];
      return [[column.name, column.dataType === 'date' ? iso(value as number | null) : value]];
    }),
  );
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
