import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { sessionIn } from '../plugins/auth.ts';
import { Problem } from '../problem.ts';
import { answers, Strict } from '../schemas/common.ts';
import { Code, GivenPassword } from '../schemas/session.ts';
import { headersOf, orWrong, sendCookies } from '../sign-in/calls.ts';
import { tellOfSignIn } from '../sign-in/tell.ts';
import { limitTries } from '../sign-in/tries.ts';

const tags = ['session'];
const path = '/v1/session/second-factor';
const body = Strict({ password: GivenPassword });

/** A code of an app beside the password, by everybody's own choice. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    path,
    {
      config: { permission: 'own' },
      schema: {
        tags,
        summary: 'Begin a second factor, which a code then confirms; the backup codes are shown this once',
        body,
        response: answers({
          200: Type.Object({
            uri: Type.String({ description: 'for the app that shows codes, as a QR code or a link' }),
            backupCodes: Type.Array(Type.String()),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { person, secondFactor } = sessionIn(request);
      if (secondFactor) throw new Problem('conflict', 'You have a second factor: remove it before you begin another.');
      const { password } = request.body;
      const { response, headers } = await limitTries(app.parts, request, person.email, () =>
        orWrong('password', 'is not your password', () =>
          app.auth.api.enableTwoFactor({
            body: { password, method: 'totp' },
            headers: headersOf(request),
            returnHeaders: true,
          }),
        ),
      );
      if (response.method !== 'totp') throw new Error('better-auth began another second factor than it was asked for.');
      sendCookies(reply, headers);
      void reply.header('cache-control', 'no-store');
      return { uri: labelled(response.totpURI, person.email), backupCodes: response.backupCodes };
    },
  );

  app.post(
    `${path}/confirm`,
    {
      config: { permission: 'own' },
      schema: {
        tags,
        summary: 'Confirm the second factor: from now on signing in takes a code',
        body: Strict({ code: Code }),
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      const code = request.body.code.replaceAll(/\s/g, '');
      const { person, secondFactor } = sessionIn(request);
      const { headers } = await limitTries(app.parts, request, person.email, () =>
        orWrong('code', 'is not the code of this moment', () =>
          app.auth.api.verifyTOTP({ body: { code }, headers: headersOf(request), returnHeaders: true }),
        ),
      );
      if (!secondFactor) await tellOfSignIn(request, 'second-factor-added', person);
      sendCookies(reply, headers);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    path,
    {
      config: { permission: 'own' },
      schema: { tags, summary: 'Remove the second factor', body, response: answers({ 204: Type.Null() }) },
    },
    async (request, reply) => {
      const { password } = request.body;
      const { person, secondFactor } = sessionIn(request);
      const { headers } = await limitTries(app.parts, request, person.email, () =>
        orWrong('password', 'is not your password', () =>
          app.auth.api.disableTwoFactor({ body: { password }, headers: headersOf(request), returnHeaders: true }),
        ),
      );
      if (secondFactor) await tellOfSignIn(request, 'second-factor-removed', person);
      sendCookies(reply, headers);
      return reply.code(204).send(null);
    },
  );
};

export default routes;

/** As apps that show codes name the account: by the address that its owner knows. */
function labelled(totpUri: string, email: string): string {
  const uri = new URL(totpUri);
  uri.pathname = `/${encodeURIComponent(`Vigil:${email}`)}`;
  return uri.href;
}
