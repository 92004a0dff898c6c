import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import type { DeskActivities } from '../activities/desk.ts';
import {
  absorb,
  handle,
  newTerms,
  nextTick,
  refuse,
  rowOf,
  startTicket,
  takeOwner,
  tick,
  type Effect,
  type TicketChange,
  type TicketState,
} from '../domain/ticket-process.ts';
import type { EscalationPolicy } from '../domain/escalation.ts';
import { extendSpans, handOver, needsSpans } from '../domain/sla.ts';
import type { OwnershipActivities, OwnerQuestion } from '../activities/ownership.ts';
import { ticketAttributes } from './attributes.ts';
import { Alarm } from './alarm.ts';
import { followUpInput } from './follow-up.ts';
import {
  absorbSignal,
  conflictFailure,
  incidentSignal,
  incidentWorkflowId,
  incidentWorkflowType,
  messageSignal,
  termsSignal,
  ticketQuery,
  ticketUpdates,
  ticketWorkflowId,
  ticketWorkflowType,
  unrecordedQuery,
  type IncidentInput,
  type TicketAnswer,
  type TicketCommand,
  type TicketInput,
} from './messages.ts';
import { incidentStartOptions } from './incident-start.ts';
import { quickTries } from './quick.ts';
import { Recorder } from './recorder.ts';
import { SeenRequests, type Seen } from './seen-requests.ts';
import { describeTicket } from './details.ts';

const desk = wf.proxyActivities<DeskActivities>({
  startToCloseTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
  summary: 'open time of the calendar, further ahead',
});

const quickly = wf.proxyLocalActivities<OwnershipActivities>(quickTries);
const patiently = wf.proxyActivities<OwnershipActivities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '20s' },
  summary: 'find out who owns the ticket',
});

/** What a ticket takes along when it continues as a new run. */
export interface CarriedTicket {
  readonly state: TicketState;
  readonly escalation: EscalationPolicy;
  readonly seen: Readonly<Record<string, Seen>>;
}

export interface TicketArguments {
  readonly input?: TicketInput;
  readonly carried?: CarriedTicket;
  /** Continue as new after this many history events; unset, when the server suggests it. */
  readonly historyLimit?: number;
}

/** One ticket from its request to closed: keeps its clocks, answers its commands, opens incidents, tells the archive. */
export async function ticket(args: TicketArguments): Promise<void> {
  await new TicketProcess(args).run();
}

class TicketProcess {
  readonly #args: TicketArguments;
  readonly #escalation: EscalationPolicy;
  readonly #seen: SeenRequests;
  readonly #recorder: Recorder;
  readonly #alarm = new Alarm(() => this.#wake());
  #state: TicketState;
  #effects: Promise<void> = Promise.resolve();
  #effectsUnderWay = 0;
  #awake = true;
  #published: string;
  #extending = false;

  constructor(args: TicketArguments) {
    this.#args = args;
    const { input, carried } = args;
    if (input !== undefined) {
      const started = startTicket(input);
      this.#state = started.state;
      this.#escalation = input.escalation;
      this.#seen = new SeenRequests({});
      this.#recorder = this.#newRecorder();
      this.#recorder.add(started.events);
      this.#published = this.#attributes();
    } else if (carried !== undefined) {
      this.#state = carried.state;
      this.#escalation = carried.escalation;
      this.#seen = new SeenRequests(carried.seen);
      this.#recorder = this.#newRecorder();
      this.#published = '';
    } else {
      throw wf.ApplicationFailure.nonRetryable('A ticket needs an input or what an earlier run carried over.');
    }
    this.#listen();
  }

  async run(): Promise<void> {
    if (this.#args.input?.seeksOwner === true) this.#aside(() => this.#findOwner());
    for (;;) {
      this.#take(tick(this.#state, Date.now()));
      this.#awake = false;
      this.#recorder.start();
      const closed = this.#state.ticket.status === 'closed';
      this.#alarm.set(closed ? null : nextTick(this.#state));
      if (!closed) this.#publish();
      if (needsSpans(this.#state.sla)) void this.#extend();
      if (this.#settled()) {
        if (closed) return;
        if (this.#historyIsLong()) await this.#continueAsNew();
      }
      await wf.condition(() => this.#awake);
    }
  }

  #listen(): void {
    for (const update of Object.values(ticketUpdates)) {
      if (update === ticketUpdates.merge) continue;
      wf.setHandler(update, (command) => this.#handle(command), { validator: (command) => this.#validate(command) });
    }
    wf.setHandler(ticketUpdates.merge, (command) => this.#merge(command), { validator: (c) => this.#validate(c) });
    wf.setHandler(messageSignal, (command) => this.#lateMessage(command));
    wf.setHandler(absorbSignal, (from) => this.#take(absorb(this.#state, from, Date.now())));
    wf.setHandler(termsSignal, ({ sla, actor, cause }) =>
      this.#take(newTerms(this.#state, sla, { actor, cause }, Date.now())),
    );
    wf.setHandler(ticketQuery, () => ({
      row: rowOf(this.#state),
      clocks: this.#state.sla.clocks,
      seq: this.#state.seq,
    }));
    wf.setHandler(unrecordedQuery, () => this.#recorder.unrecorded);
  }

  #validate(command: TicketCommand): void {
    if (this.#seen.has(keyOf(command))) return;
    const reason = refuse(this.#state, command, Date.now());
    if (reason === undefined) return;
    const { status, mergedInto } = this.#state.ticket;
    throw wf.ApplicationFailure.nonRetryable(reason, conflictFailure, { status, mergedInto });
  }

  #handle(command: TicketCommand): TicketAnswer {
    const key = keyOf(command);
    const seen = this.#seen.get(key);
    if (seen !== undefined) return { ...seen, ticket: rowOf(this.#state) };
    const change = handle(this.#state, command, Date.now());
    this.#take(change);
    if (command.type === 'assign' && command.seeksOwner === true) this.#aside(() => this.#findOwner());
    const { requestHash, cause } = command;
    const answer = { requestHash, cause, at: this.#state.ticket.updatedAt, seq: this.#state.seq };
    this.#seen.add(key, answer);
    return { ...answer, ticket: rowOf(this.#state) };
  }

  /** The other ticket must be there to take the conversation before this one closes. */
  async #merge(command: TicketCommand): Promise<TicketAnswer> {
    if (command.type === 'merge' && !this.#seen.has(keyOf(command))) {
      const target = wf.getExternalWorkflowHandle(ticketWorkflowId(command.into));
      const { ticket: own, sla } = this.#state;
      try {
        await target.signal(absorbSignal, { ticket: own.id, clocks: handOver(sla, Date.now()), actor: command.actor });
      } catch {
        throw wf.ApplicationFailure.nonRetryable('The ticket to merge into is closed or unknown.', conflictFailure);
      }
    }
    const reason = refuse(this.#state, command, Date.now());
    if (reason !== undefined) throw wf.ApplicationFailure.nonRetryable(reason, conflictFailure);
    return this.#handle(command);
  }

  /**
   * A message that could only be left as a signal. If the ticket closed before it came, it opens a follow-up, unless it
   * is automatic: two machines would answer each other for ever.
   */
  #lateMessage(command: TicketCommand & { type: 'addMessage' }): void {
    if (this.#seen.has(keyOf(command))) return;
    if (refuse(this.#state, command, Date.now()) === undefined) {
      this.#handle(command);
      return;
    }
    const { requestHash, cause } = command;
    this.#seen.add(keyOf(command), { requestHash, cause, at: Date.now(), seq: this.#state.seq });
    const { mergedInto } = this.#state.ticket;
    if (mergedInto === null && command.message.automatic) return;
    this.#inOrder(async () => {
      if (mergedInto !== null) {
        await wf.getExternalWorkflowHandle(ticketWorkflowId(mergedInto)).signal(messageSignal, command);
        return;
      }
      const input = followUpInput(this.#state, this.#escalation, command);
      await startChild(ticketWorkflowType, ticketWorkflowId(input.id), { input } satisfies TicketArguments);
    });
  }

  #take(change: TicketChange): void {
    this.#state = change.state;
    this.#recorder.add(change.events);
    for (const effect of change.effects) this.#inOrder(() => this.#perform(effect));
    this.#wake();
  }

  /** Nobody waits for it but the end of the run. */
  #aside(work: () => Promise<void>): void {
    this.#effectsUnderWay++;
    void work().finally(() => {
      this.#effectsUnderWay--;
      this.#wake();
    });
  }

  async #findOwner(): Promise<void> {
    const { id: ticket, team, assignee, priority, status } = this.#state.ticket;
    if (team === null || assignee !== null) return;
    const question: OwnerQuestion = { ticket, team, priority, status, at: Date.now() };
    const owner = await quickly.findOwner(question).catch(() => patiently.findOwner(question));
    if (owner !== null) this.#take(takeOwner(this.#state, owner, Date.now()));
  }

  #inOrder(effect: () => Promise<void>): void {
    this.#effectsUnderWay++;
    this.#effects = this.#effects.then(effect).finally(() => {
      this.#effectsUnderWay--;
      this.#wake();
    });
  }

  async #perform(effect: Effect): Promise<void> {
    if (effect.type === 'openIncident') {
      const { id, subject } = effect;
      const input: IncidentInput = { id, subject, policy: this.#escalation, asksDesk: true };
      await startChild(incidentWorkflowType, incidentWorkflowId(id), input, incidentStartOptions(input));
      return;
    }
    const { what: type, actor, cause } = effect;
    try {
      await wf.getExternalWorkflowHandle(incidentWorkflowId(effect.id)).signal(incidentSignal, { type, actor, cause });
    } catch {
      // The incident was resolved before and is gone: there is nobody left to tell.
    }
  }

  async #extend(): Promise<void> {
    const { calendar, spans, compiledUntil } = this.#state.sla.terms;
    if (this.#extending || calendar === null || spans === null || compiledUntil === null) return;
    this.#extending = true;
    const more = await desk.openTime({ calendar, from: compiledUntil });
    const oldest = Math.min(...this.#state.sla.clocks.map((c) => c.segments.at(-1)?.from ?? c.activatedAt));
    const kept = [...spans.filter((s) => s[1] > oldest), ...more.spans];
    this.#state = { ...this.#state, sla: extendSpans(this.#state.sla, kept, more.compiledUntil) };
    // A calendar that never opens again would be asked for ever.
    this.#extending = more.spans.length === 0;
    this.#wake();
  }

  #settled(): boolean {
    return this.#recorder.idle && this.#effectsUnderWay === 0 && wf.allHandlersFinished() && !this.#awake;
  }

  #historyIsLong(): boolean {
    const { continueAsNewSuggested, historyLength } = wf.workflowInfo();
    return continueAsNewSuggested || historyLength >= (this.#args.historyLimit ?? Infinity);
  }

  async #continueAsNew(): Promise<void> {
    const carried = { state: this.#state, escalation: this.#escalation, seen: this.#seen.carry(Date.now()) };
    const { historyLimit } = this.#args;
    await wf.continueAsNew<typeof ticket>({ carried, ...(historyLimit !== undefined && { historyLimit }) });
  }

  /** What Temporal's UI shows: search attributes cost an event, and only when they change; details cost nothing. */
  #publish(): void {
    const attributes = this.#attributes();
    if (attributes !== this.#published) wf.upsertSearchAttributes(ticketAttributes(rowOf(this.#state)));
    this.#published = attributes;
    wf.setCurrentDetails(describeTicket(this.#state));
  }

  #attributes(): string {
    return JSON.stringify(ticketAttributes(rowOf(this.#state)).map((pair) => pair.value));
  }

  #newRecorder(): Recorder {
    const { id } = this.#state.ticket;
    return new Recorder(ticketWorkflowId(id), id, () => this.#wake());
  }

  #wake(): void {
    this.#awake = true;
  }
}

/** Messages are told apart by their own id, since a message may come as an update and, later, as a signal. */
function keyOf(command: TicketCommand): string {
  if (command.type === 'addMessage') return `message/${command.message.id}`;
  return wf.currentUpdateInfo()?.id ?? command.cause;
}

async function startChild(type: string, workflowId: string, input: unknown, options: object = {}): Promise<void> {
  try {
    await wf.startChild(type, { workflowId, args: [input], parentClosePolicy: 'ABANDON', ...options });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
