import { sql } from 'drizzle-orm';
import type { EventBatch } from '../domain/events.ts';
import type { Db, Executor } from './client.ts';
import { project } from './project.ts';

/** Recorders share this lock, and a rebuild holds it alone, so that a rebuild sees no half of anything. */
export const archiveLock = 0x76_69_67_69;

/**
 * Adds events to the archive, and what follows from them to the read model, in one transaction. Events that are there
 * already are left alone, so that a batch may come again, whole or in part, or twice at once.
 */
export async function recordBatches(db: Db, batches: readonly EventBatch[]): Promise<void> {
  const sorted = batches.toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock_shared(${archiveLock})`);
    await recordWithin(tx, sorted);
  });
}

/** The same inside a transaction that holds the archive's lock already. */
export async function recordWithin(tx: Executor, batches: readonly EventBatch[]): Promise<void> {
  const given = batches.flatMap(({ stream, ticket, events }) =>
    events.map((e) => ({ stream, ticket, ...e, at: new Date(e.at).toISOString() })),
  );
  if (given.length === 0) return;
  const { rows } = await tx.execute<{ stream: string; seq: number }>(sql`
    insert into events (stream, seq, ticket, type, at, actor, cause, data, changes)
    select stream, seq, ticket, type, at, actor, cause, data, changes
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as e(stream text, seq int, ticket text, type text, at timestamptz, actor jsonb, cause text, data jsonb, changes jsonb)
    order by stream, seq
    on conflict (stream, seq) do nothing
    returning stream, seq`);
  const added = new Set(rows.map((row) => `${row.stream} ${row.seq}`));
  const changes = batches.flatMap(({ stream, ticket, events }) =>
    events.flatMap((e) => (e.changes && added.has(`${stream} ${e.seq}`) ? [{ ticket, changes: e.changes }] : [])),
  );
  if (changes.length > 0) await project(tx, changes);
}
