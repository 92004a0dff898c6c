import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { listRatings } from '../../db/ratings.ts';
import { shownId } from '../../domain/ticket-id.ts';
import { Problem } from '../problem.ts';
import { answers, IdempotencyHeaders, Page, TicketParams } from '../schemas/common.ts';
import { NewRating, RatingQuery, RatingSchema } from '../schemas/rating.ts';
import { iso, TicketSchema } from '../schemas/ticket.ts';
import { carryOut, requester } from '../ticket-commands.ts';
import { instantIn } from '../ticket-conditions.ts';
import { ticketIdIn } from '../ticket-path.ts';

const tags = ['satisfaction'];

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.parts.database;

  app.post(
    '/v1/tickets/:id/rate',
    {
      config: { permission: 'intake' },
      schema: {
        tags,
        summary: 'Pass on what the customer thinks of how it was solved',
        description:
          'From when the ticket is solved for the first time until it closes. A later rating takes the place of the one ' +
          'before. It is the customer’s: people of the desk, and API keys that act for one of them, cannot give it.',
        headers: IdempotencyHeaders,
        params: TicketParams,
        body: NewRating,
        response: answers({ 200: TicketSchema }),
      },
    },
    async (request, reply) => {
      const id = ticketIdIn(request.params);
      if ((request.principal?.user ?? null) !== null) {
        throw new Problem('forbidden', 'A rating is the customer’s: nobody of the desk can give it.');
      }
      const { rating, comment } = request.body;
      const words = comment?.trim();
      return carryOut(app, request, reply, id, { type: 'rate', rating, comment: words || null }, requester);
    },
  );

  app.get(
    '/v1/satisfaction-ratings',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'List what customers think, the latest first; of each ticket its last rating',
        querystring: RatingQuery,
        response: answers({ 200: Page(RatingSchema) }),
      },
    },
    async ({ query: { limit = 50, from, to, ...filter } }) => {
      const { rows, next } = await listRatings(db, {
        ...filter,
        limit,
        ...(from !== undefined && { from: instantIn('from', from) }),
        ...(to !== undefined && { to: instantIn('to', to) }),
      });
      const data = rows.map((row) => ({ ...row, reference: shownId(row.ticket), ratedAt: iso(row.ratedAt) }));
      return { data, next };
    },
  );
};

export default routes;
