import { Connection, isGrpcDeadlineError, isGrpcServiceError } from '@temporalio/client';
import { endpoint, type Endpoint, type TemporalSettings } from './connection-options.ts';

/** Thrown when there is no Temporal to talk to, or it does not let us in: one line, with what to do about it. */
export class TemporalUnavailableError extends Error {
  readonly address: string;

  constructor(config: TemporalSettings, address: string, reason: string, cause: unknown) {
    const remedy = config.temporal.externalTemporal
      ? 'check TEMPORAL_ADDRESS, and the TEMPORAL_* settings for TLS and keys'
      : '`vigil up` starts one, and TEMPORAL_ADDRESS names one of your own';
    super(`Temporal cannot be reached at ${address} (${reason}): ${remedy}`, { cause });
    this.name = 'TemporalUnavailableError';
    this.address = address;
  }
}

/** Turns a failure to connect into one that says why. */
export async function unavailable(config: TemporalSettings, error: unknown): Promise<TemporalUnavailableError> {
  const at = endpoint(config);
  return new TemporalUnavailableError(config, at.address, oneLine((await refusal(at)) ?? error), error);
}

/**
 * What Temporal, or the way to it, answers to one plain request. Waiting for a connection only ever ends with a
 * deadline, and so do retried calls; without either, gRPC tells what happened to its last attempt.
 */
async function refusal(at: Endpoint): Promise<unknown> {
  const connection = Connection.lazy({ ...at, interceptors: [] });
  try {
    await connection.withDeadline(Date.now() + 2_000, () => connection.workflowService.getSystemInfo({}));
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await connection.close();
  }
}

function oneLine(error: unknown): string {
  if (isGrpcDeadlineError(error)) return 'it does not answer';
  const text = isGrpcServiceError(error) ? error.details : error instanceof Error ? error.message : String(error);
  return text
    .replace(/^.*Last error: (?:Error: )?/s, '')
    .replace(/\. Resolution note:.*$/s, '')
    .replace(/\s+/g, ' ')
    .trim();
}
