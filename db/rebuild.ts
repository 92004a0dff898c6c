import type { Pool } from 'pg';
import type { Changes, EventBatch } from '../domain/events.ts';
import { project, type Run } from './project.ts';
import { archiveLock, recordBatches, transaction } from './record.ts';

export interface RebuildCounts {
  /** Events of the archive that were replayed. */
  readonly replayed: number;
  /** Events that open workflows held and the archive did not, or not yet. */
  readonly recorded: number;
}

export interface RebuildOptions {
  /** Events at least in one transaction; a stream is never split. @default 2000 */
  readonly chunk?: number;
  /** Called after each transaction with the events replayed so far. */
  readonly onProgress?: (replayed: number) => void;
}

/**
 * Empties what is derived from the archive and derives it again, then records what the open workflows still hold.
 *
 * Every derived row belongs to one stream. So it goes on stream by stream, in their order, each transaction deleting and
 * making again the rows of a range of streams; the ranges together hold every row, those without a stream included. A
 * transaction holds the archive's lock alone, and recorders wait for it a moment; between two of them they record as
 * ever, and whatever range they write to is whole before and after. Lists stay readable all the while, and a rebuild
 * that ends halfway has left nothing wrong: it can be begun again.
 */
export async function rebuild(
  pool: Pool,
  unrecorded: () => AsyncIterable<EventBatch>,
  { chunk = 2000, onProgress }: RebuildOptions = {},
): Promise<RebuildCounts> {
  let replayed = 0;
  for (const kind of ['incident', 'ticket'] as const) {
    for (let after: string | null = ''; after !== null;) {
      const done = await rebuildRange(pool, kind, after, chunk);
      replayed += done.replayed;
      onProgress?.(replayed);
      after = done.to;
    }
  }
  let recorded = 0;
  for await (const batch of unrecorded()) {
    await recordBatches(pool, [batch]);
    recorded += batch.events.length;
  }
  return { replayed, recorded };
}

async function rebuildRange(
  pool: Pool,
  kind: Range['kind'],
  after: string,
  chunk: number,
): Promise<{ to: string | null; replayed: number }> {
  return transaction(pool, `begin; select pg_advisory_xact_lock(${archiveLock})`, async (run) => {
    const to = await endOfRange(run, kind, after, chunk);
    await empty(run, { kind, after, to });
    return { to, replayed: await replay(run, { kind, after, to }) };
  });
}

/** Streams of one kind by their ids: beyond `after`, up to and including `to`, which is null for the last range. */
interface Range {
  readonly kind: 'ticket' | 'incident';
  readonly after: string;
  readonly to: string | null;
}

const streamIn = `stream > $1 and stream <= $2`;
const bounds = ({ kind, after, to }: Range): [string, string] => [`${kind}/${after}`, `${kind}/${to ?? last}`];
/** Sorts behind every id. */
const last = '\u{10FFFF}';

async function endOfRange(run: Run, kind: Range['kind'], after: string, chunk: number): Promise<string | null> {
  const text = `select substr(stream, ${kind.length + 2}) as id from events where ${streamIn} order by stream, seq offset $3 limit 1`;
  const [row] = await run<{ id: string }>(`end-of-${kind}-range`, text, [
    ...bounds({ kind, after, to: null }),
    chunk - 1,
  ]);
  return row?.id ?? null;
}

const derived: Readonly<Record<Range['kind'], readonly (readonly [table: string, key: string])[]>> = {
  ticket: [
    ['tickets', 'id'],
    ['ticket_search', 'ticket'],
    ['messages', 'ticket'],
    ['sla_clocks', 'ticket'],
  ],
  incident: [['incidents', 'id']],
};

async function empty(run: Run, { kind, after, to }: Range): Promise<void> {
  for (const [table, key] of derived[kind]) {
    await run(`empty-${table}`, `delete from ${table} where ${key} > $1 and ${key} <= $2`, [after, to ?? last]);
  }
}

interface ReplayedEvent {
  readonly stream: string;
  readonly seq: number;
  readonly ticket: string;
  readonly changes: Changes | null;
}

const page = 2000;
const eventsIn = `
  select stream, seq, ticket, changes from events
  where ${streamIn} and (stream, seq) > ($3, $4)
  order by stream, seq limit ${page}`;

async function replay(run: Run, range: Range): Promise<number> {
  const [low, high] = bounds(range);
  let place: Pick<ReplayedEvent, 'stream' | 'seq'> = { stream: low, seq: 0 };
  for (let replayed = 0; ;) {
    const events = await run<ReplayedEvent>('events-in', eventsIn, [low, high, place.stream, place.seq]);
    await project(
      run,
      events.flatMap(({ ticket, seq, changes }) => (changes === null ? [] : [{ ticket, seq, changes }])),
    );
    replayed += events.length;
    place = events.at(-1) ?? place;
    if (events.length < page) return replayed;
  }
}
