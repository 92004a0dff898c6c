import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { startChild, untilReady, type Child } from './child.ts';
import { endLeftover } from './pid-file.ts';
import { freePorts, isPortFree } from './ports.ts';
import { postgresAccount, type Account } from './postgres-account.ts';
import { postgresPrograms } from './postgres-binaries.ts';
import { commandOf } from './processes.ts';

const run = promisify(execFile);

export interface PostgresOptions {
  /** Handed every line that the server logs. */
  readonly onLine?: (line: string) => void;
  /** For more load than one machine's desk makes. @default 200 connections, 128 MB of shared buffers */
  readonly settings?: { readonly max_connections?: number; readonly shared_buffers?: string };
}

export interface PreparedPostgres {
  /** Of the database `vigil`, or of another one by its name; the same for as long as this process lives. */
  readonly url: (database?: string) => string;
  /** Starts the server, and returns once it answers; also after it has ended. */
  start(): Promise<Child>;
}

export interface RunningPostgres extends Pick<PreparedPostgres, 'url'> {
  readonly child: Child;
  stop(): Promise<void>;
}

/** The embedded PostgreSQL of a data directory: where it is, whether or not it runs. Null before its first start. */
export async function embeddedUrl(dataDir: string): Promise<string | null> {
  try {
    const { port, password } = await readSettings(dataDir);
    return urlOf(port, password, 'vigil');
  } catch {
    return null;
  }
}

export async function startPostgres(dataDir: string, options: PostgresOptions = {}): Promise<RunningPostgres> {
  const postgres = await preparePostgres(dataDir, options);
  const child = await postgres.start();
  return { child, url: postgres.url, stop: () => child.stop() };
}

/** Makes the PostgreSQL of this data directory the first time. Durable: fsync stays on. */
export async function preparePostgres(dataDir: string, options: PostgresOptions = {}): Promise<PreparedPostgres> {
  const directory = path.join(dataDir, 'postgres');
  const pidFile = path.join(dataDir, 'postgres.pid');
  const bin = await postgresPrograms();
  await mkdir(dataDir, { recursive: true });
  const account = await postgresAccount([bin, dataDir]);
  await endLeftover(pidFile, 'SIGINT');
  const { port, password } = await settingsOf(dataDir, directory, bin, account);
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    log_min_messages: 'warning',
    logging_collector: 'off',
    ...options.settings,
  };
  const args = ['-D', directory, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const launch = (): Promise<Child> =>
    startChild({
      name: 'PostgreSQL',
      ...account.launch(path.join(bin, 'postgres'), args),
      logFile: path.join(dataDir, 'logs', 'postgres.log'),
      pidFile,
      // Fast shutdown: sessions are ended, nothing is lost.
      stopSignal: 'SIGINT',
      ...(options.onLine !== undefined && { onLine: options.onLine }),
    });
  const url = (database = 'vigil'): string => urlOf(port, password, database);
  return {
    url,
    start: async () => {
      await removeStaleLock(directory);
      return startPatiently(launch, (child) =>
        untilReady(child, () => ensureDatabase(url('postgres'), 'vigil'), 60_000),
      );
    },
  };
}

/** The number in its lock may be that of some other process by now, and PostgreSQL would take that one for itself. */
async function removeStaleLock(directory: string): Promise<void> {
  const file = path.join(directory, 'postmaster.pid');
  const [pid = ''] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  if (pid !== '' && !(await commandOf(Number(pid))).includes(directory)) await rm(file, { force: true });
}

/** A killed server's sessions live on for a moment and hold its shared memory, so the first tries may fail. */
async function startPatiently(launch: () => Promise<Child>, ready: (child: Child) => Promise<void>): Promise<Child> {
  for (let tries = 20; ; tries--) {
    const child = await launch();
    try {
      await ready(child);
      return child;
    } catch (error) {
      if (child.running()) await child.stop();
      else if (tries > 0) {
        await sleep(500);
        continue;
      }
      throw error;
    }
  }
}

/** Creates a database unless it is there. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

interface Settings {
  readonly port: number;
  readonly password: string;
}

/** Port and password of earlier starts; another port where that one is taken by now. */
async function settingsOf(dataDir: string, directory: string, bin: string, account: Account): Promise<Settings> {
  const made = await exists(path.join(directory, 'PG_VERSION'));
  const settings = made ? await readSettings(dataDir) : await initialise(dataDir, directory, bin, account);
  if (await isPortFree(settings.port)) return settings;
  const [port = 0] = await freePorts(1);
  return writeSettings(dataDir, { ...settings, port });
}

/** Made under another name, so that an interrupted first start leaves nothing that looks whole. */
async function initialise(dataDir: string, directory: string, bin: string, account: Account): Promise<Settings> {
  const unfinished = `${directory}.new`;
  const passwordFile = path.join(dataDir, 'postgres.password');
  const password = randomBytes(18).toString('base64url');
  await rm(unfinished, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account.owner !== undefined) {
    for (const place of [unfinished, passwordFile]) await chown(place, account.owner.uid, account.owner.gid);
  }
  const { command, args, ...as } = account.launch(path.join(bin, 'initdb'), [
    ...[`--pgdata=${unfinished}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--username=vigil'],
    ...['--encoding=UTF8', '--locale=C.UTF-8'],
  ]);
  try {
    await run(command, args, as);
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    const reason = stderr.trim().split('\n').at(-1) || message;
    throw new Error(`PostgreSQL's data directory ${directory} could not be made: ${reason}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
  const [port = 0] = await freePorts(1);
  const settings = await writeSettings(dataDir, { port, password });
  await rename(unfinished, directory);
  return settings;
}

const settingsFile = (dataDir: string): string => path.join(dataDir, 'postgres.json');

async function readSettings(dataDir: string): Promise<Settings> {
  const file = settingsFile(dataDir);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Settings;
  } catch (cause) {
    throw new Error(`PostgreSQL's port and password cannot be read from ${file}`, { cause });
  }
}

async function writeSettings(dataDir: string, settings: Settings): Promise<Settings> {
  await writeFile(settingsFile(dataDir), JSON.stringify(settings), { mode: 0o600 });
  return settings;
}

function urlOf(port: number, password: string, database: string): string {
  return `postgresql://vigil:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
