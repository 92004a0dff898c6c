import type { Interceptor } from '@grpc/grpc-js';
import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  type BackoffOptions,
} from '@temporalio/client';
import { dataConverter } from './codec.ts';
import { endpoint, type TemporalSettings } from './connection-options.ts';
import { unavailable } from './unavailable.ts';

export { TemporalUnavailableError } from './unavailable.ts';

export interface TemporalClient {
  /** The caller closes it. */
  readonly connection: Connection;
  readonly client: Client;
}

export interface ConnectOptions {
  /** Called for every request, and again for every retry of it. */
  readonly interceptors?: readonly Interceptor[];
  /** @default 10 seconds */
  readonly timeoutMs?: number;
}

/** Connects, and throws a `TemporalUnavailableError` where Temporal does not answer in time. */
export async function connectTemporal(
  config: TemporalSettings,
  { interceptors = [], timeoutMs = 10_000 }: ConnectOptions = {},
): Promise<TemporalClient> {
  const temporal = open(config, interceptors, { timeoutMs });
  try {
    await temporal.connection.ensureConnected();
    return temporal;
  } catch (error) {
    await temporal.connection.close();
    throw await unavailable(config, error);
  }
}

/**
 * A client that connects with its first request, and again whenever Temporal comes back, so that a process can start
 * and stay while Temporal is away. It gives a request up after four attempts, in about a second: somebody waits for
 * the answer, and a deadline would neither stop the SDK's ten attempts in time nor leave the reason in the error.
 */
export function connectLazily(
  config: TemporalSettings,
  { interceptors = [] }: Pick<ConnectOptions, 'interceptors'> = {},
): TemporalClient {
  return open(config, interceptors, { retry: { maxAttempts: 4 } });
}

function open(
  config: TemporalSettings,
  interceptors: readonly Interceptor[],
  { timeoutMs, retry }: { timeoutMs?: number; retry?: Partial<BackoffOptions> },
): TemporalClient {
  const connection = Connection.lazy({
    ...endpoint(config),
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions(retry)), ...interceptors],
    ...(timeoutMs === undefined ? {} : { connectTimeout: timeoutMs }),
  });
  const client = new Client({
    connection,
    namespace: config.temporal.namespace,
    dataConverter: dataConverter(config.codecKeys),
  });
  return { connection, client };
}
