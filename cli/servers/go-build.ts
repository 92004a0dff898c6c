import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { cached, isThere, makeOnce, type Say } from './cache.ts';
import { guard } from './guardian.ts';
import { reportProgress } from './progress.ts';

const run = promisify(execFile);

/** Programs that are built from the Go modules of their makers, each at one version. */
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

export function builtProgram(program: Program): string {
  const { version, file } = programs[program];
  return cached(`temporal-${program}-${version}`, file);
}

export async function isBuilt(...wanted: Program[]): Promise<boolean> {
  return (await Promise.all(wanted.map((program) => isThere(builtProgram(program))))).every(Boolean);
}

export async function goVersion(): Promise<string | null> {
  return run('go', ['version'], { timeout: 5000 }).then(
    ({ stdout }) => stdout.trim().replace('go version ', ''),
    () => null,
  );
}

/** What to install where there is neither a Temporal server nor a way to get one. */
export const howToGetTemporal =
  'Install Go 1.26.8 or newer (https://go.dev/dl/), which builds it, or the temporal command with server 1.32 or newer ' +
  '(https://docs.temporal.io/cli), or set TEMPORAL_ADDRESS to a server of your own.';

/** The path of a program; builds it where it is missing, which takes some minutes the first time. */
export async function programFor(program: Program, say: Say): Promise<string> {
  const target = builtProgram(program);
  if (await isThere(target)) return target;
  const { what, version } = programs[program];
  if ((await goVersion()) === null)
    throw new Error(`${what} ${version} is not here, and Go is not. ${howToGetTemporal}`);
  return makeOnce(target, say, (folder) => build(program, folder, say));
}

async function build(program: Program, folder: string, say: Say): Promise<string> {
  const { package: name, version, file, what } = programs[program];
  let packages = 0;
  let latest = '';
  const tail: string[] = [];
  say(`${what} ${version}: building it from source, once; this takes some minutes`);
  const progress = reportProgress(say, what, () => `${packages} packages built${latest}`);
  try {
    const child = spawn('go', ['install', '-v', `${name}@${version}`], {
      env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const unguard = child.pid === undefined ? undefined : guard(child.pid, 'SIGTERM');
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!line.startsWith('go: ')) packages++;
      latest = `, now ${line.slice(0, 100)}`;
      if (tail.push(line) > 10) tail.shift();
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    }).finally(() => unguard?.());
    if (code !== 0) throw new Error(`${what} could not be built:\n${tail.join('\n')}`);
    say(`${what} ${version}: built in ${progress.seconds()} s`);
    return path.join(folder, file);
  } finally {
    progress.stop();
  }
}
