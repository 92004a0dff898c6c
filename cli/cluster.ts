import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Config } from '../config/environment.ts';
import { secretOf } from '../config/secret.ts';
import { connectTemporal } from '../temporal/connection.ts';
import { prepareNamespace } from '../temporal/namespace.ts';
import { prepareDatabase } from './database.ts';
import type { Say } from './servers/cache.ts';
import { killChildren, untilReady, type Child } from './servers/child.ts';
import { programFor } from './servers/go-build.ts';
import { ensureDatabase, startPostgres } from './servers/postgres.ts';
import { startTemporal } from './servers/temporal.ts';
import { postgresStore } from './servers/temporal-config.ts';
import { endLeftovers, holdDataDir } from './up/data-dir.ts';
import { untilSignal } from './up/signals.ts';
import { isReady, startVigil } from './up/vigil-process.ts';

const run = promisify(execFile);

/** Fixed for the life of the database. */
const shards = 16;
const databases = { main: 'temporal', visibility: 'temporal_visibility' } as const;

export interface Cluster {
  /** What an API and a worker need to find their servers and each other. */
  readonly env: Readonly<Record<string, string>>;
  startWorker(): Promise<Child>;
  /** Resolves once the API is ready, which takes a worker. */
  startApi(port: number): Promise<{ readonly url: string; readonly child: Child }>;
  stop(): Promise<void>;
}

/** A Temporal server of the production kind, on a PostgreSQL of its own, with everything that Vigil needs in both. */
export async function startCluster(config: Config, say: Say): Promise<Cluster> {
  const { temporalPort, host } = config;
  // Apart from what vigil up keeps.
  const dataDir = path.join(config.dataDir, 'cluster');
  const release = await holdDataDir(dataDir);
  const stops = [release];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    await endLeftovers(dataDir, say);
    const source = { kind: 'built', server: await programFor('server', say), ui: '' } as const;
    const postgres = await startPostgres(dataDir, { settings: { max_connections: 500, shared_buffers: '512MB' } });
    stops.push(() => postgres.stop());
    await prepareDatabase(postgres.url());
    for (const part of ['main', 'visibility'] as const) await prepareSchema(postgres.url(databases[part]), part, say);
    const store = postgresStore(postgres.url(), databases, shards);
    const temporal = await startTemporal({ source, dataDir, port: temporalPort, store });
    stops.push(() => temporal.stop());
    const { connection } = await connectTemporal(config);
    stops.push(() => connection.close());
    await prepareNamespace(connection, config.temporal.namespace);
    const env = {
      DATABASE_URL: postgres.url(),
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: config.temporal.namespace,
      VIGIL_DATA_DIR: dataDir,
      VIGIL_SECRET: secretOf({ ...config, dataDir }),
      VIGIL_ADMIN_KEY: config.adminKey ?? `vigil_${randomBytes(32).toString('base64url')}`,
    };
    const started = { api: 0, worker: 0 };
    const start = async (command: 'api' | 'worker', more: Record<string, string>): Promise<Child> => {
      const name = `${command}-${++started[command]}`;
      const child = await startVigil({ name, command, dataDir, env: { ...process.env, ...env, ...more }, say });
      stops.push(() => child.stop());
      return child;
    };
    return {
      env,
      startWorker: () => start('worker', {}),
      startApi: async (port) => {
        const child = await start('api', { HOST: host, PORT: String(port) });
        const url = `http://${host}:${port}`;
        await untilReady(child, () => isReady(url), 300_000);
        return { url, child };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes one of Temporal's databases, and brings its schema up to date. */
async function prepareSchema(url: string, part: 'main' | 'visibility', say: Say): Promise<void> {
  const tool = await programFor('sql', say);
  const { hostname, port, username, password, pathname } = new URL(url);
  const database = pathname.slice(1);
  await ensureDatabase(url.replace(/[^/]*$/, 'postgres'), database);
  const where = ['--plugin', 'postgres12', '--ep', hostname, '--port', port, '--user', username, '--db', database];
  const env = { ...process.env, SQL_PASSWORD: decodeURIComponent(password) };
  if (!(await hasSchema(url))) await run(tool, [...where, 'setup-schema', '--version', '0.0'], { env });
  const schema = `postgresql/v12/${part === 'main' ? 'temporal' : 'visibility'}`;
  await run(tool, [...where, 'update-schema', '--schema-name', schema], { env });
}

async function hasSchema(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: string | null }>("select to_regclass('schema_version') as there");
    return rows[0]?.there !== null;
  } finally {
    await client.end();
  }
}

/** Runs a cluster until it is told to stop. */
export async function runCluster(config: Config, { workers, apis }: { workers: number; apis: number }): Promise<void> {
  const told = untilSignal(killChildren);
  const cluster = await startCluster(config, (line) => console.log(line));
  try {
    await Promise.all(Array.from({ length: workers }, () => cluster.startWorker()));
    for (let index = 0; index < apis; index++) {
      const { url } = await cluster.startApi(config.port + index);
      console.log(`API: ${url}`);
    }
    console.log('The cluster runs; Ctrl-C stops it. For more processes:');
    for (const [name, value] of Object.entries(cluster.env)) console.log(`export ${name}=${value}`);
    await told;
  } finally {
    await cluster.stop();
  }
}
