import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { endSession } from '../../db/sign-in-sessions.ts';
import { streamHead } from '../../db/stream.ts';
import { sessionIn } from '../plugins/auth.ts';
import { answers, Strict } from '../schemas/common.ts';
import {
  Credentials,
  GivenPassword,
  NewPassword,
  PresentSession,
  sessionJson,
  SessionSchema,
} from '../schemas/session.ts';
import { headersOf, orWrong, sendCookies } from '../sign-in/calls.ts';
import { refuseCrossSite } from '../sign-in/same-site.ts';
import { tellOfSignIn } from '../sign-in/tell.ts';
import { limitTries } from '../sign-in/tries.ts';
import { signInWithPassword } from '../sign-in/with-password.ts';

const tags = ['session'];
const path = '/v1/session';

/** Signing in and out, and one's own password. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    path,
    {
      config: { permission: 'open' },
      onRequest: async (request) => refuseCrossSite(request, app.parts.config),
      schema: {
        tags,
        summary: 'Sign in; the cookie that comes with the answer is taken wherever an API key is',
        description:
          'Needs the header x-vigil-request: 1. Where the password is right and the user has a second factor, the ' +
          'problem second-factor-needed asks for the same once more, with a code.',
        body: Credentials,
        response: answers({ 200: SessionSchema }),
      },
    },
    async (request, reply) => {
      const { user, secondFactor, headers } = await signInWithPassword(app, request, request.body);
      await tellOfSignIn(request, 'signed-in', user, { method: secondFactor ? 'password-and-code' : 'password' });
      sendCookies(reply, headers);
      return sessionJson(user, secondFactor);
    },
  );

  app.get(
    path,
    {
      config: { permission: 'own' },
      schema: { tags, summary: 'Who is signed in', response: answers({ 200: PresentSession }) },
    },
    async (request, reply) => {
      const { person, secondFactor } = sessionIn(request);
      void reply.header('cache-control', 'no-store');
      // Sessions are known for a moment while the database is away.
      const position = await streamHead(app.parts.database.db).catch(() => null);
      return { ...sessionJson(person, secondFactor), position };
    },
  );

  app.delete(
    path,
    {
      config: { permission: 'own' },
      schema: { tags, summary: 'Sign out', response: answers({ 204: Type.Null() }) },
    },
    async (request, reply) => {
      const { id, person } = sessionIn(request);
      // First, since better-auth lets go of the cookies even where the session cannot be ended.
      await endSession(app.parts.database, person, id, 'signed-out');
      const { headers } = await app.auth.api.signOut({ headers: headersOf(request), returnHeaders: true });
      sendCookies(reply, headers);
      return reply.code(204).send(null);
    },
  );

  app.put(
    `${path}/password`,
    {
      config: { permission: 'own' },
      schema: {
        tags,
        summary: 'Change one’s password; all other sessions end',
        body: Strict({ current: GivenPassword, new: NewPassword }),
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      const { current, new: newPassword } = request.body;
      const body = { currentPassword: current, newPassword, revokeOtherSessions: true };
      const { email } = sessionIn(request).person;
      const { headers } = await limitTries(app.parts, request, email, () =>
        orWrong('current', 'is not your password', () =>
          app.auth.api.changePassword({ body, headers: headersOf(request), returnHeaders: true }),
        ),
      );
      await tellOfSignIn(request, 'password-changed', sessionIn(request).person);
      sendCookies(reply, headers);
      return reply.code(204).send(null);
    },
  );
};

export default routes;
