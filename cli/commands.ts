import type { ParseArgsConfig } from 'node:util';
import { loadConfig, type Config } from '../config/environment.ts';
import { embeddedUrl } from './servers/postgres.ts';

/** Of the options, by name. */
type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  /** One line, for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  readonly details: string;
  /** Absent: the command reads its arguments itself. */
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  run(values: Values, args: readonly string[]): Promise<void>;
}

/** Modules are loaded by the command that needs them: the API has no use for the worker's native library. */
export const commands: Readonly<Record<string, Command>> = {
  up: {
    summary: 'run everything on this machine',
    usage: 'vigil up [--demo]',
    details:
      'Starts PostgreSQL (unless DATABASE_URL is set), Temporal with its UI (unless TEMPORAL_ADDRESS or a profile is\n' +
      'set), the worker and the API, and starts again whatever ends. Everything is kept in VIGIL_DATA_DIR.\n' +
      'With --demo it is a desk that plays by itself, on servers of its own in a folder of that directory, until it is\n' +
      'removed by a click in its pages.',
    options: { demo: { type: 'boolean' } },
    run: async ({ demo }) => {
      const { up } = await import('./up.ts');
      await up(process.env, { demo: demo === true });
      // What was being started when we were told to stop must not hold us.
      process.exit();
    },
  },
  api: {
    summary: 'run the API',
    usage: 'vigil api',
    details: 'Any number of them may run. The database must have been migrated: see vigil migrate.',
    options: {},
    run: async () => {
      const config = await withSchema();
      const { runApi } = await import('../api/server.ts');
      await runApi(config);
    },
  },
  worker: {
    summary: 'run a worker, which carries tickets on',
    usage: 'vigil worker',
    details: 'Any number of them may run. The database must have been migrated: see vigil migrate.',
    options: {},
    run: async () => {
      const config = await withSchema();
      const { runWorker } = await import('../worker/main.ts');
      await runWorker(config);
    },
  },
  migrate: {
    summary: "bring the database's schema, and Temporal's namespace, up to date",
    usage: 'vigil migrate',
    details:
      'To be run once for each release, before its API and workers start; running it again changes nothing. On\n' +
      'Temporal Cloud, it says which search attributes are missing. vigil up does the same by itself.',
    options: {},
    run: async () => {
      const config = await withDatabase();
      const { migrateAll } = await import('./migrate.ts');
      await migrateAll(config);
    },
  },
  apply: {
    summary: 'make the desk what files say: people, teams, calendars, SLA policies',
    usage: 'vigil apply FILE… [--dry-run] [--prune]',
    details:
      'Prints what changes and writes all of it or nothing; --dry-run only prints. What is stored and in no file\n' +
      'stays, unless --prune is given.',
    run: async (_values, args) => {
      const config = await withSchema();
      const { apply } = await import('./apply.ts');
      process.exitCode = await apply(config, args);
    },
  },
  rebuild: {
    summary: 'make what lists, search and reports read anew',
    usage: 'vigil rebuild',
    details: 'Empties the read model and fills it again from the archive and from the open workflows.',
    options: {},
    run: async () => {
      const config = await withSchema();
      const { rebuild } = await import('./rebuild.ts');
      await rebuild(config);
    },
  },
  doctor: {
    summary: 'say what is missing, and how to get it',
    usage: 'vigil doctor [--json]',
    details: 'Changes nothing. Ends with 1 where something is missing that vigil up needs.',
    options: { json: { type: 'boolean' } },
    run: async ({ json }) => {
      const { doctor } = await import('./doctor.ts');
      if (!(await doctor(process.env, { json: json === true }))) process.exitCode = 1;
    },
  },
  'webhook-secret': {
    summary: 'show what receivers of pages check signatures with',
    usage: 'vigil webhook-secret',
    details: 'Derived from VIGIL_SECRET: who knows it can send pages in our name.',
    options: {},
    run: async () => {
      const { secretOf } = await import('../config/secret.ts');
      const { webhookKey } = await import('../config/webhook-key.ts');
      console.log(`whsec_${webhookKey(secretOf(loadConfig(process.env))).toString('base64')}`);
    },
  },
  cluster: {
    summary: 'run Temporal as in production, on PostgreSQL, to try and to measure',
    usage: 'vigil cluster [--workers 2] [--apis 2]',
    details:
      'Like vigil up, but Temporal keeps its data in PostgreSQL and has 16 history shards, and there are as many\n' +
      'workers and APIs as are asked for, the latter on ports from PORT on. For tests, not for customers.',
    options: { workers: { type: 'string', default: '2' }, apis: { type: 'string', default: '2' } },
    run: async ({ workers, apis }) => {
      const config = loadConfig(process.env);
      const { runCluster } = await import('./cluster.ts');
      await runCluster(config, { workers: countOf(workers), apis: countOf(apis) });
      process.exit();
    },
  },
};

function countOf(text: string | boolean | undefined): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new Error(`"${text}" cannot be used; right is a whole number`);
}

type DatabaseConfig = Config & { readonly databaseUrl: string };

/** The configuration with a database in it: the one of the environment, or the one that `vigil up` keeps. */
async function withDatabase(): Promise<DatabaseConfig> {
  const config = loadConfig(process.env);
  const databaseUrl = config.databaseUrl ?? (await embeddedUrl(config.dataDir));
  if (databaseUrl === null) {
    throw new Error(`DATABASE_URL is not set, and vigil up has not made a database in ${config.dataDir}`);
  }
  return { ...config, databaseUrl };
}

async function withSchema(): Promise<DatabaseConfig> {
  const { requireSchema } = await import('./database.ts');
  const config = await withDatabase();
  await requireSchema(config.databaseUrl);
  return config;
}
