import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { countUnread, findMentions, listMentions, markRead } from '../../db/mentions.ts';
import { shownId } from '../../domain/ticket-id.ts';
import { background } from '../background.ts';
import { personIn } from '../plugins/auth.ts';
import { answers, IdempotencyHeaders } from '../schemas/common.ts';
import { MentionPage, MentionQuery, ReadMentions, Unread } from '../schemas/mention.ts';
import { iso } from '../schemas/ticket.ts';
import { ticketIdIn } from '../ticket-path.ts';

const tags = ['mentions'];
const path = '/v1/mentions';

/** Where somebody was named in internal notes: their inbox. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;
  const { db } = database;

  background(app, 'the search for mentions', async () => {
    const people = () => directory.users().filter(({ active }) => active);
    while (await findMentions(database, people));
  });

  app.get(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Where one was named in internal notes, the latest first',
        querystring: MentionQuery,
        response: answers({ 200: MentionPage }),
      },
    },
    async (request) => {
      const user = personIn(request);
      const { limit = 50, cursor, unread = false } = request.query;
      const { rows, next } = await listMentions(db, user, { limit, cursor, unread });
      const data = rows.map(({ number: _number, createdAt, readAt, ...mention }) => ({
        ...mention,
        reference: shownId(mention.ticket),
        createdAt: iso(createdAt.getTime()),
        readAt: iso(readAt === null ? null : readAt.getTime()),
      }));
      return { data, next, unread: await countUnread(db, user) };
    },
  );

  app.post(
    `${path}/read`,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Mark mentions as read',
        headers: IdempotencyHeaders,
        body: ReadMentions,
        response: answers({ 200: Unread }),
      },
    },
    async (request) => {
      const user = personIn(request);
      const { mentions, ticket } = request.body;
      await markRead(db, user, {
        ...(mentions !== undefined && { mentions }),
        ...(ticket !== undefined && { ticket: ticketIdIn({ id: ticket }) }),
      });
      return { unread: await countUnread(db, user) };
    },
  );
};

export default routes;
