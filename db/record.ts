import type { Pool } from 'pg';
import type { EventBatch } from '../domain/events.ts';
import { toJsonb } from './json.ts';
import { project, type Run } from './project.ts';
import { withTransaction } from './transaction.ts';

/** Recorders share this lock, and a rebuild holds it alone, so that a rebuild sees no half of anything. */
export const archiveLock = 0x76_69_67_69;

/**
 * Adds events to the archive, and what follows from them to the read model, in one transaction. Events that are there
 * already are left alone, so that a batch may come again, whole or in part, or twice at once.
 */
export async function recordBatches(pool: Pool, batches: readonly EventBatch[]): Promise<void> {
  await transaction(pool, `begin; select pg_advisory_xact_lock_shared(${archiveLock})`, (run) => record(run, batches));
}

/** Runs `work` between `begin`, which may say more than that, and a commit; a failure takes everything back. */
export async function transaction<T>(pool: Pool, begin: string, work: (run: Run) => Promise<T>): Promise<T> {
  return withTransaction(pool, begin, (client) =>
    work(async (name, text, values) => (await client.query({ name, text, values: [...values] })).rows),
  );
}

const addEvents = `
  insert into events (stream, seq, ticket, type, at, actor, cause, data, changes)
  select stream, seq, ticket, type, at, actor, cause, data, changes
  from jsonb_to_recordset($1::jsonb)
    as e(stream text, seq int, ticket text, type text, at timestamptz, actor jsonb, cause text, data jsonb, changes jsonb)
  order by stream, seq
  on conflict (stream, seq) do nothing
  returning stream, seq`;

/** The same inside a transaction that holds the archive's lock already. */
export async function record(run: Run, batches: readonly EventBatch[]): Promise<void> {
  const given = batches.flatMap(({ stream, ticket, events }) =>
    events.map((e) => ({ stream, ticket, ...e, at: new Date(e.at).toISOString() })),
  );
  if (given.length === 0) return;
  const rows = await run<{ stream: string; seq: number }>('add-events', addEvents, [toJsonb(given)]);
  const added = new Set(rows.map((row) => `${row.stream} ${row.seq}`));
  // In the order of their streams, as the events were added: two recorders never wait for each other in a circle.
  const changes = batches
    .toSorted((a, b) => (a.stream < b.stream ? -1 : 1))
    .flatMap(({ stream, ticket, events }) =>
      events.flatMap(({ seq, changes }) =>
        changes && added.has(`${stream} ${seq}`) ? [{ ticket, seq, changes }] : [],
      ),
    );
  await project(run, changes);
}
