import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, openSync, closeSync } from 'node:fs';
import { rm, readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';

export interface ChildOptions {
  /** For messages: such as `PostgreSQL`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Takes standard output and standard error, appended. */
  readonly logFile: string;
  /** Where the child's process id is kept, so that the next start can clear away what an earlier one left. */
  readonly pidFile?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Also handed every line that the child writes. */
  readonly onLine?: (line: string) => void;
  /** Asks the child to stop. */
  readonly stopSignal?: NodeJS.Signals;
}

export interface Child {
  readonly name: string;
  readonly process: ChildProcess;
  /** Resolves when the child has ended, with how: `code 1`, `signal SIGKILL`. */
  readonly ended: Promise<string>;
  readonly running: () => boolean;
  /** Asks it to stop, and kills it if it has not within `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

/** Starts a process in a group of its own, so that Ctrl-C reaches it only by way of us, in order. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, command, args, env, logFile, pidFile, uid, gid, onLine, stopSignal = 'SIGTERM' } = options;
  mkdirSync(path.dirname(logFile), { recursive: true });
  if (pidFile !== undefined) await killLeftover(pidFile, command);
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, {
    detached: true,
    env: env ?? process.env,
    // The pipe to standard input ends when this process does, however it ends: our own children watch it.
    stdio: ['pipe', onLine === undefined ? log : 'pipe', onLine === undefined ? log : 'pipe'],
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
  closeSync(log);
  if (onLine !== undefined) passLines(child, logFile, onLine);
  let running = true;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      running = false;
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      running = false;
      resolve(signal === null ? `code ${code}` : `signal ${signal}`);
    });
  });
  if (pidFile !== undefined && child.pid !== undefined) await writeFile(pidFile, String(child.pid));
  return {
    name,
    process: child,
    ended,
    running: () => running,
    stop: async (graceMs = 10_000) => {
      if (running) {
        child.kill(stopSignal);
        const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
        await ended;
        clearTimeout(timer);
      }
      if (pidFile !== undefined) await rm(pidFile, { force: true });
    },
  };
}

function passLines(child: ChildProcess, logFile: string, onLine: (line: string) => void): void {
  const file = createWriteStream(logFile, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      file.write(chunk);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
  }
  child.once('close', () => file.end());
}

/** Ends the process of an earlier start that was killed before it could stop its children. */
async function killLeftover(pidFile: string, command: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 0) return;
  // The number may belong to somebody else by now.
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!commandLine.startsWith(command)) return;
  process.kill(pid, 'SIGKILL');
  while (
    await readFile(`/proc/${pid}/cmdline`, 'utf8').then(
      (text) => text !== '',
      () => false,
    )
  ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Polls until `ready` resolves; rejects at once when the child ends before, and after `timeoutMs`. */
export async function untilReady(
  child: Child,
  ready: () => Promise<void>,
  timeoutMs: number,
  logFile: string,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      await ready();
      return;
    } catch (error) {
      if (!child.running())
        throw new Error(`${child.name} ended (${await child.ended}); see ${logFile}`, { cause: error });
      if (Date.now() > until)
        throw new Error(`${child.name} did not answer in ${timeoutMs / 1000} s; see ${logFile}`, { cause: error });
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 100)), once(child.process, 'exit')]);
    }
  }
}
