import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../domain/ticket.ts';
import { ticketUpdates, ticketWorkflowId, type TicketAnswer, type TicketCommand } from '../workflows/messages.ts';
import type { App } from './app.ts';
import { type Identity, identityOf, KeyReused } from './once.ts';
import { actorOf } from './plugins/auth.ts';
import { ticketJson } from './schemas/ticket.ts';
import { callTemporal, callWorker, NoAnswer, NotRunning, Refused, toProblem } from './temporal-calls.ts';
import { closedTicket, isKnown } from './ticket-path.ts';

type Bare<C> = C extends TicketCommand ? Omit<C, 'actor' | 'cause' | 'requestHash' | 'receivedAt'> : never;
/** A command without who gave it, and when. */
export type BareCommand = Bare<TicketCommand>;

/** The requester of the ticket that it is about, whoever that is. */
export const requester: Actor = { type: 'customer', id: 'requester' };

/** A command by whoever sent the request. */
export function commandFrom(
  request: FastifyRequest,
  identity: Identity,
  bare: BareCommand,
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

/** Has a request's command carried out, and answers with the ticket after it. */
export async function carryOut(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  bare: BareCommand,
  actor = actorOf(request),
) {
  const identity = identityOf(request);
  try {
    const answer = await tellTicket(app, id, commandFrom(request, identity, bare, actor), identity);
    if (answer.repeated) void reply.header('idempotency-replayed', 'true');
    return await reply.send(ticketJson(answer.ticket));
  } catch (error) {
    if (error instanceof NotRunning && (await isKnown(app, id))) throw closedTicket();
    throw toProblem(error, 'ticket');
  }
}
