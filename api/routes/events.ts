import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listTicketEvents } from '../../db/events.ts';
import { getTicket } from '../../db/tickets.ts';
import { answers, Page, PageQuery, Strict, TicketParams } from '../schemas/common.ts';
import { eventJson, EventSchema } from '../schemas/event.ts';
import { noTicket, ticketIdIn } from '../ticket-path.ts';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/v1/tickets/:id/events',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['events'],
        summary: 'Everything that happened to the ticket and its incidents, in order',
        params: TicketParams,
        querystring: Strict({
          ...PageQuery,
          type: Type.Optional(Type.String({ maxLength: 100, examples: ['sla.breached'] })),
        }),
        response: answers({ 200: Page(EventSchema) }),
      },
    },
    async (request) => {
      const { db } = app.parts.database;
      const id = ticketIdIn(request.params);
      const { limit = 50, ...filter } = request.query;
      const { rows, next } = await listTicketEvents(db, id, { limit, ...filter });
      if (rows.length === 0 && (await getTicket(db, id)) === undefined) throw noTicket();
      return { data: rows.map(eventJson), next };
    },
  );
};

export default routes;
