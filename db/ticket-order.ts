import { type SQL, sql } from 'drizzle-orm';
import type { TicketRow } from '../domain/events.ts';
import { priorities } from '../domain/ticket.ts';
import { decodeCursor, encodeCursor, type KeyType, type Place } from './cursor.ts';
import { iso } from './row-statements.ts';
import { dueOrNever, tickets, urgency } from './schema/index.ts';

/**
 * `nextDue` upward begins with what is due first and ends with tickets on which nothing is owed; `priority` downward begins
 * with the urgent ones, and among equals with what is due first. The other direction is the exact reverse.
 */
export interface TicketSort {
  readonly by: 'nextDue' | 'createdAt' | 'updatedAt' | 'priority';
  readonly descending: boolean;
}

/** What the order looks at; the id, which comes last, makes it total. */
type OrderedFields = Pick<TicketRow, 'id' | 'nextDueAt' | 'createdAt' | 'updatedAt' | 'priority'>;

interface Key {
  readonly type: KeyType;
  readonly column: SQL;
  of(row: OrderedFields): string | number;
}

const due: Key = {
  type: 'instant',
  column: dueOrNever(tickets.nextDueAt),
  of: (row) => iso(row.nextDueAt) ?? 'infinity',
};
const created: Key = { type: 'instant', column: sql`${tickets.createdAt}`, of: (row) => iso(row.createdAt) ?? '' };
const updated: Key = { type: 'instant', column: sql`${tickets.updatedAt}`, of: (row) => iso(row.updatedAt) ?? '' };
const urgent: Key = {
  type: 'integer',
  column: urgency(tickets.priority),
  of: (row) => priorities.length - priorities.indexOf(row.priority),
};
const id: Key = { type: 'text', column: sql`${tickets.id}`, of: (row) => row.id };

const keys: Readonly<Record<TicketSort['by'], readonly Key[]>> = {
  nextDue: [due, id],
  createdAt: [created, id],
  updatedAt: [updated, id],
  priority: [urgent, due, id],
};

const sqlTypes: Readonly<Record<KeyType, SQL>> = {
  instant: sql`timestamptz`,
  integer: sql`int`,
  serial: sql`bigint`,
  text: sql`text`,
};

/** One order of tickets: each is a walk along an index, from wherever the last page ended. */
export interface TicketOrder {
  readonly keys: readonly SQL[];
  readonly backward: boolean;
  after(cursor: string): SQL;
  cursorOf(row: OrderedFields): string;
}

export function ticketOrder({ by, descending }: TicketSort): TicketOrder {
  const list = `tickets ${by} ${descending ? 'down' : 'up'}`;
  // Priority is kept as urgency, which counts from the other end.
  const backward = by === 'priority' ? !descending : descending;
  const used = keys[by];
  return {
    keys: used.map(({ column }) => column),
    backward,
    after: (cursor) => {
      const place = decodeCursor(
        list,
        used.map(({ type }) => type),
        cursor,
      );
      return beyond(used, place, backward);
    },
    cursorOf: (row) =>
      encodeCursor(
        list,
        used.map((key) => key.of(row)),
      ),
  };
}

/** These keys, each in the order's direction. */
export function directed(keys: readonly SQL[], backward: boolean): SQL[] {
  return keys.map((key) => (backward ? sql`${key} desc` : key));
}

function beyond(used: readonly Key[], place: Place, backward: boolean): SQL {
  const columns = sql.join(
    used.map(({ column }) => column),
    sql`, `,
  );
  const values = sql.join(
    used.map(({ type }, i) => sql`${place[i]}::${sqlTypes[type]}`),
    sql`, `,
  );
  return backward ? sql`(${columns}) < (${values})` : sql`(${columns}) > (${values})`;
}
