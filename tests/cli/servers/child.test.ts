import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startChild, untilReady, type ChildOptions } from '../../../cli/servers/child.ts';
import { writePidFile } from '../../../cli/servers/pid-file.ts';
import { processStart } from '../../../cli/servers/processes.ts';
import { supervise } from '../../../cli/servers/supervise.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'vigil-child-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

function shell(script: string, more: Partial<ChildOptions> = {}): ChildOptions {
  return {
    name: 'Child',
    command: '/bin/sh',
    args: ['-c', script],
    logFile: path.join(dir, 'logs', 'child.log'),
    pidFile: path.join(dir, 'child.pid'),
    ...more,
  };
}

async function isGone(pid: number): Promise<void> {
  await vi.waitFor(async () => expect(await processStart(pid)).toBeNull(), { timeout: 10_000 });
}

describe('a child', () => {
  test('writes to its log, and hands on its lines', async () => {
    const lines: string[] = [];
    const child = await startChild(shell('echo one; echo two >&2', { onLine: (line) => lines.push(line) }));
    expect(await child.ended).toBe('code 0');
    await vi.waitFor(() => expect(lines.toSorted()).toEqual(['one', 'two']));
    await vi.waitFor(async () => expect(await readFile(child.logFile, 'utf8')).toMatch(/one\n/));
  });

  test('that does not hear is killed', async () => {
    const child = await startChild(shell("trap '' TERM; while :; do sleep 0.1; done", { graceMs: 300 }));
    await child.stop();
    expect(await child.ended).toBe('signal SIGKILL');
    await expect(stat(path.join(dir, 'child.pid'))).rejects.toThrow('ENOENT');
  });

  test('that an earlier process left is ended by the next start', async () => {
    const left = spawn('/bin/sleep', ['600'], { detached: true });
    await once(left, 'spawn');
    await writePidFile(path.join(dir, 'child.pid'), left.pid ?? 0);
    const child = await startChild(shell('exit 0'));
    await child.ended;
    await isGone(left.pid ?? 0);
  });

  test('whose number another process has by now leaves that one alone', async () => {
    const other = spawn('/bin/sleep', ['600']);
    await once(other, 'spawn');
    await writeFile(path.join(dir, 'child.pid'), `${other.pid} 1\n`);
    const child = await startChild(shell('exit 0'));
    await child.ended;
    expect(await processStart(other.pid ?? 0)).not.toBeNull();
    other.kill('SIGKILL');
  });

  test('makes room in a log that has grown long', async () => {
    const options = shell('echo new');
    await (
      await startChild(options)
    ).ended;
    await writeFile(options.logFile, 'x'.repeat(11 * 2 ** 20));
    await (
      await startChild(options)
    ).ended;
    expect(await readFile(options.logFile, 'utf8')).toBe('new\n');
    expect((await stat(`${options.logFile}.1`)).size).toBe(11 * 2 ** 20);
  });

  test('that ends before it is ready is told of at once, with its log', async () => {
    const child = await startChild(shell('exit 3'));
    const ready = untilReady(child, () => Promise.reject(new Error('not yet')), 60_000);
    await expect(ready).rejects.toThrow(`Child ended (code 3); see ${child.logFile}`);
  });

  test('stops when its parent is killed', async () => {
    const module = fileURLToPath(new URL('../../../cli/servers/child.ts', import.meta.url));
    const program = `
      const { startChild } = await import(${JSON.stringify(module)});
      const options = ${JSON.stringify(shell("trap 'exit 0' INT; while :; do sleep 0.1; done", { stopSignal: 'SIGINT' }))};
      console.log((await startChild(options)).pid);
      setInterval(() => undefined, 1000);
    `;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(String(line));
    expect(await processStart(pid)).not.toBeNull();
    parent.kill('SIGKILL');
    await isGone(pid);
  });
});

describe('supervision', () => {
  test('starts a child again when it ends, and no more once it is stopped', async () => {
    const said: string[] = [];
    const part = await supervise(
      () => startChild(shell('sleep 600')),
      (line) => said.push(line),
    );
    const first = part.child().pid ?? 0;
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(said).toContain('Child runs again'), { timeout: 5000 });
    expect(said[0]).toBe('Child ended (signal SIGKILL): starting it again in 0.25 s');
    const second = part.child().pid ?? 0;
    expect(second).not.toBe(first);
    await part.stop();
    await isGone(second);
    expect(said).toHaveLength(2);
  });

  test('waits longer after each failure', async () => {
    const said: string[] = [];
    const part = await supervise(
      () => startChild(shell('exit 1')),
      (line) => said.push(line),
    );
    const waits = (): string[] => said.flatMap((line) => /again in (.*)/.exec(line)?.slice(1) ?? []);
    await vi.waitFor(() => expect(waits().slice(0, 3)).toEqual(['0.25 s', '0.5 s', '1 s']), { timeout: 10_000 });
    await part.stop();
  });

  test('passes on that the first start failed', async () => {
    const start = supervise(
      () => Promise.reject(new Error('no')),
      () => undefined,
    );
    await expect(start).rejects.toThrow('no');
  });
});
