import type { IncidentSubject } from './escalation.ts';
import type { EventType } from './event-types.ts';
import type { ArchivedEvent, Changes, TicketRow } from './events.ts';
import { activate, follow, fulfil, nextDue, type Clock, type ClockName, type Sla, type SlaChange } from './sla.ts';
import { system, type Actor, type Status, type Ticket } from './ticket.ts';

export interface TicketState {
  readonly ticket: Ticket;
  readonly sla: Sla;
  /** Number of the last event. */
  readonly seq: number;
  readonly closeAfterMs: number;
  /** When a solved ticket closes. */
  readonly closeAt: number | null;
  readonly breachedAt: number | null;
  /** Incidents that wait for an answer on this ticket, and the clock whose breach opened each. */
  readonly incidents: readonly { readonly id: string; readonly clock: ClockName }[];
}

export type Effect =
  | { readonly type: 'openIncident'; readonly id: string; readonly subject: IncidentSubject }
  | {
      readonly type: 'tellIncident';
      readonly id: string;
      readonly what: 'acknowledge' | 'resolve';
      readonly actor: Actor;
      readonly cause: string;
    };

export interface TicketChange {
  readonly state: TicketState;
  readonly events: readonly ArchivedEvent[];
  readonly effects: readonly Effect[];
}

/** Who did it and what brought it about. */
export interface By {
  readonly actor: Actor;
  readonly cause: string;
}

const incidentCodes: Record<ClockName, string> = { firstReply: 'FR', nextReply: 'NR', resolution: 'RS' };
const clockWords: Record<ClockName, string> = {
  firstReply: 'First reply',
  nextReply: 'Next reply',
  resolution: 'Resolution',
};

/** Collects what one change does, so that the row's difference can go out with its last event. */
export class Draft {
  state: TicketState;
  readonly #before: TicketRow | null;
  readonly #events: ArchivedEvent[] = [];
  readonly #effects: Effect[] = [];

  constructor(state: TicketState, isNew = false) {
    this.state = state;
    this.#before = isNew ? null : rowOf(state);
  }

  emit(type: EventType, at: number, by: By, data: Record<string, unknown> = {}, changes?: Changes): void {
    const seq = this.state.seq + 1;
    this.#events.push({ seq, type, at, actor: by.actor, cause: by.cause, data, ...(changes && { changes }) });
    this.state = { ...this.state, seq };
    this.ticket({ updatedAt: Math.max(at, this.state.ticket.updatedAt) });
  }

  effect(effect: Effect): void {
    this.#effects.push(effect);
  }

  ticket(change: Partial<Ticket>): void {
    this.state = { ...this.state, ticket: { ...this.state.ticket, ...change } };
  }

  sla(change: (sla: Sla) => SlaChange, actor: Actor): void {
    const { sla, facts } = change(this.state.sla);
    this.state = { ...this.state, sla };
    for (const fact of facts) {
      const { clock } = fact;
      const by = { actor: fact.cause === 'timer' ? system : actor, cause: fact.cause };
      const data = {
        clock: clock.name,
        cycle: clock.cycle,
        ...(fact.fraction !== undefined && { fraction: fact.fraction }),
        ...(fact.dueAt !== undefined && { dueAt: iso(fact.dueAt) }),
      };
      this.emit(`sla.${fact.type}`, fact.at, by, data, { clocks: [clock] });
      if (fact.type === 'breached') this.#breached(clock, fact.at, fact.dueAt ?? fact.at);
      if (fact.type === 'fulfilled') {
        this.tellIncidents('resolve', { actor, cause: fact.cause }, (i) => i.clock === clock.name);
      }
    }
  }

  #breached(clock: Clock, at: number, dueAt: number): void {
    const { ticket } = this.state;
    const id = `${ticket.id}-${incidentCodes[clock.name]}${clock.cycle}`;
    const { priority, level, team, assignee } = ticket;
    const reason = `${clockWords[clock.name]} breached`;
    this.state = {
      ...this.state,
      breachedAt: this.state.breachedAt ?? at,
      incidents: [...this.state.incidents, { id, clock: clock.name }],
    };
    this.effect({
      type: 'openIncident',
      id,
      subject: { ticket: ticket.id, reason, dueAt, priority, level, team, assignee },
    });
  }

  tellIncidents(
    what: 'acknowledge' | 'resolve',
    by: By,
    which: (incident: { clock: ClockName }) => boolean = () => true,
  ): void {
    for (const { id } of this.state.incidents.filter(which)) this.effect({ type: 'tellIncident', id, what, ...by });
    if (what === 'resolve') {
      this.state = { ...this.state, incidents: this.state.incidents.filter((i) => !which(i)) };
    }
  }

  /** Moves the ticket by the table; the clocks follow. */
  move(to: Status, at: number, by: By, data: Record<string, unknown> = {}): void {
    const from = this.state.ticket.status;
    if (from === to) return;
    const reopened = from === 'solved' && to !== 'closed';
    this.ticket({
      status: to,
      ...(to === 'solved' && { solvedAt: at }),
      ...(to === 'closed' && { closedAt: at }),
      ...(reopened && { solvedAt: null, reopenCount: this.state.ticket.reopenCount + 1 }),
    });
    this.state = { ...this.state, closeAt: to === 'solved' ? at + this.state.closeAfterMs : null };
    this.emit(reopened ? 'ticket.reopened' : 'ticket.status-changed', at, by, { from, to, ...data });
    if (to === 'solved' || to === 'closed') {
      for (const clock of this.state.sla.clocks) this.sla((s) => fulfil(s, clock.name, at, by.cause), by.actor);
    } else {
      if (reopened) this.sla((s) => activate(s, 'resolution', at, by.cause, true), by.actor);
      this.sla((s) => follow(s, to, at, by.cause), by.actor);
    }
  }

  done(): TicketChange {
    const last = this.#events.at(-1);
    if (last !== undefined) {
      const ticket = difference(this.#before, rowOf(this.state));
      this.#events[this.#events.length - 1] = { ...last, changes: { ...last.changes, ticket } };
    }
    return { state: this.state, events: this.#events, effects: this.#effects };
  }
}

/** The ticket as lists show it. */
export function rowOf(state: TicketState): TicketRow {
  const due = nextDue(state.sla);
  return {
    ...state.ticket,
    slaPolicy: state.sla.terms.policy,
    openTime: { spans: state.sla.terms.spans },
    nextDueAt: due?.dueAt ?? null,
    nextDueClock: due?.name ?? null,
    breachedAt: state.breachedAt,
  };
}

function difference(before: TicketRow | null, after: TicketRow): Partial<TicketRow> {
  if (before === null) return after;
  const changed = Object.entries(after).filter(([key, value]) => {
    const old = before[key as keyof TicketRow];
    return old !== value && JSON.stringify(old) !== JSON.stringify(value);
  });
  return Object.fromEntries(changed);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
