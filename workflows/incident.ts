import * as wf from '@temporalio/workflow';
import type {
  EscalationActivities,
  Responder,
  RespondersQuestion,
  StepAnswer,
  StepQuestion,
} from '../activities/escalation.ts';
import type { PageRequest, PagingActivities, SettleRequest } from '../activities/paging.ts';
import { dedupKey, type EscalationTarget } from '../domain/escalation.ts';
import * as process from '../domain/incident-process.ts';
import type { IncidentChange, IncidentState } from '../domain/incident-process.ts';
import type { Actor } from '../domain/ticket.ts';
import { Alarm } from './alarm.ts';
import { incidentAttributes } from './attributes.ts';
import { describeIncident } from './details.ts';
import {
  conflictFailure,
  incidentQuery,
  incidentSignal,
  incidentUpdates,
  incidentWorkflowId,
  unrecordedQuery,
  type IncidentAnswer,
  type IncidentCommand,
  type IncidentInput,
  type IncidentWord,
} from './messages.ts';
import { quickTries } from './quick.ts';
import { Recorder } from './recorder.ts';

const quickly = wf.proxyLocalActivities<EscalationActivities>(quickTries);
const patiently = wf.proxyActivities<EscalationActivities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
  summary: 'find out whom to page',
});

const elsewhere = wf.proxyActivities<PagingActivities>({
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/** What a command, or the ticket's signal, asks for. */
type IncidentOrder = { readonly actor: Actor; readonly cause: string } & (
  | { readonly type: 'acknowledge' | 'resolve' | 'escalate' }
  | { readonly type: 'reassign'; readonly user: string }
  | { readonly type: 'snooze'; readonly until: number }
);

type Whom = { readonly targets: readonly EscalationTarget[] } | { readonly user: string };

/** Pages until somebody acknowledges, goes up the steps while nobody does, and ends when it is resolved. */
export async function incident(input: IncidentInput): Promise<void> {
  await new IncidentProcess(input).run();
}

class IncidentProcess {
  readonly #input: IncidentInput;
  readonly #recorder: Recorder;
  readonly #alarm = new Alarm(() => this.#wake());
  #state: IncidentState;
  #awake = true;
  #published: string;
  /** Whether the desk has still to say which policy is for such an incident. */
  #choosesPolicy: boolean;
  /** Alerts that pages opened in PagerDuty. */
  readonly #opened: Omit<SettleRequest, 'action'>[] = [];
  /** What those alerts were told last. */
  #settled: 'acknowledged' | 'resolved' | undefined;
  #settling = 0;
  /** Pages that are still being delivered; they are given up once somebody has acknowledged. */
  #paging = new wf.CancellationScope();

  constructor(input: IncidentInput) {
    this.#input = input;
    this.#choosesPolicy = input.asksDesk === true && input.policyGiven !== true;
    this.#recorder = new Recorder(incidentWorkflowId(input.id), input.subject.ticket, () => this.#wake());
    const opened = process.openIncident(input.id, input.subject, input.policy, Date.now());
    this.#state = this.#choosesPolicy ? process.awaitingPolicy(opened.state) : opened.state;
    this.#published = opened.state.row.status;
    this.#recorder.add(opened.events);
    this.#listen();
  }

  async run(): Promise<void> {
    void this.#page();
    for (;;) {
      const { deadline } = this.#state;
      if (deadline !== null && deadline <= Date.now()) this.#escalate();
      this.#awake = false;
      this.#recorder.start();
      this.#alarm.set(this.#nextAlarm());
      this.#publish();
      const idle = this.#recorder.idle && this.#settling === 0 && wf.allHandlersFinished();
      const done = this.#state.row.status === 'resolved' && idle;
      if (done && !this.#awake) return;
      await wf.condition(() => this.#awake);
    }
  }

  #listen(): void {
    for (const update of Object.values(incidentUpdates)) {
      wf.setHandler(update, (command) => this.#handle(command), { validator: (command) => this.#validate(command) });
    }
    wf.setHandler(incidentSignal, (word) => this.#take(this.#applyWord(word)));
    wf.setHandler(incidentQuery, () => this.#state.row);
    wf.setHandler(unrecordedQuery, () => this.#recorder.unrecorded);
  }

  #validate(command: IncidentCommand): void {
    const reason = process.refuseIncident(this.#state, command.type);
    if (reason !== undefined) throw wf.ApplicationFailure.nonRetryable(reason, conflictFailure);
  }

  #handle(command: IncidentCommand): IncidentAnswer {
    const at = Date.now();
    this.#take(this.#apply(command));
    if (command.type === 'escalate') void this.#page();
    if (command.type === 'reassign') void this.#pageResponders({ user: command.user });
    return { requestHash: command.requestHash, cause: command.cause, at, incident: this.#state.row };
  }

  #applyWord({ type, actor, cause, summary = '' }: IncidentWord): IncidentChange {
    if (type !== 'trigger') return this.#apply({ type, actor, cause });
    return process.triggeredAgain(this.#state, summary, { actor, cause }, Date.now());
  }

  #apply(command: IncidentOrder): IncidentChange {
    const { actor, cause } = command;
    const by = { actor, cause };
    const now = Date.now();
    switch (command.type) {
      case 'acknowledge':
        return process.acknowledge(this.#state, by, now);
      case 'resolve':
        return process.resolve(this.#state, by, now);
      case 'escalate':
        return process.escalateNow(this.#state, by, now);
      case 'reassign':
        return process.reassign(this.#state, command.user, by, now);
      case 'snooze':
        return process.snooze(this.#state, command.until, by, now);
    }
  }

  #escalate(): void {
    const next = process.escalate(this.#state, Date.now());
    this.#take(next);
    if (next.page) void this.#page();
    else if (this.#input.asksDesk === true) this.#sayNobodyLeft();
  }

  #sayNobodyLeft(): void {
    const { id, subject } = this.#input;
    const { round } = this.#state.row;
    void elsewhere
      .sayNobodyLeft({ incident: id, ticket: subject.ticket, reason: subject.reason, round })
      .catch(() => undefined);
  }

  /** Pages whom the current step names. */
  async #page(): Promise<void> {
    const { row, policy } = this.#state;
    await this.#pageResponders({ targets: policy.steps[row.step - 1]?.targets ?? [] });
  }

  async #pageResponders(whom: Whom): Promise<void> {
    const { step, round } = this.#state.row;
    const { responders } = await this.#ask(whom);
    if (!this.#isAt(step, round)) return;
    const copies = responders.filter((r) => r.copy === true);
    const responsible = responders.filter((r) => r.copy !== true);
    const users = responsible.map((r) => r.user);
    this.#take(process.stepTaken(this.#state, users, Date.now()));
    const deliveries = responsible.map((r) => this.#pageUser(r, step, round));
    for (const copy of copies) void this.#pageUser(copy, step, round);
    const delivered = await Promise.all(deliveries);
    if (users.length > 0 && !delivered.includes(true) && this.#isAt(step, round)) {
      this.#take(process.unreached(this.#state, users, Date.now()));
    }
  }

  /** Whom that means now, and, the first time, by which policy. */
  async #ask(whom: Whom): Promise<StepAnswer> {
    const { ticket, assignee, team, priority, level } = this.#input.subject;
    const about = { ticket, assignee, team, alreadyPaged: this.#state.paged, ...whom };
    if (this.#input.asksDesk !== true) {
      const question: RespondersQuestion = about;
      return { responders: await quickly.responders(question).catch(() => patiently.responders(question)) };
    }
    const choosesPolicy = this.#choosesPolicy && !('user' in whom);
    const question: StepQuestion = { ...about, priority, level, at: Date.now(), choosesPolicy };
    const answer = await quickly.escalationStep(question).catch(() => patiently.escalationStep(question));
    if (choosesPolicy) {
      this.#choosesPolicy = false;
      this.#state = process.adoptPolicy(this.#state, answer.policy ?? this.#input.policy, Date.now());
    }
    return answer;
  }

  /** Whether anything was delivered to the person, or could still have been when the paging was called off. */
  async #pageUser({ user, contacts, copy }: Responder, step: number, round: number): Promise<boolean> {
    const { priority, reason, ticket, dueAt } = this.#input.subject;
    const incident = this.#input.id;
    const copied = copy === true ? { copy } : {};
    const begun = contacts.map(() => ({ failed: false }));
    const send = wf.proxyActivities<PagingActivities>({
      startToCloseTimeout: '15s',
      scheduleToCloseTimeout: '15m',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
      cancellationType: 'TRY_CANCEL',
      priority: { priorityKey: priority === 'urgent' ? 1 : 2 },
      summary: `page ${user}, step ${step}, round ${round}`,
    });
    const delivered = contacts.map(async ({ contact, channel, afterMs = 0 }, i) => {
      const key = dedupKey(incident, { step, round }, user, contact);
      const page: PageRequest = {
        incident,
        ticket,
        step,
        round,
        user,
        contact,
        dedupKey: key,
        reason,
        priority,
        dueAt,
      };
      const told = { user, channel, step, round, ...copied };
      try {
        const answer = await this.#paging.run(async () => {
          // Where nothing before it got through, there is nothing to wait for.
          if (afterMs > 0) await wf.condition(() => i > 0 && begun.slice(0, i).every((b) => b.failed), afterMs);
          return send.page(page);
        });
        this.#take(process.paged(this.#state, { ...told, outcome: 'delivered', answer }, Date.now()));
        if (channel === 'pagerduty') this.#opened.push({ user, contact, dedupKey: key });
        return true;
      } catch (error) {
        if (wf.isCancellation(error)) return true;
        (begun[i] as { failed: boolean }).failed = true;
        const answer = wf.rootCause(error) ?? 'unknown';
        this.#take(process.paged(this.#state, { ...told, outcome: 'failed', answer }, Date.now()));
        return false;
      }
    });
    return (await Promise.all(delivered)).includes(true);
  }

  #isAt(step: number, round: number): boolean {
    const { row } = this.#state;
    return row.status === 'triggered' && row.step === step && row.round === round;
  }

  #take(change: IncidentChange): void {
    this.#state = change.state;
    this.#recorder.add(change.events);
    const { status } = change.state.row;
    if (status === 'triggered') {
      this.#settled = undefined;
    } else {
      this.#paging.cancel();
      this.#paging = new wf.CancellationScope();
      this.#settle(status);
    }
    this.#wake();
  }

  /** Alerts that pages opened elsewhere end with the incident; where they cannot be told in time, nobody waits for them. */
  #settle(status: 'acknowledged' | 'resolved'): void {
    if (status === this.#settled) return;
    this.#settled = status;
    const action = status === 'acknowledged' ? 'acknowledge' : 'resolve';
    for (const opened of this.#opened) {
      this.#settling++;
      void elsewhere
        .settlePage({ ...opened, action })
        .catch(() => undefined)
        .finally(() => {
          this.#settling--;
          this.#wake();
        });
    }
  }

  #nextAlarm(): { at: number; what: string } | null {
    const { deadline, row } = this.#state;
    return deadline === null
      ? null
      : { at: deadline, what: `nobody acknowledged step ${row.step}, round ${row.round}` };
  }

  #publish(): void {
    const { row } = this.#state;
    if (row.status !== this.#published && row.status !== 'resolved') {
      wf.upsertSearchAttributes(incidentAttributes(row));
    }
    this.#published = row.status;
    wf.setCurrentDetails(describeIncident(row));
  }

  #wake(): void {
    this.#awake = true;
  }
}
