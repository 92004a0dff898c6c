import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Check } from '../../cli/doctor/check.ts';
import { freePorts } from '../../cli/servers/ports.ts';
import { freshDatabase } from '../support/servers.ts';
import { runVigil } from './run-vigil.ts';

let dir: string;
let env: NodeJS.ProcessEnv;

/** A machine with nothing on it: no Temporal, no Go, an empty cache. */
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'vigil-doctor-'));
  const bin = path.join(dir, 'bin');
  await mkdir(bin);
  for (const program of ['sh', 'cat']) await symlink(path.join('/bin', program), path.join(bin, program));
  const [port, temporalPort, uiPort] = await freePorts(3);
  env = {
    PATH: bin,
    XDG_CACHE_HOME: path.join(dir, 'cache'),
    VIGIL_DATA_DIR: path.join(dir, 'data'),
    PORT: String(port),
    TEMPORAL_PORT: String(temporalPort),
    TEMPORAL_UI_PORT: String(uiPort),
  };
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function doctor(more: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; checks: Map<string, Check> }> {
  const { code, out } = await runVigil(['doctor', '--json'], { ...env, ...more });
  const { healthy, checks } = JSON.parse(out) as { healthy: boolean; checks: Check[] };
  expect(code).toBe(healthy ? 0 : 1);
  return { code, checks: new Map(checks.map((check) => [check.name, check])) };
}

async function command(name: string, script: string): Promise<void> {
  const file = path.join(dir, 'bin', name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

describe('the doctor', () => {
  test('says what is missing, and how to get it', async () => {
    const { code, out } = await runVigil(['doctor'], env);
    expect(out).toMatch(
      /^missing {2}Temporal server: Install Go .*, or the temporal command .*, or set TEMPORAL_ADDRESS/m,
    );
    expect(out).toMatch(/^ok {7}Node\.js: \d/m);
    expect(out).toMatch(/^ok {7}PostgreSQL: embedded, postgres \(PostgreSQL\) \d/m);
    expect(code).toBe(1);
  });

  test('is content with the temporal command', async () => {
    await command('temporal', 'echo "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"');
    const { code, checks } = await doctor();
    expect(checks.get('Temporal server')?.state).toBe('ok');
    expect(checks.get('database')?.state).toBe('later');
    expect(code).toBe(0);
  });

  test('is content with Go, which builds Temporal later', async () => {
    await command('go', 'echo "go version go1.26.8 linux/amd64"');
    const { checks } = await doctor();
    expect(checks.get('Temporal server')).toMatchObject({ state: 'later' });
  });

  test('looks into the servers that the environment names, and needs none of its own then', async () => {
    const database = await freshDatabase();
    const { code, checks } = await doctor({
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
    });
    await database.drop();
    expect(checks.get('database')?.detail).toMatch(/with this version's schema$/);
    expect(checks.get('Temporal')?.detail).toBe('the namespace default, with all search attributes');
    expect(checks.has('Temporal server')).toBe(false);
    expect(code).toBe(0);
  });

  test('finds servers that are not there, and a namespace that is not', async () => {
    const away = await doctor({ DATABASE_URL: 'postgres://127.0.0.1:1/desk', TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(away.checks.get('database')).toMatchObject({ state: 'missing' });
    expect(away.checks.get('Temporal')).toMatchObject({ state: 'missing' });
    const nowhere = await doctor({ TEMPORAL_ADDRESS: inject('temporalAddress'), TEMPORAL_NAMESPACE: 'nowhere' });
    expect(nowhere.checks.get('Temporal')?.detail).toMatch(/namespace nowhere cannot be used .*vigil migrate/);
  });

  test('finds a port that is taken, with the variable that changes it', async () => {
    const squatter = createServer().listen(Number(env['TEMPORAL_PORT']), '127.0.0.1');
    await once(squatter, 'listening');
    const { checks } = await doctor();
    squatter.close();
    expect(checks.get('ports')).toEqual({
      name: 'ports',
      state: 'missing',
      detail: `Port ${env['TEMPORAL_PORT']}, for Temporal, is in use: TEMPORAL_PORT changes it`,
    });
  });

  test('finds a data directory that cannot be', async () => {
    await writeFile(path.join(dir, 'file'), '');
    const { checks } = await doctor({ VIGIL_DATA_DIR: '/proc/vigil' });
    expect(checks.get('data directory')).toMatchObject({ state: 'missing' });
  });

  test('finds every mistake in the environment', async () => {
    const { out, code } = await runVigil(['doctor'], { ...env, PORT: '-1', LOG_LEVEL: 'loud' });
    expect(out.match(/^missing {2}configuration: (PORT|LOG_LEVEL)/gm)).toHaveLength(2);
    expect(code).toBe(1);
  });
});
