import type { Changes, TicketRow } from '../domain/events.ts';
import { stateOf, type Clock } from '../domain/sla.ts';
import type { Message } from '../domain/ticket.ts';
import { toJsonb } from './json.ts';
import { type Columns, columnsOf, excluded, insertRows, patchRows } from './row-statements.ts';
import { incidents, messages, slaClocks, tickets } from './schema/index.ts';
import { refreshSearch, searchedColumns } from './search-words.ts';

/** Runs a statement that each connection prepares once, under its name: planning these costs more than running them. */
export type Run = <R extends object>(name: string, text: string, values: readonly unknown[]) => Promise<readonly R[]>;

/** The changes of one event. */
export interface EventChanges {
  readonly ticket: string | null;
  readonly seq: number;
  readonly changes: Changes;
}

/**
 * Turns changes into rows of the read model; those of one stream have to come in their order. A row that changes several
 * times is written once. This is the only place that writes these tables, so that recording and rebuilding come to the
 * same rows.
 */
export async function project(run: Run, all: readonly EventChanges[]): Promise<void> {
  if (all.length === 0) return;
  const rows = gather(all);
  const values = [
    ...split(rows.tickets, 'created_at'),
    rows.messages,
    [...rows.clocks.values()],
    ...split(rows.incidents, 'opened_at'),
  ];
  await run(
    'write-rows',
    writeRows,
    values.map((value) => toJsonb(value)),
  );
  if (rows.found.size > 0) await run('refresh-search', refreshSearch, [[...rows.found]]);
}

interface Rows {
  readonly tickets: Map<string, Columns>;
  readonly messages: Columns[];
  readonly clocks: Map<string, Columns>;
  readonly incidents: Map<string, Columns>;
  /** Tickets that are found by other words than before. */
  readonly found: Set<string>;
}

function gather(all: readonly EventChanges[]): Rows {
  const rows: Rows = { tickets: new Map(), messages: [], clocks: new Map(), incidents: new Map(), found: new Set() };
  for (const { ticket, seq, changes } of all) {
    const { message, clocks = [], incident } = changes;
    if (incident?.id !== undefined) {
      rows.incidents.set(incident.id, { ...rows.incidents.get(incident.id), ...columnsOf(incident, incidents) });
    }
    if (ticket === null) continue;
    if (changes.ticket !== undefined) {
      const columns = ticketColumns(changes.ticket);
      rows.tickets.set(ticket, { ...rows.tickets.get(ticket), ...columns });
      if (searchedColumns.some((name) => name in columns)) rows.found.add(ticket);
    }
    if (message !== undefined) {
      rows.messages.push(messageColumns(ticket, seq, message));
      rows.found.add(ticket);
    }
    for (const clock of clocks) rows.clocks.set(`${ticket} ${clock.name} ${clock.cycle}`, clockColumns(ticket, clock));
  }
  return rows;
}

/** The rows that are whole, told by a column that never changes, and what changes in rows that are there. */
function split(rows: ReadonlyMap<string, Columns>, constant: string): [whole: Columns[], patches: object[]] {
  const whole = [...rows.values()].filter((columns) => constant in columns);
  const patches = [...rows].filter(([, columns]) => !(constant in columns));
  return [whole, patches.map(([id, columns]) => ({ id, columns }))];
}

const writeRows = `with
  whole_tickets as (${insertRows(tickets, 'tickets', '$1')} on conflict (id) do update set ${excluded(tickets)}),
  changed_tickets as (${patchRows(tickets, 'tickets', '$2')}),
  new_messages as (${insertRows(messages, 'messages', '$3')} on conflict do nothing),
  clocks as (
    ${insertRows(slaClocks, 'sla_clocks', '$4')} on conflict (ticket, name, cycle) do update set ${excluded(slaClocks)}
  ),
  whole_incidents as (
    ${insertRows(incidents, 'incidents', '$5')} on conflict (id) do update set ${excluded(incidents)}
  )
  ${patchRows(incidents, 'incidents', '$6')}`;

function ticketColumns({ requester, ...rest }: Partial<TicketRow>): Columns {
  const columns = columnsOf(rest, tickets);
  if (requester === undefined) return columns;
  return { ...columns, requester_email: requester.email, requester_name: requester.name };
}

/** The ticket is that of the stream: a message that was passed on from another ticket names that one. */
function messageColumns(ticket: string, seq: number, message: Message): Columns {
  return columnsOf({ ...message, ticket, seq }, messages);
}

function clockColumns(ticket: string, clock: Clock): Columns {
  return columnsOf({ ...clock, ticket, state: stateOf(clock), targetMs: clock.target, clock }, slaClocks);
}
