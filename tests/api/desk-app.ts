import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino, type Logger } from 'pino';
import { inject } from 'vitest';
import { type App, buildApp } from '../../api/app.ts';
import { loadConfig } from '../../config/environment.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { Directory } from '../../db/directory.ts';
import { connectLazily } from '../../temporal/connection.ts';
import { freshDatabase } from '../support/servers.ts';

export const secret = 'a-secret-of-enough-length';

/** The API in this process, on a database of its own, and a worker's task queue that nobody else works on. */
export interface DeskApp {
  readonly app: App;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly directory: Directory;
  readonly taskQueue: string;
  /** What lets the admin in. */
  readonly headers: Record<string, string>;
  /** With the admin's key, unless the headers say otherwise. */
  readonly call: (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<LightMyRequestResponse>;
  readonly close: () => Promise<void>;
}

interface DeskAppOptions {
  readonly logger?: Logger;
  /** Another way to the same database. */
  readonly databaseUrl?: (url: string) => string;
  /** How long it goes without looking at what others changed. */
  readonly pollMs?: number;
}

export async function startDeskApp(
  more: Record<string, string> = {},
  { logger = pino({ level: 'silent' }), databaseUrl = (url) => url, pollMs = 100 }: DeskAppOptions = {},
): Promise<DeskApp> {
  const fresh = await freshDatabase();
  const database = openDatabase(databaseUrl(fresh.url));
  const directory = await Directory.open(database, { pollMs });
  const adminKey = randomBytes(12).toString('hex');
  await directory.ensureAdminKey(adminKey);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-api-'));
  const taskQueue = `desk-${randomBytes(4).toString('hex')}`;
  const env = { TEMPORAL_ADDRESS: inject('temporalAddress'), VIGIL_TASK_QUEUE: taskQueue, VIGIL_DATA_DIR: dataDir };
  const config = loadConfig({ ...env, ...more });
  const temporal = connectLazily(config);
  const app = await buildApp({ config, database, directory, temporal, secret }, logger);
  await app.ready();
  const admin = { authorization: `Bearer ${adminKey}` };
  return {
    app,
    database,
    databaseUrl: fresh.url,
    directory,
    taskQueue,
    headers: admin,
    call: (method, url, body, headers = {}) =>
      app.inject({
        method,
        url,
        headers: { ...admin, ...headers },
        ...(body !== undefined && { payload: body as NonNullable<InjectOptions['payload']> }),
      }),
    close: async () => {
      await app.close();
      await directory.close();
      await temporal.connection.close();
      await database.close();
      await fresh.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
