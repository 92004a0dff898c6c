import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { leaveTicket, presentNow, tellPresence } from '../../db/presence.ts';
import { hasTicket } from '../../db/tickets.ts';
import { personIn } from '../plugins/auth.ts';
import { answers, TicketParams } from '../schemas/common.ts';
import { NewPresence, OthersPresent, WindowQuery } from '../schemas/presence.ts';
import { noTicket, ticketIdIn } from '../ticket-path.ts';

const tags = ['presence'];
const path = '/v1/tickets/:id/presence';
/** Somebody whose browser is gone is gone after this; said every four seconds, one message may be lost. */
const lifeMs = 10_000;

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { pool } = app.parts.database;

  app.put(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Say that one is looking at a ticket, or writing; it holds for ten seconds',
        description: 'Others hear of it as the event `presence` of `GET /v1/stream?live=true`; nothing is archived.',
        params: TicketParams,
        body: NewPresence,
        response: answers({ 200: OthersPresent }),
      },
    },
    async (request) => {
      const ticket = ticketIdIn(request.params);
      const user = personIn(request);
      const { state, window = 'only' } = request.body;
      if (!(await hasTicket(pool, ticket))) throw noTicket();
      await tellPresence(pool, { ticket, user, window, state }, lifeMs);
      const there = (await presentNow(pool)).get(ticket) ?? [];
      return { data: there.filter((present) => present.user !== user) };
    },
  );

  app.delete(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Say that one has left the ticket',
        params: TicketParams,
        querystring: WindowQuery,
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      const { window = 'only' } = request.query;
      await leaveTicket(pool, { ticket: ticketIdIn(request.params), user: personIn(request), window });
      return reply.code(204).send(null);
    },
  );
};

export default routes;
