import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { changeDesk, type DeskChange } from '../../db/desk-change.ts';
import { deleteOverride, findSchedule, listOverrides } from '../../db/schedules.ts';
import { addOverride, noSchedule } from '../add-override.ts';
import { createOnce, seeChange } from '../desk-resource.ts';
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
      const add = (change: DeskChange) => addOverride(change, request.params.id, request.body);
      return createOnce(app, request, reply, async (change) => overrideJson(await add(change)));
    },
  );

  app.delete(
    `${path}/:override`,
    {
      config: { permission: 'work' },
      schema: { tags, summary: 'Delete an override', params: OverrideParams, response: answers({ 204: Type.Null() }) },
    },
    async ({ params }, reply) => {
      const gone = await changeDesk(database, (change) => deleteOverride(change, params.id, params.override));
      if (!gone) throw new Problem('not-found', 'The schedule has no override of this id.');
      await seeChange(app);
      return reply.code(204).send(null);
    },
  );
};

export default routes;
