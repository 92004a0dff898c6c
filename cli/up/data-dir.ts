import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { claim } from '../servers/claim.ts';
import { endLeftover } from '../servers/pid-file.ts';

/** Takes the data directory for this process alone, and returns how to give it back. */
export async function holdDataDir(dataDir: string): Promise<() => Promise<void>> {
  // PostgreSQL's own account passes through, but what is in here is nobody else's business.
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const held = await claim(path.join(dataDir, 'up.pid'));
  if (held.held) return () => held.release();
  throw new Error(`vigil up runs in ${dataDir} already (process ${held.by}); VIGIL_DATA_DIR takes another directory`);
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
