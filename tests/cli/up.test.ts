import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runningPid } from '../../cli/servers/pid-file.ts';
import { freePorts } from '../../cli/servers/ports.ts';
import { processStart } from '../../cli/servers/processes.ts';
import { runVigil, startVigil } from './run-vigil.ts';

const minutes = 60_000;

let dataDir: string;
let env: NodeJS.ProcessEnv;
let url: string;
let vigil: ChildProcess;
let out = '';
let adminKey: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-up-'));
  const [port, temporalPort, uiPort] = await freePorts(3);
  env = {
    VIGIL_DATA_DIR: dataDir,
    PORT: String(port),
    TEMPORAL_PORT: String(temporalPort),
    TEMPORAL_UI_PORT: String(uiPort),
  };
  url = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  if (vigil.exitCode === null) vigil.kill('SIGINT');
  await until(nothingRuns);
  await rm(dataDir, { recursive: true, force: true });
});

function start(): void {
  out = '';
  const child = startVigil(['up'], env);
  child.stdout.on('data', (text: string) => (out += text));
  child.stderr.on('data', (text: string) => (out += text));
  vigil = child;
}

function until(done: () => Promise<void> | void): Promise<void> {
  return vi.waitFor(done, { timeout: 3 * minutes, interval: 200 });
}

async function ready(): Promise<void> {
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
}

function says(text: string): void {
  if (vigil.exitCode !== null) throw new Error(`vigil up ended:\n${out}`);
  expect(out).toContain(text);
}

/** Of all that it started: the UI is a part of the temporal command, or a process of its own. */
async function pids(): Promise<number[]> {
  const files = (await readdir(dataDir)).filter((file) => file.endsWith('.pid') && file !== 'up.pid');
  const all = await Promise.all(files.map((file) => runningPid(path.join(dataDir, file))));
  return all.filter((pid) => pid !== null);
}

let seen: readonly number[] = [];

async function nothingRuns(): Promise<void> {
  for (const pid of seen) expect(await processStart(pid)).toBeNull();
  expect(await pids()).toEqual([]);
}

/** What the printed example does. */
async function openTicket(key: string): Promise<{ status: number; id: string }> {
  const response = await fetch(`${url}/v1/tickets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'idempotency-key': key, 'content-type': 'application/json' },
    body: /-d '(.*)'/.exec(example)?.[1] ?? '',
  });
  const { id } = (await response.json()) as { id: string };
  return { status: response.status, id };
}

let example = '';
let opened = '';

describe.sequential('vigil up', () => {
  test('starts everything, and prints addresses and an example that works', async () => {
    start();
    await until(() => says(" -d '"));
    adminKey = /shown this once: (\S+)/.exec(out)?.[1] ?? '';
    expect(adminKey).toMatch(/^vigil_.{40,}$/);
    example = out.slice(out.indexOf('curl'));
    expect(example).toContain(`Bearer ${adminKey}`);
    for (const place of [`${url}/docs`, `http://127.0.0.1:${env['TEMPORAL_UI_PORT']}`]) {
      expect(out).toContain(place);
      expect((await fetch(place)).status).toBe(200);
    }
    expect(await openTicket('one')).toMatchObject({ status: 201 });
  });

  test('prints a link by which the first admin sets a password', async () => {
    const token = new RegExp(`${url}/welcome/(\\S+)`).exec(out)?.[1] ?? '';
    const invitation = `${url}/v1/invitations/${token}`;
    expect(await (await fetch(invitation)).json()).toEqual({ name: 'Admin', email: 'admin@example.com' });
    const headers = { 'content-type': 'application/json', 'x-vigil-request': '1' };
    const body = JSON.stringify({ password: 'a password of the admin' });
    expect((await fetch(invitation, { method: 'POST', headers, body })).status).toBe(200);
  });

  test('keeps what must stay secret from others', async () => {
    for (const file of ['secret', 'postgres.json']) {
      expect((await stat(path.join(dataDir, file))).mode & 0o077).toBe(0);
    }
    const files = (await readdir(dataDir, { recursive: true })).filter((file) => /\.(json|log|yaml|pid)$/.test(file));
    for (const file of files) expect(await readFile(path.join(dataDir, file), 'utf8')).not.toContain(adminKey);
  });

  test('is one for each data directory', async () => {
    const { code, err } = await runVigil(['up'], env);
    expect(err).toBe(
      `vigil: vigil up runs in ${dataDir} already (process ${vigil.pid}); VIGIL_DATA_DIR takes another directory\n`,
    );
    expect(code).toBe(1);
    await ready();
  });

  test('starts again whatever is killed, and has lost nothing', async () => {
    opened = (await openTicket('two')).id;
    const killed = await pids();
    expect(killed.length).toBeGreaterThanOrEqual(4);
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    for (const name of ['PostgreSQL', 'Temporal', 'Worker', 'API']) {
      await until(() => says(`${name} ended (signal SIGKILL): starting it again`));
      await until(() => says(`${name} runs again`));
    }
    await until(ready);
    expect(await openTicket('two')).toMatchObject({ id: opened });
    expect(await openTicket('three')).toMatchObject({ status: 201 });
  });

  test('leaves nothing running when it is killed itself', async () => {
    seen = await pids();
    expect(seen.length).toBeGreaterThanOrEqual(4);
    vigil.kill('SIGKILL');
    await until(nothingRuns);
  });

  test('starts again with all data, and keeps its keys', async () => {
    start();
    await until(() => says('Vigil is running'));
    expect(out).not.toContain('shown this once');
    expect(out).not.toContain('/welcome/');
    expect(out).toContain('Bearer $VIGIL_ADMIN_KEY');
    expect(await openTicket('two')).toMatchObject({ id: opened });
  });

  test('stops everything at Ctrl-C, in order', async () => {
    seen = await pids();
    vigil.kill('SIGINT');
    await once(vigil, 'exit');
    expect(vigil.exitCode).toBe(0);
    await nothingRuns();
    expect((await readdir(dataDir)).filter((file) => file.endsWith('.pid'))).toEqual([]);
  });

  test('names every port that is taken, with the variable that changes it', async () => {
    const squatters = [env['PORT'], env['TEMPORAL_UI_PORT']].map((port) =>
      createServer().listen(Number(port), '127.0.0.1'),
    );
    await Promise.all(squatters.map((server) => once(server, 'listening')));
    const { code, err } = await runVigil(['up'], env);
    for (const server of squatters) server.close();
    expect(err.trim().split('\n')).toEqual([
      `vigil: Port ${env['PORT']}, for the API, is in use: PORT changes it`,
      `vigil: Port ${env['TEMPORAL_UI_PORT']}, for Temporal's UI, is in use: TEMPORAL_UI_PORT changes it`,
    ]);
    expect(code).toBe(1);
  });

  test.each([
    [
      { DATABASE_URL: 'postgres://127.0.0.1:1/desk' },
      /^vigil: PostgreSQL cannot be used at 127\.0\.0\.1:1\/desk .*\n$/,
    ],
    [{ TEMPORAL_ADDRESS: '127.0.0.1:1' }, /^vigil: Temporal cannot be reached at 127\.0\.0\.1:1 .*\n$/],
  ])('says in one line that a server of %j is away', async (more, line) => {
    const { code, err } = await runVigil(['up'], { ...env, ...more });
    expect(err).toMatch(line);
    expect(code).toBe(1);
    await nothingRuns();
  });
});
