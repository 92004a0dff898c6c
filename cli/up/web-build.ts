import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Say } from '../servers/cache.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vite = path.join(root, 'node_modules/vite/bin/vite.js');
const page = path.join(root, 'web/dist/index.html');

/**
 * Builds the web application where there is no build, or one that is older than what it is made of. Where the tools are
 * missing, as in an installation without those for development, it serves what was built.
 */
export async function buildWebApplication(say: Say): Promise<void> {
  if (!existsSync(vite)) return;
  const built = await stat(page).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
  if (built !== undefined && built >= (await newestSource())) return;
  const since = Date.now();
  try {
    // Whatever this process is run as, the pages are for people.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: root, env });
    say(`Web application: built in ${((Date.now() - since) / 1000).toFixed(1)} s`);
  } catch (error) {
    // The desk itself needs no pages.
    const { stderr, message } = error as Error & { stderr?: string };
    say(`Web application: could not be built: ${stderr?.trim() || message}`);
  }
}

/** When anything that the build is made of was changed last. */
async function newestSource(): Promise<number> {
  const entries = await readdir(path.join(root, 'web'), { withFileTypes: true, recursive: true });
  const sources = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(path.join(root, 'web/dist')));
  const others = ['vite.config.ts', 'package-lock.json'].map((file) => path.join(root, file));
  const times = await Promise.all([...sources, ...others].map(async (file) => (await stat(file)).mtimeMs));
  return Math.max(...times);
}
