import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { Problem } from '../problem.ts';
import { answers, Nullable } from '../schemas/common.ts';
import { cookieAfter, headersOf, sendCookies } from '../sign-in/calls.ts';
import { SingleSignOn, SsoRefusal, type SsoStep } from '../sign-in/sso.ts';
import { tellOfSignIn } from '../sign-in/tell.ts';

const open = { permission: 'open' } as const;
const tags = ['session'];
const start = '/v1/sso/start';
const onwards = answers({ 302: Type.Null({ description: 'where the browser goes next' }) });

/** How one can sign in, and single sign-on, which browsers are led through. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { sso: settings, publicUrl } = app.parts.config;
  const sso = settings === null ? null : new SingleSignOn(app.parts, settings);

  app.get(
    '/v1/sign-in-methods',
    {
      config: open,
      schema: {
        tags,
        summary: 'How one can sign in',
        response: answers({
          200: Type.Object({
            password: Type.Boolean(),
            sso: Nullable(Type.Object({ name: Type.String(), url: Type.String() })),
          }),
        }),
      },
    },
    () => ({
      password: true,
      sso:
        settings === null
          ? null
          : { name: settings.name, url: `${new URL(publicUrl).pathname.replace(/\/$/, '')}${start}` },
    }),
  );

  app.get(
    start,
    { config: open, schema: { tags, summary: 'Begin single sign-on', response: onwards } },
    async (request, reply) => led(reply, () => singleSignOn().start(request)),
  );

  app.get(
    '/v1/sso/callback',
    {
      config: open,
      schema: {
        tags,
        summary: 'Where the provider of single sign-on leads back to',
        description: 'Goes on to the start page, or to /sign-in?problem= with a word for what went wrong.',
        querystring: Type.Object(
          Object.fromEntries(
            ['code', 'state', 'iss', 'error', 'error_description'].map((name) => [
              name,
              Type.Optional(Type.String({ maxLength: 10_000 })),
            ]),
          ),
        ),
        response: onwards,
      },
    },
    async (request, reply) =>
      led(reply, async () => {
        const step = await singleSignOn().finish(request);
        const session = await app.auth.api.getSession({ headers: headersOf(request, cookieAfter(step.headers)) });
        const person = session === null ? undefined : app.parts.directory.user(session.user.id);
        if (person !== undefined) await tellOfSignIn(request, 'signed-in', person, { method: 'sso' });
        return step;
      }),
  );

  function singleSignOn(): SingleSignOn {
    if (sso !== null) return sso;
    throw new Problem('not-found', 'This desk has no single sign-on: VIGIL_OIDC_ISSUER sets it up.');
  }

  /** To the next step, or back to where somebody can read what went wrong. */
  async function led(reply: FastifyReply, step: () => Promise<SsoStep>): Promise<FastifyReply> {
    try {
      const { url, headers } = await step();
      sendCookies(reply, headers);
      return reply.redirect(url);
    } catch (error) {
      if (!(error instanceof SsoRefusal)) throw error;
      reply.log.warn({ problem: error.problem }, 'single sign-on was refused');
      return reply.redirect(`${publicUrl}/sign-in?problem=${error.problem}`);
    }
  }
};

export default routes;
