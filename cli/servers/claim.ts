import { link, readFile, rename, rm } from 'node:fs/promises';
import { runningPid, writePidFile } from './pid-file.ts';

export type Claim =
  | { readonly held: true; release(): Promise<void> }
  /** Another process holds it. */
  | { readonly held: false; readonly by: number };

let claims = 0;

/** Takes something for this process alone, by a file that names the process; that of a killed process is void. */
export async function claim(file: string): Promise<Claim> {
  const mine = `${file}.${process.pid}-${++claims}`;
  await writePidFile(mine, process.pid);
  try {
    while (!(await linked(mine, file))) {
      const before = await readFile(file, 'utf8').catch(() => '');
      const by = await runningPid(file);
      if (by !== null) return { held: false, by };
      await putAside(file, `${mine}.old`, before);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return { held: true, release: () => rm(file, { force: true }) };
}

/** A link is made whole or not at all, and never over another file. */
async function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

/** Removes what a killed process left, unless it is another one's by now, which is put back. */
async function putAside(file: string, aside: string, left: string): Promise<void> {
  await rename(file, aside).catch(() => undefined);
  if ((await readFile(aside, 'utf8').catch(() => left)) !== left) await linked(aside, file);
  await rm(aside, { force: true });
}
