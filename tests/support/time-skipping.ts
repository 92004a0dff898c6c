import { randomUUID } from 'node:crypto';
import grpc, { type Interceptor } from '@grpc/grpc-js';
import {
  Connection,
  defaultGrpcRetryOptions,
  isGrpcServiceError,
  makeGrpcRetryInterceptor,
  type Client,
} from '@temporalio/client';
import type { Duration } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

const service = proto.temporal.api.workflowservice.v1;
const Result = proto.temporal.api.enums.v1.FastForwardPollingResult;

/**
 * The server's own limit is 200 skips, after which it goes on in real time without a word. A limit there must be: an
 * activity that fails for ever would be tried again without a pause.
 */
const maxSessionSkipCount = 5_000;

/**
 * Time in tests: each workflow has a clock of its own, which Temporal 1.32 can move ahead
 * (`frontend.WorkflowTimeSkippingEnabled`). What one has to know, all of it tried:
 *
 * - A workflow skips to its next timer, retry of an activity, start delay or timeout whenever no workflow task,
 *   activity, child, or signal to another workflow is pending. Activities, local ones too, take real time.
 * - A skip costs one history event, and real time too: about 1 s, but 0.1 s with `history.timerProcessorMaxTimeShift`
 *   at 20 ms. That bounds how late every timer fires.
 * - On a `skippingConnection` a workflow that waits with a timeout has timed out before a test can do anything. Updates
 *   and signals are handled, but at whatever time its clock has come to. To act at a certain time, start it on a plain
 *   connection and use `fastForward`.
 * - A child starts at its parent's time, and from a parent that skips it skips too, on its own, to its end if nothing
 *   holds it. As long as it runs, its parent does not skip, abandoned or not, and their clocks differ from then on.
 * - Under `fastForward` children stand still, until they are fast-forwarded themselves. One that did not get there in
 *   time is not withdrawn: the workflow goes on towards it as soon as it can.
 * - Runs that continue as new keep clock, target and limit. But one that follows another after less than
 *   `history.workflowIdReuseMinimalInterval` (1 s, in skipped time, and the server adds all that was skipped before to
 *   the start of the run) begins too late by all that was skipped: tests set it to 0.
 * - What a client or an activity starts has the real time, whatever the time of the workflow that asked for it.
 */

/** A connection whose workflows skip time by themselves whenever they wait for nothing but time. */
export function skippingConnection(address: string): Promise<Connection> {
  return Connection.connect({
    address,
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), skipTime],
  });
}

/** Adds what the client has no option for yet to every request that starts a workflow. */
export const skipTime: Interceptor = (options, nextCall) =>
  new grpc.InterceptingCall(nextCall(options), {
    sendMessage: (message: Uint8Array, next) => next(skipping(options.method_definition.path, message)),
  });

function skipping(path: string, message: Uint8Array): Uint8Array {
  const timeSkippingConfig = { enabled: true, maxSessionSkipCount };
  switch (path.slice(path.lastIndexOf('/') + 1)) {
    case 'StartWorkflowExecution': {
      const request = service.StartWorkflowExecutionRequest.decode(message);
      request.timeSkippingConfig = timeSkippingConfig;
      return service.StartWorkflowExecutionRequest.encode(request).finish();
    }
    case 'SignalWithStartWorkflowExecution': {
      const request = service.SignalWithStartWorkflowExecutionRequest.decode(message);
      request.timeSkippingConfig = timeSkippingConfig;
      return service.SignalWithStartWorkflowExecutionRequest.encode(request).finish();
    }
    case 'ExecuteMultiOperation': {
      const request = service.ExecuteMultiOperationRequest.decode(message);
      for (const { startWorkflow } of request.operations) {
        if (startWorkflow) startWorkflow.timeSkippingConfig = timeSkippingConfig;
      }
      return service.ExecuteMultiOperationRequest.encode(request).finish();
    }
    default:
      return message;
  }
}

export interface FastForwardOptions {
  /** How long, in real time, the workflow may take to get there. */
  readonly patienceMs?: number;
}

/**
 * Moves the clock of one workflow, and of the runs that continue it, ahead by `duration` from where it stands, with all
 * that falls due on the way; then the clock goes on in real time. Resolves when it has got there, or when the workflow
 * has ended before; rejects when the workflow waits for something that takes real time, and says for what.
 */
export async function fastForward(
  client: Client,
  workflowId: string,
  duration: Duration,
  { patienceMs = 30_000 }: FastForwardOptions = {},
): Promise<'reached' | 'ended'> {
  const { namespace } = client.options;
  const workflowExecution = { workflowId };
  const id = randomUUID();
  const until = Date.now() + patienceMs;
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution,
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        // A child knows nothing of the target: it would run through its own life to the end.
        disablePropagation: true,
        maxSessionSkipCount,
        fastForwardConfig: { id, duration: msToTs(duration) },
      },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  try {
    for (;;) {
      const answer = await client.withDeadline(until, () =>
        client.workflowService.pollWorkflowExecutionTimeSkipping({ namespace, workflowExecution, fastForwardId: id }),
      );
      if (answer.fastForwardPollingResult === Result.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED)
        return 'reached';
      if (answer.fastForwardPollingResult === Result.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED) {
        if (answer.failedReason.includes('execution ended')) return 'ended';
        throw new Error(`${workflowId} cannot be fast-forwarded: ${answer.failedReason}`);
      }
    }
  } catch (error) {
    // A deadline comes back as either of two statuses: who ended the call first is a matter of luck.
    if (!isGrpcServiceError(error) || Date.now() < until) throw error;
    throw new Error(
      `${workflowId} did not get there in ${patienceMs} ms; it waits for ${await waitsFor(client, workflowId)}`,
      {
        cause: error,
      },
    );
  }
}

async function waitsFor(client: Client, workflowId: string): Promise<string> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  const pending = [
    ...(raw.pendingChildren ?? []).map((child) => `the child ${child.workflowId}`),
    ...(raw.pendingActivities ?? []).map((activity) => `the activity ${activity.activityType?.name}`),
    ...(raw.pendingWorkflowTask ? ['a worker'] : []),
  ];
  return pending.join(', ') || 'nothing that Temporal tells of';
}
