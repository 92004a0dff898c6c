import { setTimeout as sleep } from 'node:timers/promises';
import { status as grpc } from '@grpc/grpc-js';
import {
  type Client,
  isGrpcServiceError,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { conflictFailure } from '../workflows/messages.ts';
import { Problem, unavailable } from './problem.ts';

/** How long a caller waits for Temporal before being told to come again: less than 2 s, whatever has to be asked. */
const patienceMs = 1600;
/** Of that, for asking whether Temporal itself is there. */
const probeMs = 300;
/** How long a caller waits for a busy worker: as long as a person may be asked to. */
const workerPatienceMs = 8000;

/** The instant by which everything that a request asks of Temporal has to be answered. */
export function deadlineFromNow(): number {
  return Date.now() + patienceMs;
}

/** A refusal by a workflow's validator, with what it says of the ticket. */
export class Refused extends Problem {
  readonly details: { status?: string; mergedInto?: string | null };

  constructor(message: string, details: Refused['details']) {
    super('conflict', message);
    this.details = details;
  }
}

/** Thrown where no workflow of this id is running. */
export class NotRunning extends Error {}

/** Thrown when Temporal did not answer in time, or could not be reached. */
export class NoAnswer extends Error {}

/** Nobody is there: what else is asked now will not be answered either. */
export class Unreachable extends NoAnswer {}

/**
 * Calls Temporal until `deadline`, an instant, and says in our words what went wrong: `Refused`, `NotRunning` or `NoAnswer`; other
 * errors stay as they are.
 */
export function callTemporal<T>(client: Client, call: () => Promise<T>, deadline = deadlineFromNow()): Promise<T> {
  return callUntil(client, call, (signal) => sleep(deadline - Date.now(), undefined, { signal }));
}

/**
 * As `callTemporal`, for what only a worker answers, as an update of `handle`. Where Temporal itself answers, the worker is
 * busy, and the call is given more time; one that is given up may still be carried out.
 */
export function callWorker<T>(client: Client, handle: WorkflowHandle, call: () => Promise<T>): Promise<T> {
  const deadline = deadlineFromNow();
  return callUntil(client, call, async (signal) => {
    await sleep(patienceMs - probeMs, undefined, { signal });
    const isThere = await client
      .withDeadline(deadline, () => handle.describe())
      .then(
        () => true,
        () => false,
      );
    if (isThere) await sleep(workerPatienceMs - patienceMs, undefined, { signal });
  });
}

/** Gives up when `patience` is at its end; its signal ends the waiting. */
async function callUntil<T>(
  client: Client,
  call: () => Promise<T>,
  patience: (signal: AbortSignal) => Promise<void>,
): Promise<T> {
  const abort = new AbortController();
  const { signal } = abort;
  // The signal ends a request, but not the SDK's pause before it tries one again.
  const late = patience(signal).then(() => {
    throw new NoAnswer('no answer in time');
  });
  // Nobody listens any more once the call was answered.
  late.catch(() => undefined);
  try {
    return await Promise.race([client.withAbortSignal(signal, call), late]);
  } catch (error) {
    throw translated(error);
  } finally {
    abort.abort();
  }
}

/** `NoAnswer` and `NotRunning` as what the caller is told. */
export function toProblem(error: unknown, what: string): unknown {
  if (error instanceof NotRunning)
    return new Problem('not-found', `There is no ${what} of this id that is still open.`);
  if (error instanceof NoAnswer) {
    const again = 'A request may be repeated with its Idempotency-Key: it is carried out once.';
    return unavailable(`The ${what} does not answer at the moment. ${again}`, error);
  }
  return error;
}

/** Failures of Temporal itself, or of the way to it, that may be over when the request is repeated. */
const passing = new Set([
  grpc.UNAVAILABLE,
  grpc.DEADLINE_EXCEEDED,
  grpc.CANCELLED,
  grpc.ABORTED,
  grpc.INTERNAL,
  grpc.UNKNOWN,
  grpc.RESOURCE_EXHAUSTED,
  // A query without a worker, or before the workflow's first task.
  grpc.FAILED_PRECONDITION,
]);

function translated(error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) return new NotRunning(error.message, { cause: error });
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return new NoAnswer(error.message, { cause: error });
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const { cause } = error;
    if (cause.type !== conflictFailure) {
      // The workflow ended while the update was on its way.
      return cause.type === 'AcceptedUpdateCompletedWorkflow' ? new NotRunning(cause.message, { cause: error }) : error;
    }
    return new Refused(cause.message, cause.details?.[0] ?? {});
  }
  const service = grpcError(error);
  if (service?.code === grpc.NOT_FOUND) return new NotRunning(service.details, { cause: error });
  if (service === undefined || !passing.has(service.code)) return error;
  const { code, details } = service;
  return new (code === grpc.UNAVAILABLE ? Unreachable : NoAnswer)(details, { cause: error });
}

/** The transport's error, which the SDK may wrap. */
function grpcError(error: unknown): { code: grpc; details: string } | undefined {
  for (let e = error; e instanceof Error; e = e.cause) if (isGrpcServiceError(e)) return e;
  return undefined;
}
