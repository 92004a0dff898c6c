import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { listMessages } from '../../db/messages.ts';
import { getTicket } from '../../db/tickets.ts';
import { idOf } from '../../domain/ticket-id.ts';
import type { Message } from '../../domain/ticket.ts';
import { addAgentMessage, addCustomerMessage } from '../add-message.ts';
import { checkAttachments } from '../attachments.ts';
import { identityOf } from '../once.ts';
import { mayDo } from '../permissions.ts';
import { actorOf } from '../plugins/auth.ts';
import { invalid, Problem } from '../problem.ts';
import { answers, IdempotencyHeaders, Page, PageQuery, Strict, TicketParams } from '../schemas/common.ts';
import { AddedMessageSchema, MessageSchema, messageJson, NewMessage } from '../schemas/message.ts';
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
          "An agent's public message is a reply; with `public: false` it is an internal note. A customer's message is " +
          'accepted even while no worker runs, and handled later. To a closed ticket, it opens a follow-up ticket, ' +
          'which `ticket` and Location then name.',
        headers: IdempotencyHeaders,
        params: TicketParams,
        body: NewMessage,
        response: answers({ 201: AddedMessageSchema }),
      },
    },
    async (request, reply) => {
      const { body } = request;
      checkAuthor(request, body);
      const identity = identityOf(request);
      const ticket = ticketIdIn(request.params);
      const { author, automatic = false } = body;
      const message: Message = {
        // The ticket is part of it: a caller may use one key for a ticket and its messages, or for those of two tickets.
        id: idOf(`${identity.key}/${ticket}`),
        ticket,
        author,
        authorId: author === 'agent' ? actorOf(request).id : null,
        public: body.public ?? true,
        automatic,
        body: body.body,
        attachments: await checkAttachments(app.parts.attachments, body.attachments),
        createdAt: Date.now(),
      };
      const added =
        author === 'customer'
          ? await addCustomerMessage(app, request, identity, message)
          : await addAgentMessage(app, request, identity, {
              message,
              ...(body.status !== undefined && { status: body.status }),
            });
      if (added.repeated) void reply.header('idempotency-replayed', 'true');
      return reply
        .code(201)
        .header('location', `/v1/tickets/${added.message.ticket}`)
        .send({ ...messageJson(added.message), followUpOf: added.followUpOf });
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

function checkAuthor({ principal }: FastifyRequest, { author, public: isPublic, status }: NewMessage): void {
  if (author === 'agent') {
    const needed = isPublic === false && status === undefined ? 'note' : 'work';
    if (principal !== null && mayDo(principal.role, needed)) return;
    const what = needed === 'note' ? 'leave internal notes' : "write an agent's replies, or change the state";
    throw new Problem('forbidden', `Only who has the permission "${needed}" may ${what}.`);
  }
  const errors = [];
  if (isPublic === false) {
    errors.push({ path: 'public', message: "must be true: a customer's message is no internal note" });
  }
  if (status !== undefined) errors.push({ path: 'status', message: "cannot be set by a customer's message" });
  if (errors.length > 0) throw invalid(errors);
}
