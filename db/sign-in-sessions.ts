import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { signInSessions } from './schema/sign-in.ts';

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

/** False where the user has no such session. */
export async function endSession({ db }: Database, user: string, id: string): Promise<boolean> {
  const ended = await db
    .delete(signInSessions)
    .where(and(eq(signInSessions.id, id), eq(signInSessions.userId, user)))
    .returning({ id: signInSessions.id });
  return ended.length > 0;
}
