import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { endSession, listSessions } from '../../db/sign-in-sessions.ts';
import { sessionIn } from '../plugins/auth.ts';
import { Problem } from '../problem.ts';
import { answers, IdParams } from '../schemas/common.ts';
import { OwnSession } from '../schemas/session.ts';
import { iso } from '../schemas/ticket.ts';
import { headersOf, sendCookies } from '../sign-in/calls.ts';

const tags = ['session'];

/** Where somebody is signed in, and signing out there. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.parts;

  app.get(
    '/v1/sessions',
    {
      config: { permission: 'own' },
      schema: {
        tags,
        summary: 'One’s own sessions, the latest first',
        response: answers({ 200: Type.Object({ data: Type.Array(OwnSession) }) }),
      },
    },
    async (request) => {
      const { id: current, user } = sessionIn(request);
      // Asked for here, since better-auth's own list does not say why it cannot be had.
      const sessions = await listSessions(database, user);
      return {
        data: sessions.map(({ id, createdAt, updatedAt, expiresAt, userAgent }) => ({
          id,
          createdAt: iso(createdAt.getTime()),
          lastUsedAt: iso(updatedAt.getTime()),
          expiresAt: iso(expiresAt.getTime()),
          userAgent: userAgent || null,
          current: id === current,
        })),
      };
    },
  );

  app.delete(
    '/v1/sessions/:id',
    {
      config: { permission: 'own' },
      schema: {
        tags,
        summary: 'End one of one’s own sessions; it is believed for half a minute more where it was just used',
        params: IdParams,
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      const { id: current, person } = sessionIn(request);
      const { id } = request.params;
      const action = id === current ? 'signed-out' : 'session-ended';
      if (!(await endSession(database, person, id, action)))
        throw new Problem('not-found', 'You have no session of this id.');
      if (id === current) {
        const { headers } = await app.auth.api.signOut({ headers: headersOf(request), returnHeaders: true });
        sendCookies(reply, headers);
      }
      return reply.code(204).send(null);
    },
  );
};

export default routes;
