import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { getTicket, ticketClocks } from '../../db/tickets.ts';
import { ticketQuery, ticketWorkflowId } from '../../workflows/messages.ts';
import { answers, OneOf, Strict, TicketParams } from '../schemas/common.ts';
import { slaJson, SlaSchema } from '../schemas/sla.ts';
import { callTemporal, toProblem } from '../temporal-calls.ts';
import { noTicket, ticketIdIn } from '../ticket-path.ts';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, temporal } = app.parts;
  app.get(
    '/v1/tickets/:id/sla',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['sla'],
        summary: "The ticket's clocks, with every segment and why",
        description: 'The workflow knows the present promises; the history is in the read model.',
        params: TicketParams,
        querystring: Strict({ source: Type.Optional(OneOf(['read-model', 'workflow'])) }),
        response: answers({ 200: SlaSchema }),
      },
    },
    async (request) => {
      const id = ticketIdIn(request.params);
      if (request.query.source === 'workflow') {
        const handle = temporal.client.workflow.getHandle(ticketWorkflowId(id));
        const { row, clocks } = await callTemporal(temporal.client, () => handle.query(ticketQuery)).catch(
          (error: unknown) => {
            throw toProblem(error, 'ticket');
          },
        );
        return slaJson(row.slaPolicy, clocks, row.openTime.spans, Date.now());
      }
      const row = await getTicket(database.db, id);
      if (row === undefined) throw noTicket();
      return slaJson(row.slaPolicy, await ticketClocks(database.db, id), row.openTime.spans, Date.now());
    },
  );
};

export default routes;
