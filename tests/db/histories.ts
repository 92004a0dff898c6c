import fc from 'fast-check';
import type { EventBatch } from '../../domain/events.ts';
import * as incident from '../../domain/incident-process.ts';
import * as process from '../../domain/ticket-process.ts';
import type { TicketInput } from '../../domain/ticket-commands.ts';
import { priorities, system } from '../../domain/ticket.ts';
import {
  command,
  customerMessage,
  day,
  hour,
  reply,
  start,
  ticketInput,
  type BareCommand,
} from '../domain/ticket-fixtures.ts';

/** What one workflow hands to the archive, change by change. */
export interface History {
  readonly stream: string;
  readonly ticket: string;
  readonly batches: readonly EventBatch[];
}

export interface TicketHistory extends History {
  readonly state: process.TicketState;
}

export interface Step {
  readonly bare: BareCommand;
  /** Milliseconds since the step before. */
  readonly wait: number;
}

/** A ticket that lives through the steps it does not refuse. */
export function ticketHistory(id: string, steps: readonly Step[], more: Partial<TicketInput> = {}): TicketHistory {
  const input = ticketInput(more);
  const first = process.startTicket({ ...input, id, message: { ...input.message, ticket: id, ...more.message } });
  const changes: process.TicketChange[] = [first];
  let { state } = first;
  let at = input.receivedAt;
  for (const { bare, wait } of steps) {
    at += wait;
    const ticked = process.tick(state, at);
    const told = command(bare, at);
    const full = told.type === 'addMessage' ? { ...told, message: { ...told.message, ticket: id } } : told;
    const refused = process.refuse(ticked.state, full, at) !== undefined;
    const change = refused ? ticked : process.handle(state, full, at);
    changes.push(change);
    state = change.state;
  }
  return { stream: `ticket/${id}`, ticket: id, batches: batchesOf(`ticket/${id}`, id, changes), state };
}

export function incidentHistory(id: string, ticket: string, verbs: readonly Verb[]): History {
  const { policy, subject } = { policy: { steps: [], rounds: 1 }, subject: subjectOf(ticket) };
  const changes = [incident.openIncident(id, subject, policy, start)];
  verbs.forEach((verb, i) => {
    const { state } = changes.at(-1) as incident.IncidentChange;
    changes.push(acts[verb](state, start + (i + 1) * hour));
  });
  return { stream: `incident/${id}`, ticket, batches: batchesOf(`incident/${id}`, ticket, changes) };
}

const by = { actor: system, cause: 'test' };
const acts = {
  step: (state, at) => incident.stepTaken(state, ['usr_ann', 'usr_bob'], at),
  acknowledge: (state, at) => incident.acknowledge(state, by, at),
  reassign: (state, at) => incident.reassign(state, 'usr_eve', by, at),
  snooze: (state, at) => incident.snooze(state, at + day, by, at),
  resolve: (state, at) => incident.resolve(state, by, at),
} satisfies Record<string, (state: incident.IncidentState, at: number) => incident.IncidentChange>;
export type Verb = keyof typeof acts;

function subjectOf(ticket: string) {
  const nobody = { team: null, assignee: null };
  return { ticket, reason: 'First reply breached', dueAt: start, priority: 'normal', level: 1, ...nobody } as const;
}

function batchesOf(
  stream: string,
  ticket: string,
  changes: readonly { readonly events: EventBatch['events'] }[],
): EventBatch[] {
  return changes.flatMap(({ events }) => (events.length === 0 ? [] : [{ stream, ticket, events }]));
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ç', '日', '🙂', ' ', '-', '@', '.', "'", '\\', '\n') });
const step: fc.Arbitrary<Step> = fc.record({
  wait: fc.nat({ max: 3 * day }),
  bare: fc.oneof(
    fc.tuple(fc.nat(), text).map(([n, body]) => reply(`r${n}`, { body })),
    fc.tuple(fc.nat(), text).map(([n, body]) => customerMessage(`c${n}`, { body })),
    fc.constantFrom<BareCommand>({ type: 'solve' }, { type: 'reopen' }, { type: 'hold' }, { type: 'acknowledge' }),
    fc.constantFrom(...priorities).map((priority): BareCommand => ({ type: 'changePriority', priority })),
    fc.constantFrom('usr_ann', 'usr_bob', null).map((assignee): BareCommand => ({ type: 'assign', assignee })),
    fc.constant<BareCommand>({ type: 'linkIncident', incident: 'JIRA-1' }),
    fc.constant<BareCommand>({ type: 'merge', into: 'T0' }),
  ),
});

/** Some tickets and incidents, `T0`, `T1` … and `I0`, `I1` …, each with a life of its own. */
export const histories: fc.Arbitrary<readonly History[]> = fc
  .record({
    tickets: fc.array(fc.tuple(fc.array(step, { maxLength: 12 }), text, fc.array(text, { maxLength: 3 })), {
      minLength: 1,
      maxLength: 6,
    }),
    incidents: fc.array(fc.array(fc.constantFrom<Verb>(...(Object.keys(acts) as Verb[])), { maxLength: 6 }), {
      maxLength: 3,
    }),
  })
  .map(({ tickets, incidents }) => [
    ...tickets.map(([steps, subject, tags], i) => ticketHistory(`T${i}`, steps, { subject, tags })),
    ...incidents.map((verbs, i) => incidentHistory(`I${i}`, 'T0', verbs)),
  ]);
