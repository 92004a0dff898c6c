import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { hashOf, saveEnvironmentKey } from '../../db/api-keys.ts';
import { openDatabase } from '../../db/client.ts';
import { apiKeys } from '../../db/schema/desk.ts';

/** Makes the first admin's API key where there is no admin's key yet; null where there is. Only its hash is kept. */
export async function makeAdminKey(databaseUrl: string): Promise<string | null> {
  const database = openDatabase(databaseUrl, { max: 1 });
  try {
    const usable = and(eq(apiKeys.role, 'admin'), isNull(apiKeys.revokedAt));
    if ((await database.db.$count(apiKeys, usable)) > 0) return null;
    const key = `vigil_${randomBytes(32).toString('base64url')}`;
    await saveEnvironmentKey(database, hashOf(key));
    return key;
  } finally {
    await database.close();
  }
}
