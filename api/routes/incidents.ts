import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type TSchema } from 'typebox';
import { incidentTimelines } from '../../db/incident-timelines.ts';
import { getIncident, listIncidents } from '../../db/incidents.ts';
import { parseId } from '../../domain/ticket-id.ts';
import { parseInstant } from '../../domain/instant.ts';
import { type BareIncidentCommand, tellIncident } from '../incident-commands.ts';
import { identityOf } from '../once.ts';
import { actorOf } from '../plugins/auth.ts';
import { invalid, Problem, unprocessable } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { answers, Id, IdempotencyHeaders, IdParams, Instant, Page, Strict } from '../schemas/common.ts';
import {
  incidentJson,
  IncidentQuery,
  IncidentSchema,
  incidentStatuses,
  IncidentWithTimeline,
  incidentWithTimeline,
} from '../schemas/incident.ts';
import acknowledgement from './incident-acknowledgement.ts';

const tags = ['incidents'];
const longestSnoozeMs = 30 * 24 * 60 * 60 * 1000;

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;
  await app.register(acknowledgement);

  app.get(
    '/v1/incidents',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'List incidents, the latest opened first',
        querystring: IncidentQuery,
        response: answers({ 200: Page(IncidentWithTimeline) }),
      },
    },
    async (request) => {
      const { status, ticket, limit = 50, ...filter } = request.query;
      const { rows, next } = await listIncidents(database.db, {
        ...filter,
        limit,
        ...(status !== undefined && { status: statusesIn(status) }),
        ...(ticket !== undefined && { ticket: parseId(ticket) ?? ticket }),
      });
      const timelines = await incidentTimelines(
        database.db,
        rows.map((row) => row.id),
      );
      return { data: rows.map((row) => incidentWithTimeline(row, timelines.get(row.id) ?? [])), next };
    },
  );

  app.get(
    '/v1/incidents/:id',
    {
      config: { permission: 'read' },
      schema: { tags, summary: 'An incident', params: IdParams, response: answers({ 200: IncidentWithTimeline }) },
    },
    async (request) => {
      const found = await getIncident(database.db, request.params.id);
      if (found === undefined) throw new Problem('not-found', 'There is no incident of this id.');
      return incidentWithTimeline(found.incident, found.timeline);
    },
  );

  const command = <B extends TSchema>(
    path: string,
    summary: string,
    body: B,
    toCommand: (body: Type.Static<B>) => BareIncidentCommand,
  ): void => {
    const response = answers({ 200: IncidentSchema });
    app.post(
      `/v1/incidents/:id/${path}`,
      {
        config: { permission: 'work' },
        schema: { tags, summary, headers: IdempotencyHeaders, params: IdParams, body, response },
      },
      async (request, reply) => {
        const order = {
          command: await withSecondLook(directory, () => toCommand((request.body ?? {}) as Type.Static<B>)),
          actor: actorOf(request),
          cause: request.id,
          identity: identityOf(request),
        };
        const { id } = request.params;
        const { incident, repeated } = await tellIncident(app, id, order);
        if (repeated) void reply.header('idempotency-replayed', 'true');
        return reply.send(incidentJson(incident));
      },
    );
  };

  command('resolve', 'Call it resolved', Type.Optional(Strict({})), () => ({ type: 'resolve' }));
  command('reassign', 'Page another person for it', Strict({ user: Id }), ({ user }) => {
    if (directory.user(user)?.active === true) return { type: 'reassign', user };
    throw unprocessable([{ path: 'user', message: `there is no active user ${user}` }]);
  });
  command('snooze', 'Let it rest until then; afterwards it escalates', Strict({ until: Instant }), (body) => {
    const until = parseInstant(body.until);
    const now = Date.now();
    if (until !== undefined && now < until && until <= now + longestSnoozeMs) return { type: 'snooze', until };
    throw unprocessable([{ path: 'until', message: 'must be an instant of the next 30 days' }]);
  });
};

export default routes;

function statusesIn(text: string): (typeof incidentStatuses)[number][] {
  return text.split(',').map((word) => {
    const status = incidentStatuses.find((known) => known === word);
    if (status !== undefined) return status;
    throw invalid([{ path: 'query.status', message: `must be among ${incidentStatuses.join(', ')}` }]);
  });
}
