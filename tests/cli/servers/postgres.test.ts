import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedUrl, startPostgres, type RunningPostgres } from '../../../cli/servers/postgres.ts';

let dataDir: string;
let running: RunningPostgres;

beforeAll(async () => {
  // Of a user's own, as home directories are: the account that PostgreSQL runs under cannot reach it.
  dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-postgres-'));
  await chmod(dataDir, 0o700);
  running = await startPostgres(dataDir);
});

afterAll(async () => {
  await running.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function query<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: running.url() });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  test('is durable, listens on this machine only, and keeps its password to itself', async () => {
    expect(await query('show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query('show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    expect(await query('show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect((await stat(path.join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
    const url = new URL(running.url());
    url.password = 'wrong';
    await expect(new pg.Client({ connectionString: url.href }).connect()).rejects.toThrow('password');
  });

  test('can be found by other processes', async () => {
    expect(await embeddedUrl(dataDir)).toBe(running.url());
    expect(await embeddedUrl(path.join(dataDir, 'elsewhere'))).toBeNull();
  });

  test('has lost nothing after it was killed with sessions open', async () => {
    await query('create table kept (id int)');
    const session = new pg.Client({ connectionString: running.url() });
    session.on('error', () => undefined);
    await session.connect();
    await session.query('insert into kept values (1)');
    await session.query('begin; insert into kept values (2)');
    process.kill(running.child.pid ?? 0, 'SIGKILL');
    await running.child.ended;
    running = await startPostgres(dataDir);
    expect(await query('select * from kept')).toEqual([{ id: 1 }]);
    await session.end().catch(() => undefined);
  });

  test('starts though its lock names a process of somebody else', async () => {
    await running.stop();
    const lock = path.join(dataDir, 'postgres', 'postmaster.pid');
    await writeFile(lock, `${process.pid}\n${path.dirname(lock)}\n`);
    running = await startPostgres(dataDir);
    expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('ends one that was left running, and takes its data over', async () => {
    const left = running;
    running = await startPostgres(dataDir);
    expect(await left.child.ended).toBe('code 0');
    expect(await query('select * from kept')).toEqual([{ id: 1 }]);
  });

  test('moves to another port where its own is taken', async () => {
    await running.stop();
    const before = new URL(running.url());
    const squatter = createServer().listen(Number(before.port), '127.0.0.1');
    await once(squatter, 'listening');
    running = await startPostgres(dataDir);
    squatter.close();
    expect(new URL(running.url()).port).not.toBe(before.port);
    expect(await embeddedUrl(dataDir)).toBe(running.url());
    expect(await query('select * from kept')).toEqual([{ id: 1 }]);
  });

  test('logs to a file', async () => {
    expect(await readFile(path.join(dataDir, 'logs', 'postgres.log'), 'utf8')).toContain('ready to accept connections');
  });
});
