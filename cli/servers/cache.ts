import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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

const staleLockMs = 30_000;

/** The holder touches the lock; one that has not been touched is that of a process that was killed. */
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
      const touched = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      );
      if (Date.now() - touched > staleLockMs) await rm(file, { force: true });
      else if (!waited) say(`Temporal: another process is getting it, waiting (${file})`);
      await sleep(500);
    }
  }
}
