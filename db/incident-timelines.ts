import { inArray } from 'drizzle-orm';
import type { Executor } from './client.ts';
import { storedEvent, type StoredEvent } from './events.ts';
import { events } from './schema/index.ts';

/** What happened to each of several incidents, in order. */
export async function incidentTimelines(
  db: Executor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
  const timelines = new Map<string, StoredEvent[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return timelines;
  const streams = ids.map((id) => `incident/${id}`);
  const rows = await db
    .select(storedEvent)
    .from(events)
    .where(inArray(events.stream, streams))
    .orderBy(events.stream, events.seq);
  for (const row of rows) timelines.get(row.stream.slice('incident/'.length))?.push(row);
  return timelines;
}
