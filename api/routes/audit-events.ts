import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { listAuditEvents } from '../../db/audit-events.ts';
import { auditEventJson, AuditEventSchema, AuditQuery } from '../schemas/audit-event.ts';
import { answers, Page } from '../schemas/common.ts';

/** Who changed what of the desk, and who got in. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/v1/audit-events',
    {
      config: { permission: 'configure' },
      schema: {
        tags: ['audit-events'],
        summary: 'The trail of changes, the latest first',
        description:
          'One event for each time that somebody changed the configuration or people, by the API or by `vigil apply`, ' +
          'signed in or out, or changed how they do. Secrets are never part of it. Events are never changed or deleted.',
        querystring: AuditQuery,
        response: answers({ 200: Page(AuditEventSchema) }),
      },
    },
    async ({ query: { cursor, limit = 50, from, until, ...filter } }) => {
      const window = { ...(from && { from: new Date(from) }), ...(until && { until: new Date(until) }) };
      const page = await listAuditEvents(app.parts.database, { ...filter, ...window }, { cursor, limit });
      return { data: page.rows.map(auditEventJson), next: page.next };
    },
  );
};

export default routes;
