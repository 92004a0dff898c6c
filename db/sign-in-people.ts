import { and, asc, eq, gt, isNotNull, max, sql } from 'drizzle-orm';
import type { Database, Db, Executor } from './client.ts';
import { users } from './schema/desk.ts';
import { invitations, signInAccounts, signInPeople, signInSecondFactors, signInSessions } from './schema/sign-in.ts';

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
export async function startWithPassword(tx: Db, user: string, password: string): Promise<void> {
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

export interface SignInState {
  readonly user: string;
  /** Whether there is anything to sign in by. */
  readonly canSignIn: boolean;
  readonly invitedUntil: Date | null;
  readonly secondFactor: boolean;
  /** Of the sessions that have not ended. */
  readonly lastUsedAt: Date | null;
}

/** How everybody stands with signing in, by id. */
export async function listSignIns({ db }: Database): Promise<SignInState[]> {
  const { userId, updatedAt, expiresAt } = signInSessions;
  const used = db
    .select({ userId, at: max(updatedAt).as('used_at') })
    .from(signInSessions)
    .where(gt(expiresAt, sql`now()`))
    .groupBy(userId)
    .as('used');
  return db
    .select({
      user: users.id,
      canSignIn: sql<boolean>`exists (select from ${signInAccounts} where ${signInAccounts.userId} = ${users.id})`,
      invitedUntil: invitations.expiresAt,
      secondFactor: sql<boolean>`coalesce(${signInPeople.twoFactorEnabled}, false)`,
      lastUsedAt: used.at,
    })
    .from(users)
    .leftJoin(signInPeople, eq(signInPeople.id, users.id))
    .leftJoin(invitations, and(eq(invitations.user, users.id), gt(invitations.expiresAt, sql`now()`)))
    .leftJoin(used, eq(used.userId, users.id))
    .orderBy(asc(users.id));
}
