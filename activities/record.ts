import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../db/client.ts';
import { safeMessage } from '../db/errors.ts';
import { RecordQueue } from '../db/record-queue.ts';
import type { EventBatch } from '../domain/events.ts';

export type RecordActivities = ReturnType<typeof createRecordActivities>;

export function createRecordActivities({ pool }: Database) {
  const queue = new RecordQueue(pool);
  return {
    /** Writes events to the archive and what follows from them to the read model. Repeating it changes nothing. */
    async record(batch: EventBatch): Promise<void> {
      try {
        await queue.record(batch);
      } catch (error) {
        // The driver's own message holds the statement with its values, which must not get into Temporal's history.
        throw ApplicationFailure.create({ type: 'Database', message: safeMessage(error) });
      }
    },
  };
}
