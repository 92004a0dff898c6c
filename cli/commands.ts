import { loadConfig, type Config } from '../config/environment.ts';
import { embeddedUrl } from './servers/postgres.ts';

export interface Command {
  /** One line, for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  readonly details: string;
  /** Flags that take no value. Absent: the command reads its arguments itself. */
  readonly flags?: readonly string[];
  run(args: readonly string[]): Promise<void>;
}

/** Modules are loaded by the command that needs them: the API has no use for the worker's native library. */
export const commands: Readonly<Record<string, Command>> = {
  up: {
    summary: 'run everything on this machine',
    usage: 'vigil up',
    details:
      'Starts PostgreSQL (unless DATABASE_URL is set), Temporal with its UI (unless TEMPORAL_ADDRESS or a profile is\n' +
      'set), the worker and the API, and starts again whatever ends. Everything is kept in VIGIL_DATA_DIR.',
    flags: [],
    run: async () => {
      const { up } = await import('./up.ts');
      await up(process.env);
      // What was being started when we were told to stop must not hold us.
      process.exit();
    },
  },
  api: {
    summary: 'run the API',
    usage: 'vigil api',
    details: 'Any number of them may run. The database must have been migrated: see vigil migrate.',
    flags: [],
    run: async () => {
      const { runApi } = await import('../api/server.ts');
      await runApi(await withSchema());
    },
  },
  worker: {
    summary: 'run a worker, which carries tickets on',
    usage: 'vigil worker',
    details: 'Any number of them may run. The database must have been migrated: see vigil migrate.',
    flags: [],
    run: async () => {
      const { runWorker } = await import('../worker/main.ts');
      await runWorker(await withSchema());
    },
  },
  migrate: {
    summary: "bring the database's schema, and Temporal's namespace, up to date",
    usage: 'vigil migrate',
    details:
      'To be run once for each release, before its API and workers start; running it again changes nothing. On\n' +
      'Temporal Cloud, it says which search attributes are missing. vigil up does the same by itself.',
    flags: [],
    run: async () => {
      const { migrateAll } = await import('./migrate.ts');
      await migrateAll(await withDatabase());
    },
  },
  doctor: {
    summary: 'say what is missing, and how to get it',
    usage: 'vigil doctor [--json]',
    details: 'Changes nothing. Ends with 1 where something is missing that vigil up needs.',
    flags: ['json'],
    run: async (args) => {
      const { doctor } = await import('./doctor.ts');
      if (!(await doctor(process.env, { json: args.includes('--json') }))) process.exitCode = 1;
    },
  },
};

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
