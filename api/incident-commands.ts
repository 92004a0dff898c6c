import { getIncident } from '../db/incidents.ts';
import type { IncidentRow } from '../domain/events.ts';
import type { Actor } from '../domain/ticket.ts';
import { incidentUpdates, incidentWorkflowId, type IncidentCommand } from '../workflows/messages.ts';
import type { App } from './app.ts';
import { type Identity, KeyReused } from './once.ts';
import { Problem } from './problem.ts';
import { callWorker, NotRunning, toProblem } from './temporal-calls.ts';

type Bare<C> = C extends IncidentCommand ? Omit<C, 'actor' | 'cause' | 'requestHash' | 'receivedAt'> : never;
export type BareIncidentCommand = Bare<IncidentCommand>;

export interface IncidentOrder {
  readonly command: BareIncidentCommand;
  readonly actor: Actor;
  /** The request's id. */
  readonly cause: string;
  readonly identity: Identity;
}

/**
 * Has the incident's workflow carry the command out, and answers with the incident after it; a repetition, as the first time.
 * @throws Problem 404, 409 with the reason, 422 for another request under the same key, or 503
 */
export async function tellIncident(
  app: App,
  id: string,
  order: IncidentOrder,
): Promise<{ readonly incident: IncidentRow; readonly repeated: boolean }> {
  const { client } = app.parts.temporal;
  const { command: bare, actor, cause, identity } = order;
  const command = { ...bare, actor, cause, requestHash: identity.hash, receivedAt: Date.now() };
  const handle = client.workflow.getHandle(incidentWorkflowId(id));
  try {
    const answer = await callWorker(client, handle, () =>
      handle.executeUpdate(incidentUpdates[bare.type], { args: [command], updateId: identity.key }),
    );
    if (answer.requestHash !== identity.hash) throw new KeyReused();
    return { incident: answer.incident, repeated: answer.cause !== cause };
  } catch (error) {
    // A resolved incident's workflow has ended.
    if (error instanceof NotRunning && (await getIncident(app.parts.database.db, id)) !== undefined) {
      throw new Problem('conflict', `The incident is resolved: it cannot take "${bare.type}" any more.`);
    }
    throw toProblem(error, 'incident');
  }
}
