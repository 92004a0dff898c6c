import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type TSchema } from 'typebox';
import { signAcknowledge, verifyAcknowledge } from '../../config/acknowledge-token.ts';
import { getIncident } from '../../db/incidents.ts';
import { parseInstant } from '../../domain/instant.ts';
import { parseDuration } from '../../domain/duration.ts';
import type { Actor } from '../../domain/ticket.ts';
import type { App } from '../app.ts';
import { type BareIncidentCommand, tellIncident } from '../incident-commands.ts';
import { askPage, donePage, type PageLinks, pageHeaders, refusalPage, usedPage } from '../incident-page.ts';
import { identityOf, KeyReused } from '../once.ts';
import { actorOf, authorize } from '../plugins/auth.ts';
import { Problem, unprocessable } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { answers, Id, IdempotencyHeaders, IdParams, Instant, Strict } from '../schemas/common.ts';
import { incidentJson, IncidentSchema } from '../schemas/incident.ts';

const tags = ['incidents'];
const Token = Type.String({ maxLength: 1000, description: 'from the link in a page; it stands for an API key, once' });
const Nothing = Type.Optional(Strict({}));

const longestSnoozeMs = 30 * 24 * 60 * 60 * 1000;
/** Of the link that the page shows once a link was used: for what is still to be done about the incident. */
const nextLinkMs = 24 * 60 * 60 * 1000;

const webPage = (description: string) => ({ description, content: { 'text/html': { schema: Type.String() } } });

/** What people answer to a page: by an API key, or by the link that the page carries, which is good for one answer. */
export default async function routes(app: App): Promise<void> {
  const { database, directory, secret } = app.parts;
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 1024 },
    (_request, body, done) =>
      done(null, body === '' ? undefined : Object.fromEntries(new URLSearchParams(body as string))),
  );

  app.get(
    '/v1/incidents/:id/acknowledge',
    {
      config: { permission: 'open' },
      schema: {
        tags,
        summary: 'The page behind the link in a page; opening it changes nothing',
        params: IdParams,
        querystring: Strict({ token: Token }),
        response: answers({ 200: webPage('The page'), 403: webPage('The link is not valid, or not any more') }),
      },
    },
    async (request, reply) => {
      const { id } = request.params as { id: string };
      const token = tokenIn(request) ?? '';
      let user: string;
      try {
        user = (await withSecondLook(directory, () => granted(app, request))).id;
      } catch (error) {
        return refuse(reply, error);
      }
      // The link works while the database is away; only what the incident is about is missing then.
      const found = await getIncident(database.db, id).catch(() => undefined);
      return reply.headers(pageHeaders).send(askPage(id, found?.incident, linksOf(token, user)));
    },
  );

  function command<B extends TSchema>(
    name: BareIncidentCommand['type'],
    summary: string,
    body: B,
    toCommand: (body: Type.Static<B>) => BareIncidentCommand,
  ): void {
    app.post(
      `/v1/incidents/:id/${name}`,
      {
        config: { permission: 'open' },
        onRequest: async (request) => {
          if (tokenIn(request) === undefined) await authorize(app, request, 'work');
        },
        schema: {
          tags,
          summary,
          headers: IdempotencyHeaders,
          params: IdParams,
          querystring: Strict({ token: Type.Optional(Token) }),
          body,
          response: answers({ 200: IncidentSchema }),
        },
      },
      async (request, reply) => {
        const { id } = request.params as { id: string };
        const token = tokenIn(request);
        const asPage = (request.headers.accept ?? '').includes('text/html');
        try {
          const actor =
            token === undefined ? actorOf(request) : await withSecondLook(directory, () => granted(app, request));
          const order = {
            command: await withSecondLook(directory, () => toCommand((request.body ?? {}) as Type.Static<B>)),
            actor,
            cause: request.id,
            identity: identityFor(request, token),
          };
          const { incident, repeated } = await tellIncident(app, id, order);
          if (repeated) void reply.header('idempotency-replayed', 'true');
          if (!asPage) return await reply.send(incidentJson(incident));
          void reply.headers(pageHeaders).serializer(String);
          if (repeated) return await reply.send(usedPage(incident));
          const next = { incident: id, user: actor.id, expiresAt: Date.now() + nextLinkMs };
          const links = token === undefined ? null : linksOf(signAcknowledge(secret, next), actor.id);
          return await reply.send(donePage(incident, order.command.type, links));
        } catch (caught) {
          const error = token !== undefined && caught instanceof KeyReused ? usedUp() : caught;
          if (asPage) return refuse(reply, error);
          throw error;
        }
      },
    );
  }

  command('acknowledge', 'Say that somebody is on it: nobody else is paged', Nothing, () => ({ type: 'acknowledge' }));
  command('resolve', 'Call it resolved', Nothing, () => ({ type: 'resolve' }));
  command('escalate', 'Page the next step of its policy now', Nothing, () => ({ type: 'escalate' }));
  command('reassign', 'Page another person for it', Strict({ user: Id }), ({ user }) => {
    if (directory.user(user)?.active === true) return { type: 'reassign', user };
    throw unprocessable([{ path: 'user', message: `there is no active user ${user}` }]);
  });
  command('snooze', 'Let it rest for a while; afterwards it escalates', Snooze, (rest) => ({
    type: 'snooze',
    until: endOf(rest, Date.now()),
  }));

  function linksOf(token: string, user: string): PageLinks {
    const others = directory
      .users()
      .filter(({ id, active, role }) => active && id !== user && role !== 'viewer')
      .toSorted((a, b) => a.name.localeCompare(b.name));
    return { token, others };
  }
}

const Snooze = Strict({
  until: Type.Optional(Instant),
  for: Type.Optional(Type.String({ maxLength: 40, examples: ['PT1H'], description: 'instead of `until`' })),
});

/** @throws Problem that names the field */
function endOf({ until, for: length }: Type.Static<typeof Snooze>, now: number): number {
  if ((until === undefined) === (length === undefined)) {
    throw unprocessable([{ path: 'until', message: 'say either until when, or for how long' }]);
  }
  const path = until === undefined ? 'for' : 'until';
  const end = until === undefined ? now + durationOf(length ?? '') : parseInstant(until);
  if (end !== undefined && now < end && end <= now + longestSnoozeMs) return end;
  throw unprocessable([{ path, message: 'must end within the next 30 days' }]);
}

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw unprocessable([{ path: 'for', message: (error as Error).message }]);
  }
}

/** By a link each answer is the same request, whatever else it says: so that it is good for one. */
function identityFor(request: FastifyRequest, token: string | undefined) {
  const identity = identityOf(request);
  if (token === undefined) return identity;
  return { ...identity, key: `link:${createHash('sha256').update(token).digest('hex').slice(0, 40)}` };
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

function usedUp(): Problem {
  return new Problem('conflict', 'This link was used for another answer. The newest page has a link of its own.');
}

function tokenIn(request: FastifyRequest): string | undefined {
  return (request.query as { token?: string }).token;
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof Problem)) throw error;
  return reply.code(error.status).headers(pageHeaders).serializer(String).send(refusalPage(error.message));
}
