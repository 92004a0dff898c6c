import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, ne, or, sql } from 'drizzle-orm';
import { vigil } from './audit-events.ts';
import type { Database, Db } from './client.ts';
import { changeDesk, DeskConflict, type DeskChange } from './desk-change.ts';
import { pageByName, type PageRequest, type RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { reference, requireAll } from './references.ts';
import { apiKeys, type ApiKeyRole } from './schema/desk.ts';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly role: ApiKeyRole;
  /** The user who acts through it, if it is somebody's own. */
  readonly user: string | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
}

export type ApiKeyFields = Pick<ApiKey, 'name' | 'role' | 'user' | 'expiresAt'>;

export function apiKeyOf(row: typeof apiKeys.$inferSelect): ApiKey {
  return row;
}

export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export async function listApiKeys({ db }: Database, page: PageRequest): Promise<RowPage<ApiKey>> {
  return pageByName('api-keys', apiKeys, page, ({ after, orderBy, limit }) =>
    db
      .select()
      .from(apiKeys)
      .where(after)
      .orderBy(...orderBy)
      .limit(limit),
  );
}

export async function findApiKey(db: Db, id: string): Promise<ApiKey | undefined> {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, id));
  return row;
}

/** `key` is what its owner sends; only its hash is kept. */
export async function insertApiKey(
  { tx }: DeskChange,
  fields: ApiKeyFields,
): Promise<{ readonly key: string; readonly stored: ApiKey }> {
  await requireAll(tx, 'user', reference('user', fields.user));
  const key = `vigil_${randomBytes(32).toString('base64url')}`;
  const [stored] = await tx
    .insert(apiKeys)
    .values({ ...fields, id: newId('key'), hash: hashOf(key) })
    .returning();
  if (stored === undefined) throw new Error('An API key was written and cannot be read.');
  return { key, stored };
}

/** False where there is no such key. The last admin's key is not given up, since nobody could make another. */
export async function revokeApiKey({ tx }: DeskChange, id: string): Promise<boolean> {
  const [key] = await tx.select().from(apiKeys).where(eq(apiKeys.id, id));
  if (key === undefined) return false;
  if (key.role === 'admin' && key.revokedAt === null) {
    const lasting = or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`));
    const other = and(ne(apiKeys.id, id), eq(apiKeys.role, 'admin'), isNull(apiKeys.revokedAt), lasting);
    if ((await tx.$count(apiKeys, other)) === 0) {
      throw new DeskConflict(null, 'This is the last admin key: make another before you delete it.');
    }
  }
  await tx
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
    .where(eq(apiKeys.id, id));
  return true;
}

const environmentKeyId = 'key_environment';

/** The admin key that the environment names, as long as it does. */
export function environmentKey(hash: string): ApiKey {
  const name = 'VIGIL_ADMIN_KEY';
  return {
    id: environmentKeyId,
    name,
    hash,
    role: 'admin',
    user: null,
    expiresAt: null,
    revokedAt: null,
    createdAt: new Date(),
  };
}

/** Another key in the environment takes the place of the one before, which is no key any more. */
export async function saveEnvironmentKey(database: Database, hash: string): Promise<void> {
  const current = and(eq(apiKeys.hash, hash), or(isNull(apiKeys.revokedAt), ne(apiKeys.id, environmentKeyId)));
  if ((await database.db.$count(apiKeys, current)) > 0) return;
  await changeDesk(database, vigil, async ({ tx, tell }) => {
    const key = environmentKey(hash);
    await tx
      .insert(apiKeys)
      .values(key)
      .onConflictDoUpdate({ target: apiKeys.id, set: { hash, revokedAt: null } });
    const { id, name, role } = key;
    tell({ resource: 'api-keys', before: null, after: { id, name, role } });
  });
}
