import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { builtInPolicy } from '../domain/escalation.ts';
import type { TicketRow } from '../domain/events.ts';
import { idOf, shownId } from '../domain/ticket-id.ts';
import { rowOf, startTicket } from '../domain/ticket-process.ts';
import type { Priority } from '../domain/ticket.ts';
import { ticketStartAttributes } from '../workflows/attributes.ts';
import { ticketWorkflowId, ticketWorkflowType, type TicketInput } from '../workflows/messages.ts';
import type { TicketArguments } from '../workflows/ticket.ts';
import type { App } from './app.ts';
import { KeyReused } from './once.ts';
import { Problem, unavailable } from './problem.ts';
import { callTemporal, deadlineFromNow, NoAnswer, NotRunning } from './temporal-calls.ts';
import { isKnown } from './ticket-path.ts';

/** Everything of a ticket that is not derived from its intake key. */
export type Intake = Omit<TicketInput, 'id' | 'closeAfterMs' | 'escalation' | 'message' | 'seeksOwner'> & {
  readonly message: Omit<TicketInput['message'], 'id' | 'ticket' | 'createdAt'>;
  /** Where the id is decided elsewhere. */
  readonly id?: string;
};

export interface Accepted {
  readonly ticket: TicketRow;
  /** Whether the ticket was there already. */
  readonly repeated: boolean;
}

const priorityKeys: Record<Priority, number> = { urgent: 1, high: 2, normal: 3, low: 4 };
const collisions = 3;

type UnderWay = Map<string, { readonly hash: string; readonly accepted: Promise<Accepted> }>;
/** Of each API, by intake key, so that a request that is sent many times at once asks Temporal once. */
const underWay = new WeakMap<App['parts'], UnderWay>();

/**
 * Accepts a ticket: Temporal has it when this resolves, or had it before. Nothing else is asked on the way, so that
 * tickets are accepted while the database is away.
 * @throws Problem 422 where the key was used for another request, 503 where Temporal does not answer.
 */
export async function acceptTicket(app: App, intake: Intake, deadline = deadlineFromNow()): Promise<Accepted> {
  const { intakeKey, requestHash: hash } = intake;
  const all: UnderWay = underWay.get(app.parts) ?? new Map();
  underWay.set(app.parts, all);
  const first = all.get(intakeKey);
  if (first !== undefined) {
    const { ticket } = await first.accepted;
    if (first.hash !== hash) throw new KeyReused();
    return { ticket, repeated: true };
  }
  const accepted = accept(app, intake, deadline);
  all.set(intakeKey, { hash, accepted });
  try {
    return await accepted;
  } finally {
    all.delete(intakeKey);
  }
}

async function accept(app: App, intake: Intake, deadline: number): Promise<Accepted> {
  for (let n = 0; n < collisions; n++) {
    const input = complete(app, intake, intake.id ?? idOf(n === 0 ? intake.intakeKey : `${intake.intakeKey}#${n}`));
    try {
      const ticket = rowOf(startTicket(input).state);
      if (!(await isRecorded(app, input.id)) && (await start(app, input, ticket, deadline))) {
        return { ticket, repeated: false };
      }
      const first = await firstInput(app, input.id, deadline);
      // Sixty bits can meet by chance: that is another ticket's id, and no repetition.
      if (first.intakeKey !== input.intakeKey) continue;
      if (first.requestHash !== input.requestHash) throw new KeyReused();
      return { ticket: rowOf(startTicket(first).state), repeated: true };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw unavailable(
        'The ticket was not accepted, because Temporal did not answer in time. Repeat the request with the same ' +
          'Idempotency-Key: it makes one ticket at most.',
        error,
      );
    }
  }
  throw new Error(`no free ticket id for an intake key in ${collisions} tries`);
}

function complete({ parts: { config, directory } }: App, intake: Intake, id: string): TicketInput {
  const { team, assignee } = intake;
  const seeksOwner = assignee === null && team !== null && (directory.team(team)?.ownership ?? null) !== null;
  const { closeAfterMs, ackTimeoutMs, escalationRounds } = config;
  return {
    ...intake,
    id,
    message: { ...intake.message, id: idOf(`${intake.intakeKey}/message`), ticket: id, createdAt: intake.receivedAt },
    closeAfterMs,
    escalation: builtInPolicy(ackTimeoutMs, escalationRounds),
    ...(seeksOwner && { seeksOwner }),
  };
}

/** A request waits no longer than this for a database that may be away. */
const recordedWithinMs = 200;

/**
 * Whether the archive has a ticket of this id. Temporal forgets a closed ticket when its retention is over; a key of
 * before then must not begin another life under the id, whose events the archive would take for the old ones.
 */
async function isRecorded(app: App, id: string): Promise<boolean> {
  const abort = new AbortController();
  const late = sleep(recordedWithinMs, false, { signal: abort.signal }).catch(() => false);
  try {
    return await Promise.race([isKnown(app, id), late]);
  } finally {
    abort.abort();
  }
}

/** Whether the workflow was started, and not there before. */
async function start(
  { parts: { config, temporal } }: App,
  input: TicketInput,
  ticket: TicketRow,
  deadline: number,
): Promise<boolean> {
  const call = (): Promise<unknown> =>
    temporal.client.workflow.start(ticketWorkflowType, {
      workflowId: ticketWorkflowId(input.id),
      taskQueue: config.taskQueue,
      args: [{ input } satisfies TicketArguments],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      typedSearchAttributes: ticketStartAttributes(ticket),
      staticSummary: `${shownId(input.id)} · ${input.priority} · ${input.channel}`,
      priority: { priorityKey: priorityKeys[input.priority] },
    });
  try {
    await callTemporal(temporal.client, call, deadline);
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** What the ticket was started with: the first event of its first run, which as a rule is its latest. */
async function firstInput({ parts: { temporal } }: App, id: string, deadline: number): Promise<TicketInput> {
  const { client } = temporal;
  const beginning = async (runId?: string): Promise<TicketInput> => {
    const { history } = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId: ticketWorkflowId(id), ...(runId !== undefined && { runId }) },
      maximumPageSize: 1,
    });
    const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    const [args] = await decodeArrayFromPayloads(client.options.loadedDataConverter, started?.input?.payloads);
    const { input } = args as TicketArguments;
    if (input !== undefined) return input;
    if (runId !== undefined) throw new Error(`the first run of ticket ${id} has no input`);
    return beginning(started?.firstExecutionRunId ?? '');
  };
  return callTemporal(client, () => beginning(), deadline).catch((error: unknown) => {
    if (!(error instanceof NotRunning)) throw error;
    throw new Problem('conflict', 'This Idempotency-Key was used too long ago to tell whether for the same ticket.');
  });
}
