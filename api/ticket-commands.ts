import type { FastifyRequest } from 'fastify';
import { ticketUpdates, ticketWorkflowId, type TicketAnswer, type TicketCommand } from '../workflows/messages.ts';
import type { App } from './app.ts';
import { type Identity, KeyReused } from './once.ts';
import { actorOf } from './plugins/auth.ts';
import { callTemporal, callWorker, NoAnswer, NotRunning, Refused } from './temporal-calls.ts';

type Bare<C> = C extends TicketCommand ? Omit<C, 'actor' | 'cause' | 'requestHash' | 'receivedAt'> : never;

/** A command by whoever sent the request. */
export function commandFrom(
  request: FastifyRequest,
  identity: Identity,
  bare: Bare<TicketCommand>,
  actor = actorOf(request),
): TicketCommand {
  return { ...bare, actor, cause: request.id, requestHash: identity.hash, receivedAt: Date.now() };
}

/**
 * Has the ticket's workflow carry the command out; a repetition is answered as the first time.
 * A busy worker is waited for, unless there is a `deadline`.
 * @throws Refused, NotRunning, NoAnswer, or Problem 422 where the key was used for another request.
 */
export async function tellTicket(
  app: App,
  id: string,
  command: TicketCommand,
  identity: Identity,
  deadline?: number,
): Promise<TicketAnswer & { readonly repeated: boolean }> {
  const { client } = app.parts.temporal;
  const handle = client.workflow.getHandle(ticketWorkflowId(id));
  const count = (outcome: string): void => app.metrics.commands.inc({ command: command.type, outcome });
  try {
    const update = (): Promise<TicketAnswer> =>
      handle.executeUpdate(ticketUpdates[command.type], { args: [command], updateId: identity.key });
    const answer = await (deadline === undefined
      ? callWorker(client, handle, update)
      : callTemporal(client, update, deadline));
    if (answer.requestHash !== identity.hash) throw new KeyReused();
    const repeated = answer.cause !== command.cause;
    count(repeated ? 'repeated' : 'done');
    return { ...answer, repeated };
  } catch (error) {
    if (error instanceof Refused) count('refused');
    else if (error instanceof NotRunning) count('not-running');
    else if (error instanceof NoAnswer) count('no-answer');
    throw error;
  }
}
