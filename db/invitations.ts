import { randomBytes } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';
import { hashOf } from './api-keys.ts';
import { type Author, recordAudit, signInItem } from './audit-events.ts';
import type { Database } from './client.ts';
import { users } from './schema/desk.ts';
import { invitations } from './schema/sign-in.ts';
import { startWithPassword } from './sign-in-people.ts';
import { inTransaction } from './transaction.ts';
import type { User } from './users.ts';

const validMs = 7 * 24 * 60 * 60 * 1000;

export interface Invitation {
  /** What the link ends with; only its hash is kept. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** Invites a user to set a password; the invitation before is void. */
export async function invite(database: Database, user: Pick<User, 'id' | 'name'>, by: Author): Promise<Invitation> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + validMs);
  const set = { hash: hashOf(token), expiresAt };
  await inTransaction(database, async (tx) => {
    await tx
      .insert(invitations)
      .values({ user: user.id, ...set })
      .onConflictDoUpdate({ target: invitations.user, set });
    await recordAudit(tx, by, [signInItem('invited', user)]);
  });
  return { token, expiresAt };
}

/** The link that is given to whoever is invited. */
export function invitationUrl(publicUrl: string, { token }: Invitation): string {
  return `${publicUrl}/welcome/${token}`;
}

const usable = (token: string) => and(eq(invitations.hash, hashOf(token)), gt(invitations.expiresAt, sql`now()`));

/** The user that an invitation is for; undefined where there is none any more. */
export async function invitedUser({ db }: Database, token: string): Promise<string | undefined> {
  const [row] = await db.select({ user: invitations.user }).from(invitations).where(usable(token));
  return row?.user;
}

/**
 * Uses an invitation up, and sets the password of the user that it is for. Of two who come at once one gets undefined, as
 * does whoever comes later.
 */
export async function acceptInvitation(
  database: Database,
  token: string,
  passwordHash: string,
): Promise<string | undefined> {
  return inTransaction(database, async (tx) => {
    const [used] = await tx.delete(invitations).where(usable(token)).returning({ user: invitations.user });
    if (used === undefined) return undefined;
    await startWithPassword(tx, used.user, passwordHash);
    const [invited] = await tx.select({ name: users.name }).from(users).where(eq(users.id, used.user));
    const user = { id: used.user, name: invited?.name ?? used.user };
    await recordAudit(tx, { type: 'user', ...user }, [signInItem('invitation-accepted', user)]);
    return used.user;
  });
}
