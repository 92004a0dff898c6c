import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { InterceptingCall } from '@grpc/grpc-js';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { loadConfig } from '../../config/environment.ts';
import { endpoint } from '../../temporal/connection-options.ts';
import { connectLazily, connectTemporal, TemporalUnavailableError } from '../../temporal/connection.ts';
import { nativeConnection } from '../../temporal/native-connection.ts';

let silent: Server;
let silentPort: number;
let closedPort: number;

beforeAll(async () => {
  silent = createServer().listen(0, '127.0.0.1');
  const closed = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(silent, 'listening'), once(closed, 'listening')]);
  silentPort = (silent.address() as AddressInfo).port;
  closedPort = (closed.address() as AddressInfo).port;
  closed.close();
});

afterAll(() => {
  silent.close();
});

function settings(env: NodeJS.ProcessEnv) {
  return loadConfig({ HOME: '/nonexistent', ...env });
}

async function failure(promise: Promise<unknown>): Promise<TemporalUnavailableError> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (error instanceof TemporalUnavailableError) return error;
  throw new Error('There should have been no Temporal', { cause: error });
}

describe('a Temporal that answers', () => {
  test('is connected to, with the namespace and the codec of the configuration', async () => {
    const key = Buffer.alloc(32, 1).toString('base64');
    const config = settings({
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: 'desk',
      VIGIL_CODEC_KEYS: `k:${key}`,
    });
    const { connection, client } = await connectTemporal(config);
    expect(client.options.namespace).toBe('desk');
    expect(client.options.loadedDataConverter.payloadCodecs).toHaveLength(1);
    await connection.close();
  });

  test('sees every request go through the interceptors', async () => {
    const paths: string[] = [];
    const { connection } = await connectTemporal(settings({ TEMPORAL_ADDRESS: inject('temporalAddress') }), {
      interceptors: [
        (options, nextCall) => {
          paths.push(options.method_definition.path);
          return new InterceptingCall(nextCall(options));
        },
      ],
    });
    await connection.close();
    expect(paths).toContain('/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo');
  });

  test('is connected to by the worker', async () => {
    const connection = await nativeConnection(settings({ TEMPORAL_ADDRESS: inject('temporalAddress') }));
    await expect(connection.workflowService.getSystemInfo({})).resolves.toHaveProperty('serverVersion');
    await connection.close();
  });

  test('is connected to lazily once it is asked something', async () => {
    const { connection } = connectLazily(settings({ TEMPORAL_ADDRESS: inject('temporalAddress') }));
    await expect(connection.workflowService.getSystemInfo({})).resolves.toHaveProperty('serverVersion');
    await connection.close();
  });
});

describe('how to connect', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  function endpointOf(env: Record<string, string>) {
    for (const [name, value] of Object.entries({ HOME: '/nonexistent', ...env })) vi.stubEnv(name, value);
    return endpoint(loadConfig(process.env));
  }

  test('is settled by the port alone for a Temporal of our own', () => {
    expect(endpointOf({ TEMPORAL_PORT: '17233' })).toEqual({ address: '127.0.0.1:17233' });
  });

  test('includes an API key, which turns TLS on', () => {
    expect(endpointOf({ TEMPORAL_ADDRESS: 'desk.tmprl.cloud:7233', TEMPORAL_API_KEY: 'k' })).toEqual({
      address: 'desk.tmprl.cloud:7233',
      apiKey: 'k',
      tls: true,
    });
  });

  test('includes the certificates for mTLS, the name of the server, and headers', () => {
    const env = {
      TEMPORAL_ADDRESS: 't.example:7233',
      TEMPORAL_TLS_CLIENT_CERT_DATA: 'certificate',
      TEMPORAL_TLS_CLIENT_KEY_DATA: 'key',
      TEMPORAL_TLS_SERVER_NAME: 'inside.example',
      TEMPORAL_GRPC_META_TENANT: 'desk',
    };
    const crt = new TextEncoder().encode('certificate');
    expect(endpointOf(env)).toMatchObject({
      tls: { clientCertPair: { crt, key: new TextEncoder().encode('key') }, serverNameOverride: 'inside.example' },
      metadata: { tenant: 'desk' },
    });
  });
});

describe('a Temporal that is away', () => {
  test('is named with its address, the reason and what to do', async () => {
    const config = settings({ TEMPORAL_PORT: String(closedPort) });
    const error = await failure(connectTemporal(config, { timeoutMs: 300 }));
    expect(error.address).toBe(`127.0.0.1:${closedPort}`);
    expect(error.message).toBe(
      `Temporal cannot be reached at 127.0.0.1:${closedPort} (connect ECONNREFUSED 127.0.0.1:${closedPort}): ` +
        '`vigil up` starts one, and TEMPORAL_ADDRESS names one of your own',
    );
  });

  test('has the settings named that may be wrong, where somebody else runs it', async () => {
    const config = settings({ TEMPORAL_ADDRESS: 'temporal.invalid:7233' });
    const { message } = await failure(connectTemporal(config, { timeoutMs: 300 }));
    expect(message).toContain('temporal.invalid:7233');
    expect(message).toContain('check TEMPORAL_ADDRESS');
    expect(message).not.toContain('\n');
  });

  test('may also accept connections and say nothing', async () => {
    const config = settings({ TEMPORAL_ADDRESS: `127.0.0.1:${silentPort}` });
    const { message } = await failure(connectTemporal(config, { timeoutMs: 300 }));
    expect(message).toContain(`at 127.0.0.1:${silentPort} (it does not answer)`);
  });

  test('is told to the worker in the same words', async () => {
    const config = settings({ TEMPORAL_PORT: String(closedPort) });
    const { message } = await failure(nativeConnection(config, { timeoutMs: 300 }));
    expect(message).toContain('ECONNREFUSED');
  });

  test('is told within seconds, and with the reason, to whoever asks lazily', async () => {
    const { connection } = connectLazily(settings({ TEMPORAL_PORT: String(closedPort) }));
    const started = Date.now();
    const error: unknown = await connection.workflowService.getSystemInfo({}).catch((reason: unknown) => reason);
    expect(Date.now() - started).toBeLessThan(3000);
    expect(isGrpcServiceError(error) && error.details).toContain('ECONNREFUSED');
    await connection.close();
  });

  test('is not waited for by those who connect lazily', () => {
    const { connection } = connectLazily(settings({ TEMPORAL_PORT: String(closedPort) }));
    expect(connection).toBeInstanceOf(Connection);
    return connection.close();
  });
});
