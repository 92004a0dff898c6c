import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { changeDesk, type DeskChange } from '../../db/desk-change.ts';
import {
  deleteOverride,
  findSchedule,
  insertOverride,
  listOverrides,
  type OverrideFields,
  scheduleOf,
} from '../../db/schedules.ts';
import { FieldProblems } from '../../domain/field-problem.ts';
import type { Override } from '../../domain/schedule.ts';
import { problemsOfSchedule } from '../../domain/schedule-problems.ts';
import { createOnce, seeChange } from '../desk-resource.ts';
import { Problem } from '../problem.ts';
import { answers, IdempotencyHeaders, IdParams, Strict } from '../schemas/common.ts';
import { NewOverride, overrideJson, OverrideParams, Overrides, OverrideSchema } from '../schemas/schedule.ts';

const tags = ['schedules'];
const path = '/v1/schedules/:id/overrides';

type OverrideBody = Override & { readonly reason?: string };

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
      const add = (change: DeskChange) => insert(change, request.params.id, request.body);
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

/** Checked together with those that are there, by the rules of the whole schedule. */
async function insert(change: DeskChange, id: string, { reason, ...override }: OverrideBody) {
  const schedule = await findSchedule(change.tx, id);
  if (schedule === undefined) throw noSchedule();
  const { overrides = [], ...rest } = scheduleOf(schedule, await listOverrides(change.tx, id));
  const problems = problemsOfSchedule({ ...rest, overrides: [...overrides, override] });
  const own = `overrides.${overrides.length}`;
  const about = problems.filter((problem) => problem.path === own || problem.path.startsWith(`${own}.`));
  if (about.length > 0) {
    throw new FieldProblems(about.map((p) => ({ ...p, path: p.path.slice(own.length + 1) })));
  }
  const { start, end, user = null, replaces = null, adds = null } = override;
  const fields: OverrideFields = {
    start: new Date(start),
    end: new Date(end),
    user,
    replaces,
    adds,
    reason: reason ?? null,
  };
  return insertOverride(change, id, fields);
}

function noSchedule(): Problem {
  return new Problem('not-found', 'There is no schedule of this id.');
}
