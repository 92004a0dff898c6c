import type { Clock } from './sla.ts';
import type { Span } from './spans.ts';
import type { Actor, Message, Priority, Ticket } from './ticket.ts';

/**
 * One change, as the archive keeps it for ever. `data` is what people and programs read (instants in RFC 3339);
 * `changes` is what the read model is derived from, and nothing else: replaying the changes of all events in the order
 * of their `seq` gives the same rows again.
 */
export interface ArchivedEvent {
  /** Counts from 1 within its stream, without gaps. */
  readonly seq: number;
  /** Past tense, such as `ticket.created` or `sla.breached`. */
  readonly type: string;
  readonly at: number;
  readonly actor: Actor;
  /** What brought it about: a request's id, `timer`, another ticket … */
  readonly cause: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly changes?: Changes;
}

export interface Changes {
  /** Columns of the ticket's row that changed; all of them in the first event. */
  readonly ticket?: Partial<TicketRow>;
  readonly message?: Message;
  /** Clocks that changed, whole. */
  readonly clocks?: readonly Clock[];
  readonly incident?: Partial<IncidentRow>;
}

/** The open time of a ticket's calendar; null spans: always open. */
export interface OpenTime {
  readonly spans: readonly Span[] | null;
}

/** A ticket as lists show it: the ticket and what its clocks say. */
export interface TicketRow extends Ticket {
  readonly slaPolicy: string | null;
  readonly openTime: OpenTime;
  /** The nearest due instant of a running clock, past ones included; null while nothing is owed. */
  readonly nextDueAt: number | null;
  readonly nextDueClock: string | null;
  /** When the first clock of this ticket was breached. */
  readonly breachedAt: number | null;
}

export type IncidentStatus = 'triggered' | 'acknowledged' | 'resolved';

export interface IncidentRow {
  readonly id: string;
  readonly ticket: string | null;
  readonly status: IncidentStatus;
  readonly reason: string;
  readonly priority: Priority;
  readonly team: string | null;
  readonly openedAt: number;
  readonly dueAt: number;
  readonly step: number;
  readonly round: number;
  /** User ids, those of the current step. */
  readonly responders: readonly string[];
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly snoozedUntil: number | null;
  readonly resolvedAt: number | null;
}

/** Events of one stream that one workflow wants recorded together. Streams: `ticket/<id>` and `incident/<id>`. */
export interface EventBatch {
  readonly stream: string;
  /** The ticket that the events belong to; incidents' events name theirs, if they have one. */
  readonly ticket: string | null;
  readonly events: readonly ArchivedEvent[];
}
