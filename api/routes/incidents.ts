import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { incidentTimelines } from '../../db/incident-timelines.ts';
import { getIncident, listIncidents } from '../../db/incidents.ts';
import { parseId } from '../../domain/ticket-id.ts';
import { invalid, Problem } from '../problem.ts';
import { answers, IdParams, Page } from '../schemas/common.ts';
import { IncidentQuery, incidentStatuses, IncidentWithTimeline, incidentWithTimeline } from '../schemas/incident.ts';
import incidentAnswers from './incident-answers.ts';

const tags = ['incidents'];

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.parts;
  await app.register(incidentAnswers);

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
};

export default routes;

function statusesIn(text: string): (typeof incidentStatuses)[number][] {
  return text.split(',').map((word) => {
    const status = incidentStatuses.find((known) => known === word);
    if (status !== undefined) return status;
    throw invalid([{ path: 'query.status', message: `must be among ${incidentStatuses.join(', ')}` }]);
  });
}
