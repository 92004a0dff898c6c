import { access, mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claim } from './claim.ts';

export type Say = (line: string) => void;

/** Where programs are kept that were downloaded or built: outside of any checkout, so that all of them share one. */
export function cached(entry: string, file: string): string {
  const cache = process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  return path.join(cache, 'vigil', entry, file);
}

export async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * The file, made by `make` unless it is there. `make` works in a folder of its own and returns what it made; only
 * when that is whole does it get its name. Of several processes one makes it, and the others wait.
 */
export async function makeOnce(file: string, say: Say, make: (folder: string) => Promise<string>): Promise<string> {
  const entry = path.dirname(file);
  await mkdir(path.dirname(entry), { recursive: true });
  const unlock = await lock(`${entry}.lock`, say);
  const unfinished = `${entry}.new`;
  try {
    if (await isThere(file)) return file;
    // What a process left that was killed.
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished);
    const made = await make(unfinished);
    await mkdir(entry, { recursive: true });
    await rename(made, file);
    return file;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await unlock();
  }
}

async function lock(file: string, say: Say): Promise<() => Promise<void>> {
  for (let waited = false; ; waited = true) {
    const held = await claim(file);
    if (held.held) return () => held.release();
    if (!waited) say(`Temporal: process ${held.by} is getting it, waiting`);
    await sleep(500);
  }
}
