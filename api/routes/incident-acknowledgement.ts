import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { verifyAcknowledge } from '../../config/acknowledge-token.ts';
import { getIncident } from '../../db/incidents.ts';
import type { Actor } from '../../domain/ticket.ts';
import { askPage, donePage, pageHeaders, refusalPage } from '../acknowledge-page.ts';
import type { App } from '../app.ts';
import { tellIncident } from '../incident-commands.ts';
import { withSecondLook } from '../second-look.ts';
import { identityOf } from '../once.ts';
import { actorOf, authorize } from '../plugins/auth.ts';
import { Problem } from '../problem.ts';
import { answers, IdempotencyHeaders, IdParams, Strict } from '../schemas/common.ts';
import { incidentJson, IncidentSchema } from '../schemas/incident.ts';

const path = '/v1/incidents/:id/acknowledge';
const tags = ['incidents'];
const Token = Type.String({ maxLength: 1000, description: 'from the link in a page; it stands for an API key' });

const webPage = (description: string) => ({ description, content: { 'text/html': { schema: Type.String() } } });

/** Acknowledging, by an API key or by the link that a page carries. */
export default async function routes(app: App): Promise<void> {
  // What a browser sends for a form without fields.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 1024 },
    (_r, _b, done) => done(null, undefined),
  );

  app.get(
    path,
    {
      config: { permission: 'open' },
      schema: {
        tags,
        summary: 'The page behind the link in a page; opening it acknowledges nothing',
        params: IdParams,
        querystring: Strict({ token: Token }),
        response: answers({ 200: webPage('The page'), 403: webPage('The link is not valid, or not any more') }),
      },
    },
    async (request, reply) => {
      const { id } = request.params as { id: string };
      try {
        await withSecondLook(app.parts.directory, () => granted(app, request));
      } catch (error) {
        return refuse(reply, error);
      }
      // The link works while the database is away; only what the incident is about is missing then.
      const found = await getIncident(app.parts.database.db, id).catch(() => undefined);
      return reply.headers(pageHeaders).send(askPage(id, found?.incident));
    },
  );

  app.post(
    path,
    {
      config: { permission: 'open' },
      onRequest: async (request) => {
        if (tokenIn(request) === undefined) await authorize(app, request, 'work');
      },
      schema: {
        tags,
        summary: 'Say that somebody is on it: nobody else is paged',
        headers: IdempotencyHeaders,
        params: IdParams,
        querystring: Strict({ token: Type.Optional(Token) }),
        body: Type.Optional(Strict({})),
        response: answers({ 200: IncidentSchema }),
      },
    },
    async (request, reply) => {
      const { id } = request.params as { id: string };
      const asPage = (request.headers.accept ?? '').includes('text/html');
      try {
        const actor =
          tokenIn(request) === undefined
            ? actorOf(request)
            : await withSecondLook(app.parts.directory, () => granted(app, request));
        const order = {
          command: { type: 'acknowledge' },
          actor,
          cause: request.id,
          identity: identityOf(request),
        } as const;
        const { incident, repeated } = await tellIncident(app, id, order);
        if (repeated) void reply.header('idempotency-replayed', 'true');
        if (!asPage) return await reply.send(incidentJson(incident));
        return await reply.headers(pageHeaders).serializer(String).send(donePage(incident));
      } catch (error) {
        if (asPage) return refuse(reply, error);
        throw error;
      }
    },
  );
}

/** @throws Problem 403 where the link is not for this incident, or has run out */
function granted({ parts: { secret, directory } }: App, request: FastifyRequest): Actor {
  const { id } = request.params as { id: string };
  const grant = verifyAcknowledge(secret, tokenIn(request) ?? '', Date.now());
  if (grant?.incident !== id || directory.user(grant.user)?.active !== true) {
    throw new Problem('forbidden', 'This link is not valid, or not any more.');
  }
  return { type: 'user', id: grant.user };
}

function tokenIn(request: FastifyRequest): string | undefined {
  return (request.query as { token?: string }).token;
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof Problem)) throw error;
  return reply.code(error.status).headers(pageHeaders).serializer(String).send(refusalPage(error.message));
}
