import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { recordAudit, signInItem } from './audit-events.ts';
import type { Database } from './client.ts';
import { signInSessions } from './schema/sign-in.ts';
import { inTransaction } from './transaction.ts';
import type { User } from './users.ts';

export interface SignInSession {
  readonly id: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
}

/** A user's, the latest first. */
export async function listSessions({ db }: Database, user: string): Promise<SignInSession[]> {
  const { id, userAgent, createdAt, updatedAt, expiresAt, userId } = signInSessions;
  return db
    .select({ id, userAgent, createdAt, updatedAt, expiresAt })
    .from(signInSessions)
    .where(and(eq(userId, user), gt(expiresAt, sql`now()`)))
    .orderBy(desc(createdAt), id);
}

/** False where the user has no such session. `action` is how the trail tells of it. */
export async function endSession(
  database: Database,
  user: Pick<User, 'id' | 'name'>,
  id: string,
  action: 'signed-out' | 'session-ended',
): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const [ended] = await tx
      .delete(signInSessions)
      .where(and(eq(signInSessions.id, id), eq(signInSessions.userId, user.id)))
      .returning({ device: signInSessions.userAgent });
    if (ended === undefined) return false;
    const { id: userId, name } = user;
    await recordAudit(tx, { type: 'user', id: userId, name }, [signInItem(action, user, { device: ended.device })]);
    return true;
  });
}
