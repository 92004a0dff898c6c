import path from 'node:path';
import { codecToken } from '../../config/codec-token.ts';
import { loadConfig, type Config } from '../../config/environment.ts';
import { secretOf } from '../../config/secret.ts';
import { connectTemporal } from '../../temporal/connection.ts';
import { prepareNamespace } from '../../temporal/namespace.ts';
import { prepareDatabase, withoutPassword } from '../database.ts';
import type { Say } from '../servers/cache.ts';
import { stopChildren, untilReady, type Child } from '../servers/child.ts';
import { preparePostgres } from '../servers/postgres.ts';
import { supervise } from '../servers/supervise.ts';
import { startTemporalServer, startTemporalUi, type TemporalServerOptions } from '../servers/temporal.ts';
import { findTemporal } from '../servers/temporal-source.ts';
import { makeAdminKey } from './admin-key.ts';
import { endLeftovers, holdDataDir } from './data-dir.ts';
import { firstAdminLink } from './first-admin.ts';
import { passPostgresProblems, passTemporalProblems } from './log-lines.ts';
import { takenPorts } from './ports.ts';
import { isReady, startVigil } from './vigil-process.ts';
import { buildWebApplication } from './web-build.ts';
import { localAddress, welcome } from './welcome.ts';

export interface DeskRun {
  readonly say: Say;
  /** Told to stop: nothing is left running once `runDesk` is done. */
  readonly until: Promise<void>;
  /** What a desk of a certain kind does before its API is there, and beside it. */
  readonly before?: (config: Config & { readonly databaseUrl: string }) => Promise<void>;
  readonly beside?: (api: string) => Promise<Stoppable>;
  /** To be shown with each start. */
  readonly adminKey?: string;
}

interface Stoppable {
  stop(): Promise<void>;
}

/** Everything on one machine: runs until it is told to stop, or until the start fails. */
export async function runDesk(env: NodeJS.ProcessEnv, run: DeskRun): Promise<void> {
  const config = loadConfig(env);
  const release = await holdDataDir(config.dataDir);
  /** In the order in which they were started, which is not the order in which they stop. */
  const running: Stoppable[] = [];
  try {
    await Promise.race([start(config, env, run, running), run.until]);
    await run.until;
  } finally {
    for (const part of running.toReversed()) await part.stop();
    // One that was just being started when we were told to stop.
    await stopChildren();
    await release();
  }
}

async function start(config: Config, env: NodeJS.ProcessEnv, run: DeskRun, running: Stoppable[]): Promise<void> {
  const { dataDir } = config;
  const { say } = run;
  const keep: Keep = async (part) => {
    const supervised = await supervise(part, say);
    running.push(supervised);
    return supervised.child();
  };
  await endLeftovers(dataDir, say);
  const taken = await takenPorts(config);
  if (taken.length > 0) throw new Error(taken.join('\n'));

  const databaseUrl = config.databaseUrl ?? (await startDatabase(dataDir, say, keep));
  say(`PostgreSQL: ${withoutPassword(databaseUrl)}`);
  await prepareDatabase(databaseUrl);
  await run.before?.({ ...config, databaseUrl });
  const adminLink = await firstAdminLink(databaseUrl, config);
  const adminKey = config.adminKey === null ? await makeAdminKey(databaseUrl) : null;
  if (adminKey !== null) say(`The admin's API key, shown this once: ${adminKey}`);

  if (!config.temporal.externalTemporal) await startTemporal(config, say, keep);
  const { connection } = await connectTemporal(config);
  say(`Temporal: ${config.temporal.address ?? `127.0.0.1:${config.temporalPort}`}`);
  try {
    await prepareNamespace(connection, config.temporal.namespace);
  } finally {
    await connection.close();
  }

  const ours = { ...env, DATABASE_URL: databaseUrl, VIGIL_SECRET: secretOf(config) };
  await buildWebApplication(say);
  await keep(() => startVigil({ name: 'Worker', command: 'worker', dataDir, env: ours, say }));
  const apiProcess = await keep(() => startVigil({ name: 'API', command: 'api', dataDir, env: ours, say }));
  const api = localAddress(config);
  await untilReady(apiProcess, () => isReady(api), 300_000);
  const temporalUi = config.temporal.externalTemporal ? null : `http://127.0.0.1:${config.temporalUiPort}`;
  if (run.beside !== undefined) running.push(await run.beside(api));
  say(
    welcome({
      api,
      temporalUi,
      logs: path.join(dataDir, 'logs'),
      adminKey: adminKey ?? run.adminKey ?? null,
      adminLink,
    }),
  );
}

/** Starts a part, and again whenever it ends. */
type Keep = (part: () => Promise<Child>) => Promise<Child>;

async function startDatabase(dataDir: string, say: Say, keep: Keep): Promise<string> {
  const postgres = await preparePostgres(dataDir, { onLine: passPostgresProblems(say) });
  await keep(() => postgres.start());
  return postgres.url();
}

async function startTemporal(config: Config, say: Say, keep: Keep): Promise<void> {
  const { dataDir, temporalPort: port, temporalUiPort: uiPort, codecKeys, publicUrl } = config;
  const source = await findTemporal(say);
  const options: TemporalServerOptions = {
    source,
    dataDir,
    port,
    uiPort,
    namespace: config.temporal.namespace,
    onLine: passTemporalProblems(say),
    ...(codecKeys !== null && { codecEndpoint: `${publicUrl}/codec/${codecToken(secretOf(config))}` }),
  };
  await keep(() => startTemporalServer(options));
  if (source.kind === 'built') await keep(() => startTemporalUi(options, source.ui, uiPort));
}
