import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { listHandoffs } from '../../db/handoffs.ts';
import { pagesByUser } from '../../db/incidents.ts';
import { sharesOf } from '../../domain/fairness.ts';
import { FieldProblems } from '../../domain/field-problem.ts';
import { formatInstant, noInstant, parseInstant } from '../../domain/instant.ts';
import type { OnCall } from '../../domain/on-call.ts';
import { isCalendarLayer, type Layer, type Weights } from '../../domain/schedule.ts';
import { readWindow, rosterOf, shiftAnswer } from '../../domain/schedule-preview.ts';
import { findSchedule } from '../../db/schedules.ts';
import { Problem } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { answers, IdParams } from '../schemas/common.ts';
import {
  Fairness,
  handoffJson,
  Handoffs,
  OnCallAnswer,
  OnCallQuery,
  Roster,
  ShiftsQuery,
  WindowQuery,
} from '../schemas/schedule.ts';

const tags = ['schedules'];
const listedHandoffs = 200;

/** Who has duty in a schedule. It is read from memory, so that it is known while the database is away. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { directory, database } = app.parts;

  const onCallOf = (id: string): Promise<OnCall> =>
    withSecondLook(directory, () => {
      const onCall = directory.onCall(id);
      if (onCall === undefined) throw new Problem('not-found', 'There is no schedule of this id.');
      return onCall;
    });

  app.get(
    '/v1/schedules/:id/on-call',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Who is on call now, or at an instant, past or future',
        params: IdParams,
        querystring: OnCallQuery,
        response: answers({ 200: OnCallAnswer }),
      },
    },
    async ({ params, query }) => {
      const at = query.at === undefined ? Date.now() : parseInstant(query.at);
      if (at === undefined) throw new FieldProblems([{ path: 'query.at', message: noInstant(query.at ?? '') }]);
      const shift = (await onCallOf(params.id)).at(at);
      return {
        at: formatInstant(at),
        responsible: [...(shift?.users ?? [])],
        shadows: [...(shift?.shadows ?? [])],
        shift: shift && { start: formatInstant(shift.start), end: formatInstant(shift.end) },
      };
    },
  );

  app.get(
    '/v1/schedules/:id/shifts',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Who is on duty between two instants, at most 400 days apart, and when nobody is',
        params: IdParams,
        querystring: ShiftsQuery,
        response: answers({ 200: Roster }),
      },
    },
    async ({ params, query }) => {
      const [onCall, window] = [await onCallOf(params.id), readWindow(query.from, query.to)];
      const roster = rosterOf(onCall, ...window);
      if (query.layers !== true) return roster;
      return { ...roster, layers: onCall.layers(...window).map((shifts) => shifts.map(shiftAnswer)) };
    },
  );

  app.get(
    '/v1/schedules/:id/handoffs',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Shifts as they began, the latest first: who came and went, and how many tickets were handed over',
        params: IdParams,
        response: answers({ 200: Handoffs }),
      },
    },
    async ({ params }) => ({ data: (await listHandoffs(database.db, params.id, listedHandoffs)).map(handoffJson) }),
  );

  app.get(
    '/v1/schedules/:id/fairness',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'How duty is shared between two instants, overrides included, and who was paged how often',
        params: IdParams,
        querystring: WindowQuery,
        response: answers({ 200: Fairness }),
      },
    },
    async ({ params, query }) => {
      const [from, to] = readWindow(query.from, query.to);
      const shifts = (await onCallOf(params.id)).shifts(from, to);
      const schedule = await findSchedule(database.db, params.id);
      if (schedule === undefined) throw new Problem('not-found', 'There is no schedule of this id.');
      const shares = sharesOf(shifts, schedule.timeZone, weightsOf(schedule.layers));
      const pages = await pagesByUser(database.db, from, to);
      const weighted = shares.map((share) => share.weightedHours);
      return {
        from: formatInstant(from),
        to: formatInstant(to),
        people: shares.map((share) => ({ ...share, pages: pages.get(share.user) ?? 0 })),
        spread: shares.length === 0 ? 0 : Math.round((Math.max(...weighted) - Math.min(...weighted)) * 100) / 100,
      };
    },
  );
};

export default routes;

/** Of the first layer that has its own; undefined where none has. */
function weightsOf(layers: readonly Layer[]): Weights | undefined {
  return layers.map((layer) => (isCalendarLayer(layer) ? undefined : layer.weights)).find((weights) => weights);
}
