import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { getTicket } from '../../db/tickets.ts';
import { listMessages } from '../../db/messages.ts';
import { idOf } from '../../domain/ticket-id.ts';
import type { Message } from '../../domain/ticket.ts';
import { messageSignal, ticketWorkflowId, type TicketCommand } from '../../workflows/messages.ts';
import type { App } from '../app.ts';
import { checkAttachments } from '../attachments.ts';
import { acceptTicket } from '../intake.ts';
import { type Identity, identityOf } from '../once.ts';
import { mayDo } from '../permissions.ts';
import { actorOf } from '../plugins/auth.ts';
import { invalid, Problem } from '../problem.ts';
import { answers, IdempotencyHeaders, Page, PageQuery, Strict, TicketParams } from '../schemas/common.ts';
import { MessageSchema, messageJson, NewMessage } from '../schemas/message.ts';
import { callTemporal, NoAnswer, NotRunning, Refused, toProblem } from '../temporal-calls.ts';
import { commandFrom, tellTicket } from '../ticket-commands.ts';
import { noTicket, ticketIdIn } from '../ticket-path.ts';

const tags = ['messages'];

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/v1/tickets/:id/messages',
    {
      config: { permission: 'intake' },
      schema: {
        tags,
        summary: 'Add a message',
        description:
          "An agent's public message is a reply; with `public: false` it is an internal note. A customer's message to a " +
          'closed ticket opens a follow-up ticket, which `ticket` and Location then name.',
        headers: IdempotencyHeaders,
        params: TicketParams,
        body: NewMessage,
        response: answers({ 201: MessageSchema }),
      },
    },
    async (request, reply) => {
      const { body } = request;
      checkAuthor(request, body);
      const identity = identityOf(request);
      const message: Message = {
        id: idOf(`${identity.key}/message`),
        ticket: ticketIdIn(request.params),
        author: body.author,
        authorId: body.author === 'agent' ? actorOf(request).id : null,
        public: body.public ?? true,
        automatic: body.automatic ?? false,
        body: body.body,
        attachments: await checkAttachments(app.parts.attachments, body.attachments),
        createdAt: Date.now(),
      };
      const added = await addMessage(app, request, identity, message, body.status);
      return reply.code(201).header('location', `/v1/tickets/${added.ticket}`).send(messageJson(added));
    },
  );

  app.get(
    '/v1/tickets/:id/messages',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'The conversation, with those of tickets merged into this one',
        params: TicketParams,
        querystring: Strict(PageQuery),
        response: answers({ 200: Page(MessageSchema) }),
      },
    },
    async (request) => {
      const { database } = app.parts;
      const id = ticketIdIn(request.params);
      const { limit = 50, cursor } = request.query;
      const { rows, next } = await listMessages(database.db, id, { limit, ...(cursor !== undefined && { cursor }) });
      if (rows.length === 0 && (await getTicket(database.db, id)) === undefined) throw noTicket();
      return { data: rows.map(messageJson), next };
    },
  );
};

export default routes;

function checkAuthor({ apiKey }: FastifyRequest, { author, public: isPublic, status }: NewMessage): void {
  if (author === 'agent' && (apiKey === null || !mayDo(apiKey.role, 'work'))) {
    throw new Problem('forbidden', 'Only a key with the permission "work" may write an agent\'s messages.');
  }
  if (author === 'agent') return;
  const errors = [];
  if (isPublic === false)
    errors.push({ path: 'public', message: "must be true: a customer's message is no internal note" });
  if (status !== undefined) errors.push({ path: 'status', message: "cannot be set by a customer's message" });
  if (errors.length > 0) throw invalid(errors);
}

/** The message as it was added, to this ticket or to the one that has to take it instead. */
async function addMessage(
  app: App,
  request: FastifyRequest,
  identity: Identity,
  message: Message,
  status: NewMessage['status'],
): Promise<Message> {
  const fromCustomer = message.author === 'customer';
  const actor = fromCustomer ? ({ type: 'customer', id: 'requester' } as const) : actorOf(request);
  const bare = { type: 'addMessage', message, ...(status !== undefined && { status }) } as const;
  const command = commandFrom(request, identity, bare, actor);
  try {
    const answer = await tellTicket(app, message.ticket, command, identity);
    return { ...message, createdAt: answer.at };
  } catch (error) {
    if (fromCustomer && error instanceof NoAnswer && command.type === 'addMessage') {
      return await leaveMessage(app, message, command);
    }
    if (
      fromCustomer &&
      (error instanceof NotRunning || (error instanceof Refused && error.details.status === 'closed'))
    ) {
      const mergedInto = error instanceof Refused ? error.details.mergedInto : undefined;
      return await afterClosing(app, request, identity, message, mergedInto);
    }
    if (
      error instanceof NotRunning &&
      (await getTicket(app.parts.database.db, message.ticket).catch(() => undefined))
    ) {
      throw new Problem('conflict', 'The ticket is closed, and a closed ticket cannot change.');
    }
    throw toProblem(error, 'ticket');
  }
}

/** No worker answers: the message is left with Temporal, which keeps it until one does. Its id tells a repetition. */
async function leaveMessage(
  app: App,
  message: Message,
  command: TicketCommand & { readonly type: 'addMessage' },
): Promise<Message> {
  const { client } = app.parts.temporal;
  try {
    await callTemporal(client, () =>
      client.workflow.getHandle(ticketWorkflowId(message.ticket)).signal(messageSignal, command),
    );
    return message;
  } catch (error) {
    throw toProblem(error, 'ticket');
  }
}

/** A merged ticket's other half takes the message; a closed one is followed up by a new ticket. */
async function afterClosing(
  app: App,
  request: FastifyRequest,
  identity: Identity,
  message: Message,
  knownTarget: string | null | undefined,
): Promise<Message> {
  const closed = await getTicket(app.parts.database.db, message.ticket);
  if (closed === undefined) throw noTicket();
  const mergedInto = knownTarget ?? closed.mergedInto;
  if (mergedInto !== null) {
    return addMessage(app, request, identity, { ...message, ticket: mergedInto }, undefined);
  }
  const { directory } = app.parts;
  const { id, subject, requester, channel, priority, level, team, assignee, tags: ticketTags, customFields } = closed;
  const receivedAt = Date.now();
  const attributes = { priority, level, channel, team, tags: ticketTags };
  const { ticket } = await acceptTicket(app, {
    id: message.id,
    intakeKey: `message/${message.id}`,
    requestHash: identity.hash,
    receivedAt,
    actor: { type: 'customer', id: 'requester' },
    cause: request.id,
    subject,
    message,
    requester,
    ...attributes,
    assignee,
    customFields,
    followUpOf: id,
    sla: directory.termsFor(attributes, undefined, receivedAt),
  });
  return { ...message, ticket: ticket.id, createdAt: ticket.createdAt };
}
