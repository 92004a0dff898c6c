import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { getTicket, listTickets, type TicketSort } from '../../db/tickets.ts';
import { ticketQuery, ticketWorkflowId } from '../../workflows/messages.ts';
import { acceptTicket } from '../intake.ts';
import { identityOf } from '../once.ts';
import { actorOf } from '../plugins/auth.ts';
import { withSecondLook } from '../second-look.ts';
import { answers, IdempotencyHeaders, OneOf, Page, Strict, TicketParams } from '../schemas/common.ts';
import { NewTicket, ticketJson, TicketQuery, TicketSchema } from '../schemas/ticket.ts';
import { checkAttachments } from '../attachments.ts';
import { conditionsIn } from '../ticket-conditions.ts';
import { checkReferences } from '../ticket-references.ts';
import { callTemporal, toProblem } from '../temporal-calls.ts';
import { noTicket, ticketIdIn } from '../ticket-path.ts';

const tags = ['tickets'];

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory, temporal } = app.parts;

  app.post(
    '/v1/tickets',
    {
      config: { permission: 'intake' },
      schema: {
        tags,
        summary: 'Hand in a ticket',
        headers: IdempotencyHeaders,
        body: NewTicket,
        response: answers({ 201: TicketSchema }),
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { priority = 'normal', level = 1, channel = 'api', team = null, assignee = null } = body;
      await withSecondLook(directory, () => checkReferences(directory, body));
      const identity = identityOf(request);
      const receivedAt = Date.now();
      const attributes = { priority, level, channel, team, tags: body.tags ?? [] };
      const { ticket, repeated } = await acceptTicket(app, {
        intakeKey: identity.key,
        requestHash: identity.hash,
        receivedAt,
        actor: actorOf(request),
        cause: request.id,
        subject: body.subject,
        message: {
          author: 'customer',
          authorId: null,
          public: true,
          automatic: false,
          body: body.body,
          attachments: await checkAttachments(app.parts.attachments, body.attachments),
        },
        requester: body.requester,
        ...attributes,
        assignee,
        customFields: body.customFields ?? {},
        followUpOf: null,
        sla: directory.termsFor(attributes, body.slaPolicy, receivedAt),
      });
      reply.log = reply.log.child({ ticket: ticket.id });
      if (repeated) void reply.header('idempotency-replayed', 'true');
      else app.metrics.accepted.inc({ channel });
      return reply.code(201).header('location', `/v1/tickets/${ticket.id}`).send(ticketJson(ticket));
    },
  );

  app.get(
    '/v1/tickets',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'List tickets',
        querystring: TicketQuery,
        response: answers({ 200: Page(TicketSchema) }),
      },
    },
    async (request) => {
      const { sort, limit = 50, cursor, ...conditions } = request.query;
      const { rows, next } = await listTickets(database.db, {
        ...conditionsIn(conditions),
        limit,
        ...(cursor !== undefined && { cursor }),
        ...(sort !== undefined && { sort: sortOf(sort) }),
      });
      return { data: rows.map(ticketJson), next };
    },
  );

  app.get(
    '/v1/tickets/:id',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'A ticket',
        params: TicketParams,
        querystring: Strict({
          source: Type.Optional(
            OneOf(['read-model', 'workflow'], { description: 'whom to ask; the workflow knows first' }),
          ),
        }),
        response: answers({ 200: TicketSchema }),
      },
    },
    async (request) => {
      const id = ticketIdIn(request.params);
      if (request.query.source === 'workflow') {
        const handle = temporal.client.workflow.getHandle(ticketWorkflowId(id));
        const asked = callTemporal(temporal.client, () => handle.query(ticketQuery));
        const { row } = await asked.catch((error: unknown) => {
          throw toProblem(error, 'ticket');
        });
        return ticketJson(row);
      }
      const row = await getTicket(database.db, id);
      if (row === undefined) throw noTicket();
      return ticketJson(row);
    },
  );
};

export default routes;

function sortOf(sort: string): TicketSort {
  const descending = sort.startsWith('-');
  return { by: (descending ? sort.slice(1) : sort) as TicketSort['by'], descending };
}
