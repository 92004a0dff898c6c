import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How a program of PostgreSQL is to be started. */
export interface Launch {
  readonly command: string;
  readonly args: string[];
  readonly uid?: number;
  readonly gid?: number;
}

export interface Account {
  /** Owns the data; absent: whoever runs us. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  launch(program: string, args: readonly string[]): Launch;
}

/**
 * PostgreSQL refuses to run as root: there it runs as the user `postgres`, which is made if need be. Where that user
 * cannot reach a path, such as anything in root's home, it is given the one right that it lacks.
 */
export async function postgresAccount(paths: readonly string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return { launch: (command, args) => ({ command, args: [...args] }) };
  const owner = await postgresUser();
  const { uid, gid } = owner;
  const reachable = await Promise.all(
    paths.map((place) =>
      run('test', ['-x', place], owner).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (reachable.every(Boolean)) return { owner, launch: (command, args) => ({ command, args: [...args], uid, gid }) };
  const right = '-all,+dac_override';
  const as = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', `--inh-caps=${right}`, `--ambient-caps=${right}`];
  return { owner, launch: (command, args) => ({ command: 'setpriv', args: [...as, command, ...args] }) };
}

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);
  const ids = async (): Promise<{ uid: number; gid: number }> => ({ uid: await id('-u'), gid: await id('-g') });
  try {
    return await ids();
  } catch {
    await run('groupadd', ['--force', 'postgres']);
    await run('useradd', ['--gid', 'postgres', '--no-create-home', 'postgres']);
    return ids();
  }
}
