import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Say } from '../servers/cache.ts';
import { startChild, type Child } from '../servers/child.ts';
import { passProblems } from './log-lines.ts';

const vigil = fileURLToPath(new URL('../vigil.mjs', import.meta.url));

export interface VigilProcess {
  /** For messages, and in lower case for the names of its files. */
  readonly name: string;
  readonly command: 'api' | 'worker';
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: Say;
}

/** Starts one of our own processes: this program, with another command. */
export function startVigil({ name, command, dataDir, env, say }: VigilProcess): Promise<Child> {
  const file = name.toLowerCase();
  return startChild({
    name,
    command: process.execPath,
    args: [vigil, command],
    env,
    logFile: path.join(dataDir, 'logs', `${file}.log`),
    pidFile: path.join(dataDir, `${file}.pid`),
    onLine: passProblems(name, say),
    // For the API's requests and the worker's tasks under way.
    graceMs: 40_000,
  });
}

/** Throws unless everything works, as the API there sees it. */
export async function isReady(api: string): Promise<void> {
  const { status } = await fetch(`${api}/readyz`, { signal: AbortSignal.timeout(5000) });
  if (status !== 200) throw new Error(`${api}/readyz answers ${status}`);
}
