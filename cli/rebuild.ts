import { type Client, isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { Config } from '../config/environment.ts';
import { openDatabase } from '../db/client.ts';
import { rebuild as rebuildReadModel } from '../db/rebuild.ts';
import type { EventBatch } from '../domain/events.ts';
import { connectTemporal } from '../temporal/connection.ts';
import { incidentWorkflowType, ticketWorkflowType, unrecordedQuery } from '../workflows/messages.ts';

const askedAtOnce = 20;
const answerWithinMs = 10_000;

/** Empties the read model and fills it again from the archive and from what open workflows have not recorded yet. */
export async function rebuild(config: Config & { readonly databaseUrl: string }): Promise<void> {
  const database = openDatabase(config.databaseUrl, { max: 4, applicationName: 'vigil rebuild' });
  const { client, connection } = await connectTemporal(config);
  try {
    const progress = everyTenThousand((events) => console.log(`  ${events} events replayed`));
    const counts = await rebuildReadModel(database.pool, () => unrecordedBatches(client), { onProgress: progress });
    console.log(`The read model is rebuilt: ${counts.replayed} events replayed from the archive,`);
    console.log(`${counts.recorded} events that open tickets and incidents held are recorded.`);
  } finally {
    await connection.close();
    await database.close();
  }
}

/** What running tickets and incidents hold that the archive has not confirmed; those that hold nothing are left out. */
async function* unrecordedBatches(client: Client): AsyncIterable<EventBatch> {
  const types = [ticketWorkflowType, incidentWorkflowType].map((type) => `'${type}'`).join(', ');
  const running = client.workflow.list({ query: `ExecutionStatus = 'Running' AND WorkflowType IN (${types})` });
  const asked: Promise<EventBatch | Error>[] = [];
  for await (const { workflowId } of running) {
    asked.push(ask(client, workflowId));
    if (asked.length === askedAtOnce) yield* answered(await asked.shift());
  }
  while (asked.length > 0) yield* answered(await asked.shift());
}

function* answered(answer: EventBatch | Error | undefined): Iterable<EventBatch> {
  if (answer instanceof Error) throw answer;
  if (answer !== undefined && answer.events.length > 0) yield answer;
}

/** Fails by its value: several are asked at once, and the first one that failed ends it all. */
async function ask(client: Client, workflowId: string): Promise<EventBatch | Error> {
  try {
    const handle = client.workflow.getHandle(workflowId);
    return await client.withDeadline(Date.now() + answerWithinMs, () => handle.query(unrecordedQuery));
  } catch (error) {
    // It has ended in the meantime, which it does not before everything is recorded.
    if (error instanceof WorkflowNotFoundError) return { stream: workflowId, ticket: '', events: [] };
    return new Error(
      `The archive is replayed, but ${workflowId} did not say what it has not recorded yet (${reasonOf(error)}). ` +
        'Start a worker (vigil worker) and rebuild again; left alone, open tickets record the rest when one is there.',
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof ServiceError ? error.cause : error;
  if (isGrpcServiceError(cause)) return cause.details;
  return cause instanceof Error ? cause.message : String(cause);
}

function everyTenThousand(say: (events: number) => void): (events: number) => void {
  let said = 0;
  return (events) => {
    if (events - said < 10_000) return;
    said = events;
    say(events);
  };
}
