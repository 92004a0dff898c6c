import type { FastifyRequest } from 'fastify';
import { getTicket } from '../db/tickets.ts';
import type { TicketRow } from '../domain/events.ts';
import type { Message } from '../domain/ticket.ts';
import { messageSignal, ticketWorkflowId, type TicketCommand } from '../workflows/messages.ts';
import type { App } from './app.ts';
import { acceptTicket } from './intake.ts';
import type { Identity } from './once.ts';
import {
  callTemporal,
  deadlineFromNow,
  NoAnswer,
  NotRunning,
  Refused,
  toProblem,
  Unreachable,
} from './temporal-calls.ts';
import { commandFrom, requester, tellTicket } from './ticket-commands.ts';
import { closedTicket, isKnown, noTicket } from './ticket-path.ts';

type MessageCommand = TicketCommand & { readonly type: 'addMessage' };

export interface AddedMessage {
  readonly message: Message;
  /** Where the message opened a ticket of its own: the closed ticket that it was meant for. */
  readonly followUpOf: string | null;
  readonly repeated: boolean;
}

/** Of a customer's message, so that there is time to leave it as a signal where no worker answers. */
const updatePatienceMs = 1000;

/** An agent's message reaches a ticket that is open, or is refused. */
export async function addAgentMessage(
  app: App,
  request: FastifyRequest,
  identity: Identity,
  { message, status }: Pick<MessageCommand, 'message' | 'status'>,
): Promise<AddedMessage> {
  const bare = { type: 'addMessage', message, ...(status !== undefined && { status }) } as const;
  try {
    return addedBy(message, await tellTicket(app, message.ticket, commandFrom(request, identity, bare), identity));
  } catch (error) {
    if (error instanceof NotRunning && (await isKnown(app, message.ticket))) throw closedTicket();
    throw toProblem(error, 'ticket');
  }
}

/**
 * A customer's message is never turned away: the ticket takes it, or keeps it until there is a worker, or the ticket that
 * it was merged into takes it, or, where it is closed, a follow-up ticket. Automatic answers open no tickets.
 */
export async function addCustomerMessage(
  app: App,
  request: FastifyRequest,
  identity: Identity,
  message: Message,
  deadline = deadlineFromNow(),
): Promise<AddedMessage> {
  const command = commandFrom(request, identity, { type: 'addMessage', message }, requester) as MessageCommand;
  const patience = Math.min(deadline, Date.now() + updatePatienceMs);
  let mergedInto: string | null | undefined;
  try {
    return addedBy(message, await tellTicket(app, message.ticket, command, identity, patience));
  } catch (error) {
    if (error instanceof NoAnswer && !(error instanceof Unreachable)) return leaveMessage(app, command, deadline);
    if (error instanceof Refused && error.details.status === 'closed') ({ mergedInto } = error.details);
    else if (!(error instanceof NotRunning)) throw toProblem(error, 'ticket');
  }
  const closed = mergedInto ? undefined : await getTicket(app.parts.database.db, message.ticket);
  mergedInto ??= closed?.mergedInto;
  if (mergedInto) return addCustomerMessage(app, request, identity, { ...message, ticket: mergedInto }, deadline);
  if (closed === undefined) throw noTicket();
  if (message.automatic) throw closedTicket();
  return followUp(app, command, closed, deadline);
}

function addedBy(
  message: Message,
  { at, repeated }: { readonly at: number; readonly repeated: boolean },
): AddedMessage {
  return { message: { ...message, createdAt: at }, followUpOf: null, repeated };
}

/** No worker answers: the message is left with Temporal, which keeps it until one does. Its id tells a repetition. */
async function leaveMessage(app: App, command: MessageCommand, deadline: number): Promise<AddedMessage> {
  const { client } = app.parts.temporal;
  const { message } = command;
  const handle = client.workflow.getHandle(ticketWorkflowId(message.ticket));
  try {
    await callTemporal(client, () => handle.signal(messageSignal, command), deadline);
    return { message, followUpOf: null, repeated: false };
  } catch (error) {
    throw toProblem(error, 'ticket');
  }
}

/** The ticket that a message to a closed one opens; the closed ticket's workflow would come to the same one. */
async function followUp(
  app: App,
  { message, cause, requestHash, receivedAt, actor }: MessageCommand,
  closed: TicketRow,
  deadline: number,
): Promise<AddedMessage> {
  const { id, subject, channel, priority, level, team, assignee, tags, customFields } = closed;
  const attributes = { priority, level, channel, team, tags };
  const intake = {
    id: message.id,
    intakeKey: `message/${message.id}`,
    requestHash,
    receivedAt,
    actor,
    cause,
    subject,
    message,
    requester: closed.requester,
    ...attributes,
    assignee,
    customFields,
    followUpOf: id,
    sla: app.parts.directory.termsFor(attributes, undefined, receivedAt),
  };
  const { ticket, repeated } = await acceptTicket(app, intake, deadline);
  return { message: { ...message, ticket: ticket.id, createdAt: ticket.createdAt }, followUpOf: id, repeated };
}
