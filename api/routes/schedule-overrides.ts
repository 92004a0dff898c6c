import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { changeDesk, type DeskChange } from '../../db/desk-change.ts';
import { deleteOverride, findSchedule, listOverrides } from '../../db/schedules.ts';
import { addOverride, noSchedule } from '../add-override.ts';
import { createOnce, seeChange } from '../desk-resource.ts';
import { authorOf } from '../plugins/auth.ts';
import { Problem } from '../problem.ts';
import { answers, IdempotencyHeaders, IdParams, Strict } from '../schemas/common.ts';
import { NewOverride, overrideJson, OverrideParams, Overrides, OverrideSchema } from '../schemas/schedule.ts';

const tags = ['schedules'];
const path = '/v1/schedules/:id/overrides';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.parts;

  app.get(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'The overrides of a schedule that are not over, in the order in which they act',
        params: IdParams,
        querystring: Strict({ past: Type.Optional(Type.Boolean({ description: 'those that are over, too' })) }),
        response: answers({ 200: Overrides }),
      },
    },
    async ({ params, query }) => {
      if ((await findSchedule(database.db, params.id)) === undefined) throw noSchedule();
      const rows = await listOverrides(database.db, params.id, query.past === true ? undefined : new Date());
      return { data: rows.map(overrideJson) };
    },
  );

  app.post(
    path,
    {
      config: { permission: 'work' },
      schema: {
        tags,
        summary: 'Replace, add or take off a person for a time',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: NewOverride,
        response: answers({ 201: OverrideSchema }),
      },
    },
    async (request, reply) => {
      const { id: schedule } = request.params;
      const add = (change: DeskChange) => addOverride(change, schedule, request.body);
      return createOnce(app, request, reply, async (change) => overrideJson(await add(change)), { of: { schedule } });
    },
  );

  app.delete(
    `${path}/:override`,
    {
      config: { permission: 'work' },
      schema: { tags, summary: 'Delete an override', params: OverrideParams, response: answers({ 204: Type.Null() }) },
    },
    async (request, reply) => {
      const { id: schedule, override } = request.params;
      await changeDesk(database, authorOf(request), async (change) => {
        const gone = await deleteOverride(change, schedule, override);
        if (gone === undefined) throw new Problem('not-found', 'The schedule has no override of this id.');
        change.tell({ resource: 'overrides', before: { schedule, ...overrideJson(gone) }, after: null });
      });
      await seeChange(app);
      return reply.code(204).send(null);
    },
  );
};

export default routes;
