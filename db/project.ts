import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Changes, TicketRow } from '../domain/events.ts';
import { stateOf, type Clock } from '../domain/sla.ts';
import type { Message } from '../domain/ticket.ts';
import { incidents, tickets } from './schema/index.ts';

/** Runs a statement that is prepared once on each connection under its name: parsing them anew costs more than running them. */
export type Run = <R extends object>(name: string, text: string, values: readonly unknown[]) => Promise<readonly R[]>;

/** The changes of one event, and whose they are. */
export interface TicketChanges {
  readonly ticket: string;
  readonly changes: Changes;
}

/** Characters of each message that its ticket can be found by. */
const searchedPerMessage = 20_000;

/**
 * Turns changes into rows of the read model, in the order given. Several changes of one row are written as one. This is
 * the only place that writes these tables, so that recording and rebuilding come to the same rows.
 */
export async function project(run: Run, all: readonly TicketChanges[]): Promise<void> {
  const rows = new Map<string, Columns>();
  const words = new Map<string, string[]>();
  const incidentRows = new Map<string, Columns>();
  const clocks = new Map<string, ReturnType<typeof clockRow>>();
  const messages: ReturnType<typeof messageRow>[] = [];
  for (const { ticket, changes } of all) {
    const { incident, message } = changes;
    if (changes.ticket || message) rows.set(ticket, { ...rows.get(ticket), ...ticketColumns(changes.ticket ?? {}) });
    if (message) {
      messages.push(messageRow(ticket, message));
      words.set(ticket, [...(words.get(ticket) ?? []), message.body.slice(0, searchedPerMessage)]);
    }
    for (const clock of changes.clocks ?? [])
      clocks.set(`${ticket} ${clock.name} ${clock.cycle}`, clockRow(ticket, clock));
    if (incident?.id !== undefined) {
      incidentRows.set(incident.id, { ...incidentRows.get(incident.id), ...toColumns(incident, incidents) });
    }
  }
  if (messages.length > 0) await run('add-messages', addMessages, [JSON.stringify(messages)]);
  await writeRows(run, [...rows], words);
  await writeIncidents(run, [...incidentRows]);
  if (clocks.size > 0) await run('put-clocks', putClocks, [JSON.stringify([...clocks.values()])]);
}

type Columns = Readonly<Record<string, unknown>>;

const addMessages = `
  insert into messages (id, ticket, author, author_id, public, automatic, body, attachments, created_at)
  select id, ticket, author, author_id, public, automatic, body, attachments, created_at
  from jsonb_populate_recordset(null::messages, $1::jsonb)
  on conflict do nothing`;

const ticketList = columnList(tickets, ['search', 'searched_characters']);
const addTickets = `
  insert into tickets (${ticketList}, search, searched_characters)
  select ${prefixed(ticketList)}, searched(ticket_search(r), 0, p.words), characters(p.words)
  from jsonb_to_recordset($1::jsonb) as p(columns jsonb, words text[]), jsonb_populate_record(null::tickets, p.columns) r
  on conflict (id) do nothing`;
const changeTickets = `
  update tickets t set (${ticketList}, search, searched_characters) = (
    select ${prefixed(ticketList)},
      case when p.words is null then t.search else searched(t.search, t.searched_characters, p.words) end,
      t.searched_characters + characters(p.words)
    from jsonb_populate_record(t, p.columns) r
  )
  from jsonb_to_recordset($1::jsonb) as p(id text, columns jsonb, words text[])
  where t.id = p.id`;

/** Adds the tickets whose first event is among the changes, and changes only the given columns of the others. */
async function writeRows(
  run: Run,
  rows: readonly (readonly [id: string, columns: Columns])[],
  words: ReadonlyMap<string, string[]>,
): Promise<void> {
  const given = rows.map(([id, columns]) => ({ id, columns, words: words.get(id) ?? null }));
  const added = given.filter(({ columns }) => columns['created_at'] !== undefined);
  const changed = given.filter(({ columns }) => columns['created_at'] === undefined);
  if (added.length > 0) await run('add-tickets', addTickets, [JSON.stringify(added)]);
  if (changed.length > 0) await run('change-tickets', changeTickets, [JSON.stringify(changed)]);
}

const incidentList = columnList(incidents);
const addIncidents = `
  insert into incidents (${incidentList})
  select ${incidentList} from jsonb_populate_recordset(null::incidents, $1::jsonb)
  on conflict (id) do nothing`;
const changeIncidents = `
  update incidents i set (${incidentList}) = (
    select ${prefixed(incidentList)} from jsonb_populate_record(i, p) r
  )
  from jsonb_array_elements($1::jsonb) as p
  where i.id = p ->> 'id'`;

async function writeIncidents(run: Run, rows: readonly (readonly [id: string, columns: Columns])[]): Promise<void> {
  const added = rows.filter(([, columns]) => columns['opened_at'] !== undefined).map(([, columns]) => columns);
  const changed = rows.filter(([, columns]) => columns['opened_at'] === undefined).map(([, columns]) => columns);
  if (added.length > 0) await run('add-incidents', addIncidents, [JSON.stringify(added)]);
  if (changed.length > 0) await run('change-incidents', changeIncidents, [JSON.stringify(changed)]);
}

const putClocks = `
  insert into sla_clocks
  select * from jsonb_populate_recordset(null::sla_clocks, $1::jsonb)
  on conflict (ticket, name, cycle) do update set
    state = excluded.state, target_ms = excluded.target_ms, activated_at = excluded.activated_at,
    due_at = excluded.due_at, breached_at = excluded.breached_at, ended_at = excluded.ended_at, clock = excluded.clock`;

function columnList(table: PgTable, except: readonly string[] = []): string {
  return Object.values(getTableColumns(table))
    .map((column) => column.name)
    .filter((name) => !except.includes(name))
    .map((name) => `"${name}"`)
    .join(', ');
}

/** The same columns, of `r`. */
function prefixed(list: string): string {
  return list.replace(/"\w+"/g, 'r.$&');
}

function messageRow(ticket: string, { authorId, createdAt, ...rest }: Message) {
  return { ...rest, ticket, author_id: authorId, created_at: iso(createdAt) };
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

function ticketColumns({ requester, ...rest }: Partial<TicketRow>): Columns {
  const columns = toColumns(rest, tickets);
  return requester === undefined
    ? columns
    : { ...columns, requester_email: requester.email, requester_name: requester.name };
}

/** Fields by their columns' names, and epoch milliseconds as text that PostgreSQL reads. */
function toColumns(fields: object, table: PgTable): Columns {
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
