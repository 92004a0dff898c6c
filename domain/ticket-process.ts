/**
 * The whole life of a ticket as one pure machine: what a command, a timer or another ticket makes of its state, which
 * events tell it, and what has to be done outside. The workflow only feeds it and carries out its effects.
 */
import { activate, advance, changePriority, changeTerms, clockNamed, follow, fulfil } from './sla.ts';
import { join, nextInstant, takeStrictest, type Clock, type Sla, type SlaChange, type SlaTerms } from './sla.ts';
import type { TicketCommand, TicketInput } from './ticket-commands.ts';
import { Draft, type By, type TicketChange, type TicketState } from './ticket-draft.ts';
import { nextStatus, refusal, system, type Actor, type Message, type Ticket, type Trigger } from './ticket.ts';

export { rowOf, type Effect, type TicketChange, type TicketState } from './ticket-draft.ts';

/** The ticket right after its request was accepted. The API answers with it, and the workflow begins with it. */
export function startTicket(input: TicketInput): TicketChange {
  const { receivedAt: at, actor, cause } = input;
  const ticket: Ticket = {
    id: input.id,
    subject: input.subject,
    status: 'new',
    priority: input.priority,
    level: input.level,
    channel: input.channel,
    team: input.team,
    assignee: input.assignee,
    requester: input.requester,
    tags: input.tags,
    customFields: input.customFields,
    createdAt: at,
    updatedAt: at,
    firstRepliedAt: null,
    lastCustomerMessageAt: at,
    solvedAt: null,
    closedAt: null,
    reopenCount: 0,
    mergedInto: null,
    followUpOf: input.followUpOf,
    linkedIncidents: [],
    rating: null,
    ratingComment: null,
    ratedAt: null,
    annotation: null,
    linkedBugs: null,
  };
  const sla: Sla = { terms: input.sla, priority: input.priority, clocks: [] };
  const { closeAfterMs } = input;
  const draft = new Draft({ ticket, sla, seq: 0, closeAfterMs, closeAt: null, breachedAt: null, incidents: [] }, true);
  const by = { actor, cause };
  const { channel, priority, level, team, assignee, followUpOf } = ticket;
  draft.emit('ticket.created', at, by, { channel, priority, level, team, assignee, followUpOf });
  addMessage(draft, input.message, at, by);
  draft.sla((s) => join1(activate(s, 'firstReply', at, cause), (n) => activate(n, 'resolution', at, cause)), actor);
  return draft.done();
}

const mostBugs = 50;

/** Why the ticket cannot take the command now, as a sentence; undefined where it can. */
export function refuse(before: TicketState, command: TicketCommand, now: number): string | undefined {
  const { ticket } = tick(before, instantOf(before, command, now)).state;
  if (ticket.status === 'closed') return refusal('closed', 'close');
  if (command.type === 'acknowledge' && ticket.status === 'solved') {
    return 'The ticket is solved: there is nothing to acknowledge.';
  }
  if (command.type === 'rate' && ticket.status !== 'solved' && ticket.reopenCount === 0) {
    return `The ticket is ${ticket.status}: it can be rated once it has been solved.`;
  }
  if (command.type === 'linkBug' && (ticket.linkedBugs?.length ?? 0) >= mostBugs) {
    return `The ticket is linked to ${mostBugs} bugs, and cannot be linked to more.`;
  }
  if (command.type === 'merge' && command.into === ticket.id) return 'A ticket cannot be merged into itself.';
  const putsOnHold = command.type === 'addMessage' && command.status === 'on-hold' && ticket.status !== 'on-hold';
  const trigger = putsOnHold ? 'hold' : triggerOf(command);
  return trigger === undefined ? undefined : refusal(ticket.status, trigger);
}

/** What a command that was not refused makes of the ticket. First everything is told that fell due before it. */
export function handle(state: TicketState, command: TicketCommand, now: number): TicketChange {
  const at = instantOf(state, command, now);
  const draft = new Draft(state);
  const by = { actor: command.actor, cause: command.cause };
  fallDue(draft, at);
  apply(draft, command, at, by);
  return draft.done();
}

/** Tells what has fallen due up to `now`: warnings, breaches, and the end of a solved ticket's waiting. */
export function tick(state: TicketState, now: number): TicketChange {
  const draft = new Draft(state);
  fallDue(draft, now);
  return draft.done();
}

/** The next instant at which `tick` has something to tell, and what it is. */
export function nextTick(state: TicketState): { at: number; what: string } | null {
  const due = nextInstant(state.sla);
  const { closeAt } = state;
  if (closeAt === null) return due;
  return due !== null && due.at <= closeAt ? due : { at: closeAt, what: 'close' };
}

/** Another ticket's conversation and, of the clocks that it hands over, the stricter ones move in. */
export function absorb(
  state: TicketState,
  from: { ticket: string; clocks: readonly Clock[]; actor: Actor },
  now: number,
): TicketChange {
  const draft = new Draft(state);
  const by = { actor: from.actor, cause: `ticket/${from.ticket}` };
  fallDue(draft, now);
  draft.emit('ticket.absorbed', now, by, { ticket: from.ticket });
  if (draft.state.ticket.status === 'closed') return draft.done();
  const owed = from.clocks.some((c) => c.name !== 'resolution');
  if (owed && state.ticket.status !== 'new') draft.move('open', now, by);
  if (owed || state.ticket.status !== 'solved') {
    draft.sla((s) => takeStrictest(s, from.clocks, now, by.cause), from.actor);
    draft.sla((s) => follow(s, draft.state.ticket.status, now, by.cause), from.actor);
  }
  return draft.done();
}

/** The rule of the ticket's team has found an owner; whoever has become one in the meantime stays. */
export function takeOwner(
  state: TicketState,
  { user, rule }: { user: string; rule: string },
  now: number,
): TicketChange {
  const draft = new Draft(state);
  fallDue(draft, now);
  const { assignee, team, status } = draft.state.ticket;
  if (assignee === null && status !== 'closed') {
    draft.ticket({ assignee: user });
    const by = { actor: system, cause: `ownership:${rule}` };
    draft.emit('ticket.assigned', now, by, { from: { assignee, team }, to: { assignee: user, team } });
  }
  return draft.done();
}

/** The ticket's policy or its calendar was edited. */
export function newTerms(state: TicketState, terms: SlaTerms, by: By, now: number): TicketChange {
  const draft = new Draft(state);
  fallDue(draft, now);
  if (draft.state.ticket.status !== 'closed') applyTerms(draft, terms, now, by);
  return draft.done();
}

function fallDue(draft: Draft, now: number): void {
  draft.sla((s) => advance(s, now), system);
  const { closeAt } = draft.state;
  if (closeAt !== null && closeAt <= now) draft.move('closed', closeAt, { actor: system, cause: 'timer' });
}

function apply(draft: Draft, command: TicketCommand, at: number, by: By): void {
  const { ticket } = draft.state;
  switch (command.type) {
    case 'addMessage':
      addMessage(draft, { ...command.message, createdAt: at }, at, by);
      converse(draft, command, at, by);
      return;
    case 'acknowledge':
      draft.emit('ticket.acknowledged', at, by);
      draft.tellIncidents('acknowledge', by);
      return;
    case 'assign': {
      const assignee = command.assignee === undefined ? ticket.assignee : command.assignee;
      const team = command.team === undefined ? ticket.team : command.team;
      draft.ticket({ assignee, team });
      const from = { assignee: ticket.assignee, team: ticket.team };
      draft.emit('ticket.assigned', at, by, { from, to: { assignee, team } });
      return;
    }
    case 'changePriority':
      if (command.priority === ticket.priority) return;
      draft.ticket({ priority: command.priority });
      draft.emit('ticket.priority-changed', at, by, { from: ticket.priority, to: command.priority });
      draft.sla((s) => changePriority(s, command.priority, at, by.cause), by.actor);
      return;
    case 'changeLevel':
      if (command.level === ticket.level) return;
      draft.ticket({ level: command.level });
      draft.emit('ticket.level-changed', at, by, { from: ticket.level, to: command.level });
      return;
    case 'changeSla':
      applyTerms(draft, command.sla, at, by);
      return;
    case 'hold':
      draft.move('on-hold', at, by, command.reason === undefined ? {} : { reason: command.reason });
      return;
    case 'solve':
      draft.move('solved', at, by);
      return;
    case 'reopen':
      draft.move('open', at, by);
      return;
    case 'merge':
      draft.ticket({ mergedInto: command.into });
      draft.emit('ticket.merged', at, by, { into: command.into });
      draft.move('closed', at, by);
      return;
    case 'linkIncident':
      if (ticket.linkedIncidents.includes(command.incident)) return;
      draft.ticket({ linkedIncidents: [...ticket.linkedIncidents, command.incident] });
      draft.emit('ticket.incident-linked', at, by, { incident: command.incident });
      return;
    case 'rate': {
      const { rating, comment } = command;
      if (rating === ticket.rating && comment === ticket.ratingComment) return;
      draft.ticket({ rating, ratingComment: comment, ratedAt: at });
      draft.emit('ticket.rated', at, by, { rating, comment, from: ticket.rating ?? null });
      return;
    }
    case 'annotate': {
      const { kind, difficulty, minutes, note } = command.annotation;
      const annotation = { kind, difficulty, minutes, note };
      if (JSON.stringify(annotation) === JSON.stringify(ticket.annotation)) return;
      draft.ticket({ annotation });
      draft.emit('ticket.annotated', at, by, annotation);
      return;
    }
    case 'linkBug': {
      const { url, title } = command.bug;
      const linked = ticket.linkedBugs ?? [];
      if (linked.some((bug) => bug.url === url)) return;
      draft.ticket({ linkedBugs: [...linked, { url, title }] });
      draft.emit('ticket.bug-linked', at, by, { url, title });
      return;
    }
    case 'unlinkBug': {
      const bug = ticket.linkedBugs?.find(({ url }) => url === command.url);
      if (bug === undefined) return;
      draft.ticket({ linkedBugs: (ticket.linkedBugs ?? []).filter((other) => other !== bug) });
      draft.emit('ticket.bug-unlinked', at, by, { ...bug });
      return;
    }
  }
}

function addMessage(draft: Draft, message: Message, at: number, by: By): void {
  const { id, author, automatic, attachments } = message;
  const data = { message: id, author, public: message.public, automatic, attachments: attachments.length };
  draft.emit('message.added', at, by, data, { message });
}

/**
 * What a new message means for the state and the clocks. Notes and automatic messages mean nothing for the clocks; a
 * note may come with a state of its own.
 */
function converse(draft: Draft, command: TicketCommand & { type: 'addMessage' }, at: number, by: By): void {
  const trigger = triggerOf(command);
  const { status } = draft.state.ticket;
  if (trigger === undefined) {
    const note = command.message.author === 'agent' && !command.message.automatic;
    if (note && command.status !== undefined) draft.move(command.status, at, by);
    return;
  }
  if (trigger === 'customerMessage') {
    draft.ticket({ lastCustomerMessageAt: at });
    draft.move(nextStatus(status, trigger) ?? status, at, by);
    const first = clockNamed(draft.state.sla, 'firstReply');
    if (first === undefined || first.endedAt !== null) {
      draft.sla((s) => activate(s, 'nextReply', at, by.cause), by.actor);
    }
    return;
  }
  draft.sla((s) => join1(fulfil(s, 'firstReply', at, by.cause), (n) => fulfil(n, 'nextReply', at, by.cause)), by.actor);
  draft.ticket({ firstRepliedAt: draft.state.ticket.firstRepliedAt ?? at });
  draft.move(command.status ?? nextStatus(status, trigger) ?? status, at, by);
}

function applyTerms(draft: Draft, terms: SlaTerms, at: number, by: By): void {
  const from = draft.state.sla.terms.policy;
  draft.emit('ticket.sla-policy-changed', at, by, { from, to: terms.policy });
  draft.sla((s) => changeTerms(s, terms, at, by.cause), by.actor);
}

function triggerOf(command: TicketCommand): Trigger | undefined {
  if (command.type === 'hold' || command.type === 'solve' || command.type === 'reopen' || command.type === 'merge') {
    return command.type;
  }
  if (command.type !== 'addMessage') return undefined;
  const { message } = command;
  if (message.automatic || !message.public) return undefined;
  return message.author === 'customer' ? 'customerMessage' : 'agentReply';
}

/** A customer's message counts from when it was received, however late it is handled; never before the last event. */
function instantOf(state: TicketState, command: TicketCommand, now: number): number {
  if (command.type !== 'addMessage' || command.message.author !== 'customer') return now;
  return Math.min(now, Math.max(command.receivedAt, state.ticket.updatedAt));
}

function join1(first: SlaChange, then: (sla: Sla) => SlaChange): SlaChange {
  return join(first, then(first.sla));
}
