import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/servers.ts';
import { clear } from './dump.ts';

/** A database of the test file's own, whose archive is empty before each test. */
export function testDatabase(): { readonly database: Database; readonly url: string } {
  let fresh: FreshDatabase | undefined;
  let database: Database | undefined;
  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase(fresh.url);
  });
  beforeEach(async () => {
    if (database !== undefined) await clear(database.pool);
  });
  afterAll(async () => {
    await database?.close();
    await fresh?.drop();
  });
  return {
    get database() {
      if (database === undefined) throw new Error('The database is there only while tests run.');
      return database;
    },
    get url() {
      return fresh?.url ?? '';
    },
  };
}
