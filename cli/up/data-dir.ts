import { link, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { endLeftover, runningPid, writePidFile } from '../servers/pid-file.ts';

/** Takes the data directory for this process alone, and returns how to give it back. */
export async function holdDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, 'up.pid');
  const mine = `${file}.${process.pid}`;
  await writePidFile(mine, process.pid);
  try {
    while (!(await claim(mine, file))) {
      const before = await readFile(file, 'utf8').catch(() => '');
      const pid = await runningPid(file);
      if (pid !== null) {
        throw new Error(`vigil up runs in ${dataDir} already (process ${pid}); VIGIL_DATA_DIR takes another directory`);
      }
      await putAside(file, before);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return () => rm(file, { force: true });
}

/** A link is made whole or not at all, and never over another file. */
async function claim(mine: string, file: string): Promise<boolean> {
  return link(mine, file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

/** Removes what a killed process left, unless it is another one's by now, which is put back. */
async function putAside(file: string, left: string): Promise<void> {
  const aside = `${file}.${process.pid}.old`;
  await rename(file, aside).catch(() => undefined);
  if ((await readFile(aside, 'utf8').catch(() => left)) !== left) await claim(aside, file);
  await rm(aside, { force: true });
}

/** Whatever is not among these depends on them, and ends before them. */
const servers = ['temporal-ui', 'temporal', 'postgres'];

/** Ends what a start that was killed left running, in the order in which it would have been stopped. */
export async function endLeftovers(dataDir: string, say: (line: string) => void): Promise<void> {
  const names = (await readdir(dataDir)).flatMap((file) => /^(.*)\.pid$/.exec(file)?.slice(1) ?? []);
  const left = names.filter((name) => name !== 'up').toSorted((a, b) => servers.indexOf(a) - servers.indexOf(b));
  for (const name of left) {
    const ended = await endLeftover(path.join(dataDir, `${name}.pid`), name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    if (ended) say(`${name}: ended the one that an earlier start left running`);
  }
}
