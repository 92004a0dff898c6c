import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePorts } from '../../cli/servers/ports.ts';
import { runVigil, startVigil } from './run-vigil.ts';

let env: NodeJS.ProcessEnv & { readonly VIGIL_DATA_DIR: string };
let url: string;
let vigil: ReturnType<typeof startVigil> | undefined;
let out = '';

beforeAll(async () => {
  const [port, temporalPort, uiPort] = await freePorts(3);
  env = {
    VIGIL_DATA_DIR: await mkdtemp(path.join(tmpdir(), 'vigil-demo-')),
    PORT: String(port),
    TEMPORAL_PORT: String(temporalPort),
    TEMPORAL_UI_PORT: String(uiPort),
  };
  url = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  if (vigil !== undefined && vigil.exitCode === null) {
    const ended = new Promise((resolve) => vigil?.once('close', resolve));
    vigil.kill('SIGINT');
    await ended;
  }
  await rm(env.VIGIL_DATA_DIR, { recursive: true, force: true });
});

const until = (done: () => unknown): Promise<unknown> => vi.waitFor(done, { timeout: 180_000, interval: 300 });

async function call<T>(key: string, method: string, route: string): Promise<{ status: number; body: T }> {
  const response = await fetch(url + route, { method, headers: { authorization: `Bearer ${key}` } });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T };
}

interface Tickets {
  readonly data: readonly { readonly id: string; readonly assignee: string | null }[];
}

const shownKey = (): string => /Bearer (\S+)"/.exec(out.slice(out.lastIndexOf('Open a ticket')))?.[1] ?? '';

test('a demonstration plays by itself, and an empty desk takes its place when it is removed', async () => {
  vigil = startVigil(['up', '--demo'], env);
  vigil.stdout.on('data', (text: string) => (out += text));
  vigil.stderr.on('data', (text: string) => (out += text));
  await until(() => expect(out).toContain(" -d '"));
  const key = shownKey();
  const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
  expect(page).toContain('&quot;demonstration&quot;:true');

  await until(async () => {
    const { body } = await call<Tickets>(key, 'GET', '/v1/tickets');
    expect(body.data.length).toBeGreaterThan(5);
    // The team's rule gives tickets to those who play agents.
    expect(body.data.some(({ assignee }) => assignee !== null)).toBe(true);
    const all = await Promise.all(
      body.data.map(({ id }) => call<{ data: { author: string }[] }>(key, 'GET', `/v1/tickets/${id}/messages`)),
    );
    expect(all.flatMap(({ body: { data } }) => data.map(({ author }) => author))).toContain('agent');
  });

  const demonstration = path.join(env.VIGIL_DATA_DIR, 'demonstration');
  expect(existsSync(demonstration)).toBe(true);
  out = '';
  expect((await call(key, 'DELETE', '/v1/demonstration')).status).toBe(202);
  await until(() => expect(out).toContain(" -d '"));
  expect(existsSync(demonstration)).toBe(false);
  expect((await call(key, 'GET', '/v1/tickets')).status).toBe(401);
  const ordinary = shownKey();
  expect((await call<Tickets>(ordinary, 'GET', '/v1/tickets')).body.data).toEqual([]);
  expect((await call(ordinary, 'DELETE', '/v1/demonstration')).status).toBe(404);
  expect(out).not.toContain('The demonstration waits');
});

test('a demonstration takes no servers that are not its own', async () => {
  const { code, err } = await runVigil(['up', '--demo'], { ...env, DATABASE_URL: 'postgres://a:b@127.0.0.1:1/vigil' });
  expect(err).toBe('vigil: The demonstration desk runs on servers of its own: unset DATABASE_URL\n');
  expect(code).toBe(1);
});
