import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { countTickets } from '../../db/ticket-counts.ts';
import { answers } from '../schemas/common.ts';
import { TicketConditionsQuery } from '../schemas/ticket.ts';
import { TicketCounts } from '../schemas/ticket-counts.ts';
import { conditionsIn } from '../ticket-conditions.ts';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.parts;

  app.get(
    '/v1/tickets/counts',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['tickets'],
        summary: 'Count tickets, by the same conditions as the list has',
        querystring: TicketConditionsQuery,
        response: answers({ 200: TicketCounts }),
      },
    },
    async ({ query }) => {
      const byStatus = await countTickets(database.db, conditionsIn(query));
      return { total: Object.values(byStatus).reduce((sum, n) => sum + n, 0), byStatus };
    },
  );
};

export default routes;
