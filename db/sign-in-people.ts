import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Executor } from './client.ts';
import type { Transaction } from './desk-change.ts';
import { users } from './schema/desk.ts';
import { signInAccounts, signInPeople, signInSecondFactors, signInSessions } from './schema/sign-in.ts';

/** By which a user is known where people sign in. Addresses of mail change, and change hands; ids do neither. */
export function signInAddress(user: string): string {
  return `${user.toLowerCase()}@users.invalid`;
}

/** What better-auth calls an account with a password of our own. */
const passwordProvider = 'credential';

async function ensurePerson(db: Executor, user: string): Promise<void> {
  await db
    .insert(signInPeople)
    .values({ id: user, name: user, email: signInAddress(user) })
    .onConflictDoNothing();
}

/** Lets a user in by what the provider of single sign-on says of them. */
export async function ensureSsoAccount(db: Executor, user: string, providerId: string): Promise<void> {
  await ensurePerson(db, user);
  await db
    .insert(signInAccounts)
    .values({ id: `${providerId}_${user}`, userId: user, providerId, accountId: user })
    .onConflictDoNothing();
}

/** Begins anew with a password: the second factor and all sessions there were are gone. */
export async function startWithPassword(tx: Transaction, user: string, password: string): Promise<void> {
  await ensurePerson(tx, user);
  await tx
    .insert(signInAccounts)
    .values({ id: `password_${user}`, userId: user, providerId: passwordProvider, accountId: user, password })
    .onConflictDoUpdate({
      target: [signInAccounts.providerId, signInAccounts.accountId],
      set: { password, updatedAt: sql`now()` },
    });
  await tx.delete(signInSecondFactors).where(eq(signInSecondFactors.userId, user));
  await tx.update(signInPeople).set({ twoFactorEnabled: false }).where(eq(signInPeople.id, user));
  await tx.delete(signInSessions).where(eq(signInSessions.userId, user));
}

/** Whether there is an admin who can sign in with a password. */
export async function adminHasPassword(db: Executor): Promise<boolean> {
  const [found] = await db
    .select({ id: users.id })
    .from(users)
    .innerJoin(signInAccounts, eq(signInAccounts.userId, users.id))
    .where(and(eq(users.role, 'admin'), eq(users.active, true), isNotNull(signInAccounts.password)))
    .limit(1);
  return found !== undefined;
}
