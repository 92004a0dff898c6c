import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processStart } from './processes.ts';

/** Keeps which process runs, so that a later start can find it. */
export async function writePidFile(file: string, pid: number): Promise<void> {
  await writeFile(file, `${pid} ${await processStart(pid)}\n`);
}

/** The process that the file tells of, if it still runs; null otherwise. */
export async function runningPid(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [, number, started] = /^(\d+) (.+)\n$/.exec(text) ?? [];
  if (number === undefined) return null;
  const pid = Number(number);
  return (await processStart(pid)) === started ? pid : null;
}

/** Ends a process that an earlier start left behind: asks it with `signal`, and kills it when it does not hear. */
export async function endLeftover(file: string, signal: NodeJS.Signals, graceMs = 10_000): Promise<boolean> {
  const pid = await runningPid(file);
  if (pid === null) return false;
  const killAt = Date.now() + graceMs;
  process.kill(pid, signal);
  while ((await runningPid(file)) !== null) {
    if (Date.now() > killAt) process.kill(pid, 'SIGKILL');
    await sleep(50);
  }
  await rm(file, { force: true });
  return true;
}
