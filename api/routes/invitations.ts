import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { acceptInvitation, invitationUrl, invite, invitedUser } from '../../db/invitations.ts';
import type { User } from '../../db/users.ts';
import { authorOf } from '../plugins/auth.ts';
import { Problem } from '../problem.ts';
import { answers, IdParams, Instant, Strict } from '../schemas/common.ts';
import { NewPassword, sessionJson, SessionSchema } from '../schemas/session.ts';
import { iso } from '../schemas/ticket.ts';
import { withSecondLook } from '../second-look.ts';
import { hashPassword } from '../sign-in/auth.ts';
import { sendCookies } from '../sign-in/calls.ts';
import { isHere } from '../sign-in/people.ts';
import { refuseCrossSite } from '../sign-in/same-site.ts';
import { signInAs } from '../sign-in/with-password.ts';

const tags = ['session'];
const open = { permission: 'open' } as const;
const params = Strict({ token: Type.String({ minLength: 1, maxLength: 100 }) });

/** Links by which people set their password: the first time, and when they have forgotten it. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, database, directory } = app.parts;

  async function here(id: string | undefined, none: () => Problem): Promise<User> {
    return withSecondLook(directory, () => {
      const user = id === undefined ? undefined : directory.user(id);
      if (isHere(user)) return user;
      throw none();
    });
  }

  app.post(
    '/v1/users/:id/invitations',
    {
      config: { permission: 'administer' },
      schema: {
        tags,
        summary: 'Make a link by which the user sets a password; the one before is void',
        description:
          'It works once, and begins anew: the second factor and all sessions of the user end when it is used.',
        params: IdParams,
        response: answers({ 201: Type.Object({ url: Type.String(), expiresAt: Instant }) }),
      },
    },
    async (request, reply) => {
      const user = await here(request.params.id, () => new Problem('not-found', 'There is no active user of this id.'));
      const invitation = await invite(database, user, authorOf(request));
      void reply.header('cache-control', 'no-store');
      return reply.code(201).send({
        url: invitationUrl(config.publicUrl, invitation),
        expiresAt: iso(invitation.expiresAt.getTime()),
      });
    },
  );

  app.get(
    '/v1/invitations/:token',
    {
      config: open,
      schema: {
        tags,
        summary: 'Whom an invitation is for',
        params,
        response: answers({ 200: Type.Object({ name: Type.String(), email: Type.String() }) }),
      },
    },
    async (request) => {
      const { name, email } = await here(await invitedUser(database, request.params.token), noInvitation);
      return { name, email };
    },
  );

  app.post(
    '/v1/invitations/:token',
    {
      config: open,
      onRequest: async (request) => refuseCrossSite(request, config),
      schema: {
        tags,
        summary: 'Set the password, and sign in; the invitation is used up',
        params,
        body: Strict({ password: NewPassword }),
        response: answers({ 200: SessionSchema }),
      },
    },
    async (request, reply) => {
      const { token } = request.params;
      const { password } = request.body;
      // Whoever has no invitation is not to make us compute hashes.
      const user = await here(await invitedUser(database, token), noInvitation);
      if ((await acceptInvitation(database, token, await hashPassword(password))) === undefined) throw noInvitation();
      const { secondFactor, headers } = await signInAs(app, request, user, { password });
      sendCookies(reply, headers);
      return sessionJson(user, secondFactor);
    },
  );
};

export default routes;

function noInvitation(): Problem {
  return new Problem('not-found', 'This invitation has been used, has expired, or was never there: ask for another.');
}
