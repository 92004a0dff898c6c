import { eq, lt, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { signInSessions, signInTries, signInVerifications } from './schema/sign-in.ts';

/** What is counted, such as tries for one address, and how many are too many. */
export interface TryLimit {
  readonly key: string;
  readonly most: number;
}

const window = sql`interval '15 minutes'`;

/**
 * Counts a try for each limit, for all processes alike, before it is made: many at once are counted each.
 * @returns for how many milliseconds nothing more may be tried; 0 where this try may be made.
 */
export async function countTry({ db }: Database, limits: readonly TryLimit[]): Promise<number> {
  // In one order everywhere, so that two tries do not wait for each other.
  const sorted = limits.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const over = sql`${signInTries.endsAt} <= now()`;
  const rows = await db
    .insert(signInTries)
    .values(sorted.map(({ key }) => ({ key, count: 1, endsAt: sql`now() + ${window}` })))
    .onConflictDoUpdate({
      target: signInTries.key,
      set: {
        count: sql`case when ${over} then 1 else ${signInTries.count} + 1 end`,
        endsAt: sql`case when ${over} then now() + ${window} else ${signInTries.endsAt} end`,
      },
    })
    .returning({
      key: signInTries.key,
      count: signInTries.count,
      leftMs: sql<number>`(extract(epoch from ${signInTries.endsAt} - now()) * 1000)::float8`,
    });
  const most = new Map(limits.map((limit) => [limit.key, limit.most]));
  return Math.max(0, ...rows.filter(({ key, count }) => count > (most.get(key) ?? 0)).map(({ leftMs }) => leftMs));
}

/** A try that was no failure does not count. */
export async function uncountTry({ db }: Database, limits: readonly TryLimit[]): Promise<void> {
  for (const { key } of limits) {
    await db
      .update(signInTries)
      .set({ count: sql`greatest(${signInTries.count} - 1, 0)` })
      .where(eq(signInTries.key, key));
  }
}

export async function forgetTries({ db }: Database, key: string): Promise<void> {
  await db.delete(signInTries).where(eq(signInTries.key, key));
}

/** Removes what is past its end, which nobody asks for any more. */
export async function sweepSignIns({ db }: Database): Promise<void> {
  await db.delete(signInTries).where(lt(signInTries.endsAt, sql`now()`));
  await db.delete(signInVerifications).where(lt(signInVerifications.expiresAt, sql`now()`));
  await db.delete(signInSessions).where(lt(signInSessions.expiresAt, sql`now()`));
}
