import { execFile, spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Programs that Vigil builds from the Go modules of their makers, each at one version. */
const programs = {
  server: { package: 'go.temporal.io/server/cmd/server', version: 'v1.32.0', file: 'server', what: 'Temporal server' },
  ui: {
    package: 'github.com/temporalio/ui-server/v2/cmd/server',
    version: 'v2.54.1',
    file: 'server',
    what: 'Temporal UI',
  },
  sql: { package: 'go.temporal.io/server/cmd/tools/sql', version: 'v1.32.0', file: 'sql', what: 'Temporal SQL tool' },
} as const;
export type Program = keyof typeof programs;

const oldestServer = [1, 32] as const;

export type Say = (line: string) => void;

export type TemporalSource =
  | { readonly kind: 'cli'; readonly command: string; readonly version: string }
  | { readonly kind: 'built'; readonly server: string; readonly ui: string };

/** Where built programs are kept: outside of any checkout, so that all of them share one build. */
export function cachedProgram(program: Program): string {
  const { version, file } = programs[program];
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  return path.join(cache, 'vigil', `temporal-${program}-${version}`, file);
}

/** The `temporal` command on PATH, if its server is new enough. */
export async function temporalCli(): Promise<{ command: string; version: string } | null> {
  try {
    const { stdout } = await run('temporal', ['--version'], { timeout: 5000 });
    const version = /Server (\d+)\.(\d+)\.(\d+)/.exec(stdout);
    if (version === null) return null;
    const [major, minor] = [Number(version[1]), Number(version[2])];
    const newEnough = major > oldestServer[0] || (major === oldestServer[0] && minor >= oldestServer[1]);
    return newEnough ? { command: 'temporal', version: version[0].slice('Server '.length) } : null;
  } catch {
    return null;
  }
}

export async function isBuilt(program: Program): Promise<boolean> {
  return access(cachedProgram(program)).then(
    () => true,
    () => false,
  );
}

export async function goVersion(): Promise<string | null> {
  return run('go', ['version'], { timeout: 5000 }).then(
    ({ stdout }) => stdout.trim().replace('go version ', ''),
    () => null,
  );
}

/** A server that is here already, or else one that is built now, which takes some minutes. */
export async function findTemporal(say: Say): Promise<TemporalSource> {
  const cli = await temporalCli();
  if (cli !== null) {
    say(`Temporal: the temporal command on PATH, with server ${cli.version}`);
    return { kind: 'cli', ...cli };
  }
  const server = await programFor('server', say);
  return { kind: 'built', server, ui: await programFor('ui', say) };
}

/** The path of a built program; builds it where it is missing. */
export async function programFor(program: Program, say: Say): Promise<string> {
  const target = cachedProgram(program);
  const { what, version } = programs[program];
  if (await isBuilt(program)) {
    say(`${what} ${version}: from the cache`);
    return target;
  }
  if ((await goVersion()) === null) {
    throw new Error(
      `${what} ${version} is not here, and Go, which builds it, is not either. Install Go 1.26.8 or newer, ` +
        'or the temporal command with server 1.32 or newer, or set TEMPORAL_ADDRESS to a server of your own.',
    );
  }
  await mkdir(path.dirname(path.dirname(target)), { recursive: true });
  const unlock = await lock(`${path.dirname(target)}.lock`, say);
  try {
    if (!(await isBuilt(program))) await build(program, target, say);
  } finally {
    await unlock();
  }
  return target;
}

async function build(program: Program, target: string, say: Say): Promise<void> {
  const { package: name, version, file, what } = programs[program];
  const bin = await mkdtemp(path.join(path.dirname(path.dirname(target)), 'building-'));
  const began = Date.now();
  let packages = 0;
  let last = '';
  say(`${what} ${version}: building it from source, once; this takes some minutes`);
  const progress = setInterval(() => {
    say(`${what}: ${Math.round((Date.now() - began) / 1000)} s, ${packages} packages done${last && `, now ${last}`}`);
  }, 5000);
  try {
    const child = spawn('go', ['install', '-v', `${name}@${version}`], {
      env: { ...process.env, GOBIN: bin, GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const tail: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      packages += line.startsWith('go: ') ? 0 : 1;
      last = line.slice(0, 80);
      tail.push(line);
      if (tail.length > 20) tail.shift();
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`${what} could not be built (go install ended with ${code}):\n${tail.join('\n')}`);
    await rm(path.dirname(target), { recursive: true, force: true });
    await mkdir(path.dirname(target));
    await rename(path.join(bin, file), target);
    say(`${what} ${version}: built in ${Math.round((Date.now() - began) / 1000)} s`);
  } finally {
    clearInterval(progress);
    await rm(bin, { recursive: true, force: true });
  }
}

const staleLockMs = 30_000;

/** Lets one process build at a time. The holder touches the file; one that has not been touched is an old one. */
async function lock(file: string, say: Say): Promise<() => Promise<void>> {
  for (let waited = false; ; waited = true) {
    try {
      const handle = await open(file, 'wx');
      const touch = setInterval(() => void handle.utimes(new Date(), new Date()), staleLockMs / 6);
      return async () => {
        clearInterval(touch);
        await handle.close();
        await rm(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const age =
        Date.now() -
        (await stat(file).then(
          (s) => s.mtimeMs,
          () => 0,
        ));
      if (age > staleLockMs) await rm(file, { force: true });
      else if (!waited) say('another process is building Temporal: waiting for it');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
