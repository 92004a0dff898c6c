import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { deleteAbsence, findAbsence, insertAbsence, listAbsences, type StoredAbsence } from '../../db/absences.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { authorOf } from '../plugins/auth.ts';
import { Problem, unprocessable } from '../problem.ts';
import { createOnce, seeChange } from '../desk-resource.ts';
import { answers, IdempotencyHeaders, IdParams } from '../schemas/common.ts';
import { absenceJson, AbsenceQuery, AbsenceSchema, NewAbsence, type Uncovered } from '../schemas/duty.ts';

const tags = ['absences'];
const path = '/v1/absences';
const longestMs = 400 * 24 * 60 * 60 * 1000;

/** When people cannot have duty. Fair layers look for others; in the rest somebody has to cover. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;
  const json = (absence: StoredAbsence) => absenceJson(absence, uncovered(absence));

  app.get(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Absences that are not over, by their start',
        querystring: AbsenceQuery,
        response: answers({ 200: Type.Object({ data: Type.Array(AbsenceSchema) }) }),
      },
    },
    async ({ query }) => {
      const rows = await listAbsences(database, { ...query, endingAfter: new Date() });
      return { data: rows.map(json) };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { permission: 'read' },
      schema: { tags, summary: 'An absence', params: IdParams, response: answers({ 200: AbsenceSchema }) },
    },
    async ({ params }) => {
      const absence = await findAbsence(database.db, params.id);
      if (absence === undefined) throw none();
      return json(absence);
    },
  );

  app.post(
    path,
    {
      config: { permission: 'work' },
      schema: {
        tags,
        summary: 'Say that somebody is away; the answer says which of their shifts need somebody else',
        headers: IdempotencyHeaders,
        body: NewAbsence,
        response: answers({ 201: AbsenceSchema }),
      },
    },
    async (request, reply) => {
      const { user, start, end, reason } = request.body;
      const fields = { user, start: new Date(start), end: new Date(end), reason: reason ?? null, uid: null };
      const length = fields.end.getTime() - fields.start.getTime();
      if (length <= 0) throw unprocessable([{ path: 'end', message: `must be after start, which is ${start}` }]);
      if (length > longestMs) throw unprocessable([{ path: 'end', message: 'is more than 400 days after start' }]);
      return createOnce(app, request, reply, async (change) => json(await insertAbsence(change, fields)));
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { permission: 'work' },
      schema: { tags, summary: 'Delete an absence', params: IdParams, response: answers({ 204: Type.Null() }) },
    },
    async (request, reply) => {
      await changeDesk(database, authorOf(request), async (change) => {
        const gone = await deleteAbsence(change, request.params.id);
        if (gone === undefined) throw none();
        change.tell({ resource: 'absences', before: absenceJson(gone, []), after: null });
      });
      await seeChange(app);
      return reply.code(204).send(null);
    },
  );

  function uncovered({ user, start, end }: StoredAbsence): Uncovered[] {
    return directory.schedules().flatMap(({ id }) => {
      const shifts = directory.onCall(id)?.shifts(start.getTime(), end.getTime()) ?? [];
      return shifts
        .filter(({ users }) => users.includes(user))
        .map((shift) => ({ schedule: id, start: shift.start, end: shift.end }));
    });
  }
};

export default routes;

function none(): Problem {
  return new Problem('not-found', 'There is no absence of this id.');
}
