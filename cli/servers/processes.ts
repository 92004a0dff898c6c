import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * When a process started, as the system tells it: together with its id this names one process for good, while the
 * number alone may belong to another one by now. Null: there is no such process, or it has ended and nobody asked how.
 */
export async function processStart(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name, in parentheses, and may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = '', started] = [fields[0], fields[19]];
  return started === undefined || 'ZX'.includes(state) ? null : started;
}

async function fromPs(pid: number): Promise<string | null> {
  const text = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
  const [state = '', ...started] = text.split(/\s+/);
  return text === '' || state.startsWith('Z') ? null : started.join(' ');
}

/** The command that a process was started with; empty where there is no such process. */
export async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return words.replaceAll('\0', ' ').trim();
  }
  return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
