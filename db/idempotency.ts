import { and, eq, lt, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import type { DeskChange } from './desk-change.ts';
import { idempotencyKeys } from './schema/desk.ts';

/** A request that may be repeated. */
export interface OnceRequest {
  /** Who asks: an API key's id, or a user's. */
  readonly caller: string;
  readonly key: string;
  /** SHA-256 of what is asked for. */
  readonly hash: string;
}

export interface OnceAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Thrown when a key comes with another request than before: 422. */
export class IdempotencyMismatch extends Error {
  constructor() {
    super('This Idempotency-Key was used for a request with another body.');
    this.name = 'IdempotencyMismatch';
  }
}

const keptFor = sql`interval '25 hours'`;

/** What the same request was answered before, if it was. */
export async function answeredBefore(db: Db, { caller, key, hash }: OnceRequest): Promise<OnceAnswer | undefined> {
  const [before] = await db
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.scope, caller), eq(idempotencyKeys.key, key)));
  if (before === undefined) return undefined;
  if (before.requestHash !== hash) throw new IdempotencyMismatch();
  return { status: before.status, body: before.body };
}

/**
 * Does `work` unless the same request was answered before, and keeps its answer in the same transaction: either both
 * are there or neither. Changes of the configuration wait for each other, so that a repetition finds the first's answer.
 */
export async function answerOnce(
  { tx }: DeskChange,
  { caller, key, hash }: OnceRequest,
  work: () => Promise<OnceAnswer>,
): Promise<OnceAnswer & { readonly repeated: boolean }> {
  await tx.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, sql`now() - ${keptFor}`));
  const before = await answeredBefore(tx, { caller, key, hash });
  if (before !== undefined) return { ...before, repeated: true };
  const answer = await work();
  await tx.insert(idempotencyKeys).values({ scope: caller, key, requestHash: hash, ...answer });
  return { ...answer, repeated: false };
}
