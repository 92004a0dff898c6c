import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { startChild, type Child } from '../../cli/servers/child.ts';
import { freePorts } from '../../cli/servers/ports.ts';
import { startPostgres, type RunningPostgres } from '../../cli/servers/postgres.ts';
import { findTemporal } from '../../cli/servers/temporal-source.ts';
import { startTemporal, type RunningTemporal } from '../../cli/servers/temporal.ts';
import { migrate } from '../../db/migrate.ts';
import { prepareNamespace } from '../../temporal/namespace.ts';

const vigil = fileURLToPath(new URL('../../cli/vigil.mjs', import.meta.url));

export interface Api {
  readonly url: string;
  readonly child: Child;
}

/** Vigil as it runs in production, each part a process of its own, which a test may kill and start again. */
export interface Stack {
  readonly adminKey: string;
  readonly secret: string;
  readonly temporalAddress: string;
  postgres: RunningPostgres;
  temporal: RunningTemporal;
  worker: Child;
  api: Api;
  readonly startPostgres: () => Promise<void>;
  readonly startTemporal: () => Promise<void>;
  readonly startWorker: () => Promise<void>;
  readonly startApi: () => Promise<void>;
  /** Resolves when everything works. */
  readonly ready: () => Promise<void>;
  readonly request: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

export async function startStack(extra: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-stack-'));
  const [temporalPort = 0, apiPort = 0] = await freePorts(2);
  const adminKey = randomBytes(16).toString('hex');
  const secret = randomBytes(16).toString('hex');
  const source = await findTemporal(() => undefined);
  const startServer = (): Promise<RunningTemporal> => startTemporal({ source, dataDir, port: temporalPort });
  const [postgres, temporal] = await Promise.all([startPostgres(dataDir), startServer()]);
  const connection = await Connection.connect({ address: temporal.address });
  await Promise.all([migrate(postgres.url()), prepareNamespace(connection, 'default')]);
  await connection.close();
  const url = `http://127.0.0.1:${apiPort}`;
  const run = (command: 'api' | 'worker'): Promise<Child> =>
    startChild({
      name: command,
      command: process.execPath,
      args: [vigil, command],
      logFile: path.join(dataDir, 'logs', `${command}.log`),
      pidFile: path.join(dataDir, `${command}.pid`),
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: postgres.url(),
        TEMPORAL_ADDRESS: temporal.address,
        VIGIL_DATA_DIR: dataDir,
        VIGIL_ADMIN_KEY: adminKey,
        VIGIL_SECRET: secret,
        PORT: String(apiPort),
        LOG_LEVEL: 'warn',
        ...extra,
      },
    });
  const stack: Stack = {
    adminKey,
    secret,
    temporalAddress: temporal.address,
    postgres,
    temporal,
    worker: await run('worker'),
    api: { url, child: await run('api') },
    startPostgres: async () => void (stack.postgres = await startPostgres(dataDir)),
    startTemporal: async () => void (stack.temporal = await startServer()),
    startWorker: async () => void (stack.worker = await run('worker')),
    startApi: async () => void (stack.api = { url, child: await run('api') }),
    ready: async () => {
      for (const until = Date.now() + 60_000; ;) {
        const answer = await fetch(`${url}/readyz`).catch(() => undefined);
        if (answer?.ok) return;
        if (Date.now() > until)
          throw new Error(`not ready: ${(await answer?.text()) ?? 'no answer'}; see ${dataDir}/logs`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    request: requestsTo(() => url, adminKey),
    stop: async () => {
      await stack.api.child.stop();
      await stack.worker.stop();
      await stack.temporal.stop();
      await stack.postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await stack.ready();
  return stack;
}

/** Sends JSON, with the key, to whatever `url` gives for each request. */
export function requestsTo(url: () => string, key: string): Stack['request'] {
  return (method, route, body, headers = {}) =>
    fetch(`${url()}${route}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
}
