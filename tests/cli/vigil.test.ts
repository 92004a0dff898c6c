import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../support/servers.ts';
import { runVigil } from './run-vigil.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-cli-'));
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('the command line', () => {
  test('lists commands and environment variables', async () => {
    const { code, out } = await runVigil(['help']);
    expect(code).toBe(0);
    for (const word of ['up', 'api', 'worker', 'migrate', 'doctor', 'DATABASE_URL', 'TEMPORAL_ADDRESS']) {
      expect(out).toMatch(new RegExp(`^  ${word}\\b`, 'm'));
    }
  });

  test('explains one command', async () => {
    const expected = /^Usage: vigil doctor \[--json\]\n/;
    expect((await runVigil(['help', 'doctor'])).out).toMatch(expected);
    expect((await runVigil(['doctor', '--help'])).out).toMatch(expected);
  });

  test.each([
    [['wrok'], 'vigil: there is no command "wrok"; vigil help lists them\n'],
    [['up', '--fast'], "vigil: Unknown option '--fast'; usage: vigil up [--demo]\n"],
    [['worker', 'two'], "vigil: Unexpected argument 'two'; usage: vigil worker\n"],
    [
      ['cluster', '--apis'],
      "vigil: Option '--apis <value>' argument missing; usage: vigil cluster [--workers 2] [--apis 2]\n",
    ],
  ])('refuses %j', async (args, err) => {
    expect(await runVigil(args)).toEqual({ code: 2, out: '', err });
  });

  test('says all that is wrong with the environment, one line each', async () => {
    const { code, err } = await runVigil(['api'], { PORT: 'http', VIGIL_SECRET: 'short' });
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^vigil: PORT: /),
      expect.stringMatching(/^vigil: VIGIL_SECRET: /),
    ]);
  });
});

describe('an API or a worker', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
  });

  afterAll(() => database.drop());

  async function sql(text: string): Promise<void> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(text);
    await client.end();
  }

  function env(url = database.url): NodeJS.ProcessEnv {
    return { DATABASE_URL: url, TEMPORAL_ADDRESS: inject('temporalAddress'), VIGIL_DATA_DIR: dataDir };
  }

  test('needs a database', async () => {
    const { code, err } = await runVigil(['worker'], { VIGIL_DATA_DIR: dataDir });
    expect(err).toBe(`vigil: DATABASE_URL is not set, and vigil up has not made a database in ${dataDir}\n`);
    expect(code).toBe(1);
  });

  test('says that the database cannot be reached, without its password', async () => {
    const { code, err } = await runVigil(['api'], env('postgres://me:hidden@127.0.0.1:1/desk'));
    expect(err).toBe(
      'vigil: PostgreSQL cannot be used at 127.0.0.1:1/desk (connect ECONNREFUSED 127.0.0.1:1): check DATABASE_URL\n',
    );
    expect(code).toBe(1);
  });

  test('does not start with an empty database', async () => {
    await sql('drop schema drizzle cascade');
    for (const { code, err } of await Promise.all([runVigil(['api'], env()), runVigil(['worker'], env())])) {
      expect(err).toBe('vigil: The database is empty: run vigil migrate\n');
      expect(code).toBe(1);
    }
    await sql('drop schema public cascade; create schema public');
    const { code, out } = await runVigil(['migrate'], env());
    expect(out).toContain('is up to date');
    expect(code).toBe(0);
  });

  test('does not start with a schema that is older or newer', async () => {
    await sql('update drizzle.__drizzle_migrations set created_at = created_at - 1');
    expect((await runVigil(['worker'], env())).err).toContain('older than this version of Vigil: run vigil migrate');
    await sql('update drizzle.__drizzle_migrations set created_at = created_at + 10');
    expect((await runVigil(['worker'], env())).err).toContain('newer than this version of Vigil');
    expect((await runVigil(['migrate'], env())).err).toContain('newer than this version of Vigil');
  });

  test('says that Temporal cannot be reached', async () => {
    const other = await freshDatabase();
    const { code, err } = await runVigil(['worker'], { ...env(other.url), TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(err).toMatch(/^vigil: Temporal cannot be reached at 127\.0\.0\.1:1 .*TEMPORAL_ADDRESS.*\n$/);
    expect(code).toBe(1);
    await other.drop();
  });
});
