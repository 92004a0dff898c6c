import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Executor } from './client.ts';
import { storedEvent, type StoredEvent } from './events.ts';
import { events } from './schema/index.ts';

/*
 * The stream of all events, in an order that can be resumed. Neither an event's number nor its time is such an order:
 * transactions commit in another order than they began, and who has read number 7 would never see number 6. So events
 * are ordered by the number of their transaction first, and told only once every transaction with a lower number has
 * ended: whatever commits later comes later.
 */

/** `<transaction>-<event>`. */
export type Position = string;

export interface PositionedEvent extends StoredEvent {
  readonly position: Position;
}

const position = sql<Position>`${events.tx}::text || '-' || ${events.id}`;
const settled = sql`${events.tx} < pg_snapshot_xmin(pg_current_snapshot())`;
const inOrder = [events.tx, events.id];

/** The next events after a position, or from the beginning; of one ticket, or of all. */
export async function eventsAfter(
  db: Executor,
  from: Position | null,
  { ticket }: { readonly ticket?: string },
  limit: number,
): Promise<PositionedEvent[]> {
  return db
    .select({ ...storedEvent, position })
    .from(events)
    .where(
      and(
        settled,
        from === null ? undefined : beyond(from),
        ticket === undefined ? undefined : eq(events.ticket, ticket),
      ),
    )
    .orderBy(...inOrder)
    .limit(limit);
}

/** The position of the last event that can be told: what comes after it is new. */
export async function streamHead(db: Executor): Promise<Position> {
  const [head] = await db
    .select({ position })
    .from(events)
    .where(settled)
    .orderBy(sql`${events.tx} desc`, sql`${events.id} desc`)
    .limit(1);
  return head?.position ?? '0-0';
}

const maxTransaction = 2n ** 64n - 1n;
const maxEvent = 2n ** 63n - 1n;

export function isPosition(text: string): text is Position {
  if (!/^\d{1,20}-\d{1,19}$/.test(text)) return false;
  const [tx, id] = parts(text);
  return tx <= maxTransaction && id <= maxEvent;
}

/** Negative where `a` comes first. */
export function comparePositions(a: Position, b: Position): number {
  const [txA, idA] = parts(a);
  const [txB, idB] = parts(b);
  if (txA !== txB) return txA < txB ? -1 : 1;
  return idA === idB ? 0 : idA < idB ? -1 : 1;
}

/**
 * A position whose transaction is still to come was given out by another server, whose archive was restored into this
 * one; there, `migrate` has put restored events before all others, in the order of their numbers.
 */
function beyond(from: Position): SQL {
  const [tx, id] = parts(from).map(String);
  const known = sql`case when ${tx}::xid8 < pg_snapshot_xmax(pg_current_snapshot()) then ${tx}::xid8 else '0'::xid8 end`;
  return sql`(${events.tx}, ${events.id}) > (${known}, ${id}::bigint)`;
}

function parts(at: Position): [tx: bigint, id: bigint] {
  const [tx = '', id = ''] = at.split('-');
  return [BigInt(tx), BigInt(id)];
}
