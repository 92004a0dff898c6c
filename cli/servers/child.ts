import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, openSync, closeSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { guard } from './guardian.ts';
import { endLeftover, writePidFile } from './pid-file.ts';

export interface ChildOptions {
  /** For messages: such as `PostgreSQL`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Takes standard output and standard error, appended. */
  readonly logFile: string;
  /** Where the child's process id is kept, so that the next start can clear away what an earlier one left. */
  readonly pidFile: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Also handed every line that the child writes. */
  readonly onLine?: (line: string) => void;
  /** Asks the child to stop. @default SIGTERM */
  readonly stopSignal?: NodeJS.Signals;
  /** How long it is given to stop before it is killed. @default 10 seconds */
  readonly graceMs?: number;
}

export interface Child {
  readonly name: string;
  readonly logFile: string;
  readonly pid: number | undefined;
  /** Resolves when the child has ended, with how: `code 1`, `signal SIGKILL`. */
  readonly ended: Promise<string>;
  readonly running: () => boolean;
  /** Asks it to stop, and kills it if it has not in time. */
  stop(): Promise<void>;
}

const running = new Map<ChildProcess, Child>();

/** Kills all children at once: for whoever cannot wait any longer. */
export function killChildren(): void {
  for (const child of running.keys()) child.kill('SIGKILL');
}

/** Stops all children, side by side. */
export async function stopChildren(): Promise<void> {
  await Promise.all([...running.values()].map((child) => child.stop()));
}

/** Starts a process in a group of its own, so that Ctrl-C reaches it only by way of us, in order. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const {
    name,
    command,
    args,
    env,
    logFile,
    pidFile,
    uid,
    gid,
    onLine,
    stopSignal = 'SIGTERM',
    graceMs = 10_000,
  } = options;
  await mkdir(path.dirname(logFile), { recursive: true, mode: 0o700 });
  await endLeftover(pidFile, stopSignal, graceMs);
  await startAnew(logFile);
  const log = openSync(logFile, 'a');
  const output = onLine === undefined ? log : 'pipe';
  const child = spawn(command, args, {
    detached: true,
    env: env ?? process.env,
    stdio: ['ignore', output, output],
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
  closeSync(log);
  const unguard = child.pid === undefined ? undefined : guard(child.pid, stopSignal);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `code ${code}` : `signal ${signal}`));
  }).finally(() => {
    running.delete(child);
    unguard?.();
  });
  const started: Child = {
    name,
    logFile,
    pid: child.pid,
    ended,
    running: () => running.has(child),
    stop: async () => {
      child.kill(stopSignal);
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
      await rm(pidFile, { force: true });
    },
  };
  running.set(child, started);
  if (onLine !== undefined) passLines(child, logFile, onLine);
  if (child.pid !== undefined) await writePidFile(pidFile, child.pid);
  return started;
}

const longestLog = 10 * 2 ** 20;

/** A log that has grown long makes room; the one before it is kept. */
async function startAnew(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > longestLog) await rename(logFile, `${logFile}.1`);
}

function passLines(child: ChildProcess, logFile: string, onLine: (line: string) => void): void {
  const file = createWriteStream(logFile, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      file.write(`${line}\n`);
      onLine(line);
    });
  }
  child.once('close', () => file.end());
}

/** Polls until `ready` resolves; rejects at once when the child ends before, and after `timeoutMs`. */
export async function untilReady(child: Child, ready: () => Promise<unknown>, timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      await ready();
      return;
    } catch (cause) {
      if (!child.running()) {
        const said = await lastLine(child.logFile);
        throw new Error(`${child.name} ended (${await child.ended}${said}); see ${child.logFile}`, { cause });
      }
      if (Date.now() > until) {
        throw new Error(`${child.name} did not answer in ${timeoutMs / 1000} s; see ${child.logFile}`, { cause });
      }
      await Promise.race([sleep(100), child.ended]);
    }
  }
}

/** What a child said last is, as a rule, why it ended. */
async function lastLine(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n');
  const last = lines.at(-1) ?? '';
  const message = /"msg":"([^"]*)"(?:.*"error":"((?:[^"\\]|\\.)*)")?/.exec(last);
  const text = message === null ? last : [message[1], message[2]].filter(Boolean).join(': ');
  return text === '' ? '' : `: ${text.slice(0, 300)}`;
}
