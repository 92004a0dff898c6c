import type { Client } from '@temporalio/client';
import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { isHandedOff } from '../db/handoffs.ts';
import { handoffsAhead, handoverAt } from '../domain/handoff.ts';
import { dropRotations, keepRotation } from '../temporal/rotations.ts';

export interface RotationParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly client: Client;
  readonly taskQueue: string;
}

/**
 * Sees to it that Temporal starts the handoffs of the on-call schedules as they are known now, and at once where who is on
 * duty was not handed over yet. `kept` is what this process saw to before, by schedule: what is the same is left alone.
 */
export async function keepRotations(
  { database, directory, client, taskQueue }: RotationParts,
  kept: Map<string, string>,
): Promise<void> {
  const schedules = directory.schedules();
  const now = Date.now();
  for (const { id, name } of schedules) {
    const onCall = directory.onCall(id);
    if (onCall === undefined) continue;
    const handoffs = onCall.handoffs(now, handoffsAhead);
    const handover = handoverAt(onCall, now);
    const state = JSON.stringify([name, handoffs, handover]);
    if (kept.get(id) === state) continue;
    const due = handover !== null && !(await isHandedOff(database.db, id, new Date(handover.at)));
    await keepRotation(client, taskQueue, { schedule: id, name, handoffs }, due);
    kept.set(id, state);
  }
  const wanted = new Set(schedules.map(({ id }) => id));
  if (kept.size === 0 || [...kept.keys()].some((id) => !wanted.has(id))) await dropRotations(client, taskQueue, wanted);
  for (const id of kept.keys()) if (!wanted.has(id)) kept.delete(id);
}
