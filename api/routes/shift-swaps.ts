import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { changeDesk, type DeskChange } from '../../db/desk-change.ts';
import { findSchedule } from '../../db/schedules.ts';
import { answerSwap, findSwap, insertSwap, listSwaps, type ShiftSwap, type SwapStatus } from '../../db/shift-swaps.ts';
import { addOverride, noSchedule } from '../add-override.ts';
import { createOnce, seeChange } from '../desk-resource.ts';
import { mayDo } from '../permissions.ts';
import { authorOf } from '../plugins/auth.ts';
import { Problem, unprocessable } from '../problem.ts';
import { answers, IdempotencyHeaders, IdParams, Strict } from '../schemas/common.ts';
import { overrideJson } from '../schemas/schedule.ts';
import { NewSwap, swapJson, SwapParams, SwapSchema } from '../schemas/duty.ts';

const tags = ['schedules'];
const path = '/v1/schedules/:id/swaps';

/** Asking a colleague to take a shift, or to exchange two, and the answer. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;

  app.get(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Swaps of a schedule, the latest first',
        params: IdParams,
        response: answers({ 200: Type.Object({ data: Type.Array(SwapSchema) }) }),
      },
    },
    async ({ params }) => {
      if ((await findSchedule(database.db, params.id)) === undefined) throw noSchedule();
      return { data: (await listSwaps(database, params.id)).map(swapJson) };
    },
  );

  app.post(
    path,
    {
      config: { permission: 'work' },
      schema: {
        tags,
        summary: 'Ask a colleague to take a shift, or to exchange two',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: NewSwap,
        response: answers({ 201: SwapSchema }),
      },
    },
    async (request, reply) => {
      const { asker, asked, given, taken } = request.body;
      const { id: schedule } = request.params;
      if (asker === asked) throw unprocessable([{ path: 'asked', message: 'nobody can swap with themselves' }]);
      mayActFor(request, asker, 'ask for');
      await directory.catchUp();
      partsOf(schedule, asker, given, 'given');
      if (taken !== undefined) partsOf(schedule, asked, taken, 'taken');
      const fields = {
        schedule,
        asker,
        asked,
        givenStart: new Date(given.start),
        givenEnd: new Date(given.end),
        takenStart: taken === undefined ? null : new Date(taken.start),
        takenEnd: taken === undefined ? null : new Date(taken.end),
      };
      return createOnce(app, request, reply, async (change) => swapJson(await insertSwap(change, fields)));
    },
  );

  const answer = (
    verb: string,
    summary: string,
    status: SwapStatus,
    whose: 'asker' | 'asked',
    work: (change: DeskChange, swap: ShiftSwap) => Promise<void> = async () => {},
  ): void => {
    app.post(
      `${path}/:swap/${verb}`,
      {
        config: { permission: 'work' },
        schema: {
          tags,
          summary,
          headers: IdempotencyHeaders,
          params: SwapParams,
          body: Type.Optional(Strict({})),
          response: answers({ 200: SwapSchema }),
        },
      },
      async (request) => {
        const { id, swap: swapId } = request.params;
        await directory.catchUp();
        const answered = await changeDesk(database, authorOf(request), async (change) => {
          const swap = await findSwap(change.tx, id, swapId);
          if (swap === undefined) throw new Problem('not-found', 'The schedule has no swap of this id.');
          mayActFor(request, swap[whose], verb);
          if (swap.status === status) return swap;
          if (swap.status !== 'asked') throw new Problem('conflict', `The swap was ${swap.status} already.`);
          await work(change, swap);
          const after = await answerSwap(change, swapId, status);
          change.tell({ resource: 'swaps', action: status, before: swapJson(swap), after: swapJson(after) });
          return after;
        });
        await seeChange(app);
        return swapJson(answered);
      },
    );
  };
  answer('decline', 'Decline a swap that one was asked for', 'declined', 'asked');
  answer('withdraw', 'Withdraw a swap that one has asked for', 'withdrawn', 'asker');
  answer(
    'accept',
    'Accept a swap: it becomes overrides of both people’s turns',
    'accepted',
    'asked',
    async (change, swap) => {
      const { schedule, asker, asked, givenStart, givenEnd, takenStart, takenEnd } = swap;
      const exchange = async (from: string, to: string, start: Date, end: Date): Promise<void> => {
        const window = { start: start.toISOString(), end: end.toISOString() };
        for (const part of partsOf(schedule, from, window, null)) {
          const override = { ...part, user: to, replaces: from, reason: `swap ${swap.id}` };
          const made = overrideJson(await addOverride(change, schedule, override));
          change.tell({ resource: 'overrides', before: null, after: { schedule, ...made } });
        }
      };
      await exchange(asker, asked, givenStart, givenEnd);
      if (takenStart !== null && takenEnd !== null) await exchange(asked, asker, takenStart, takenEnd);
    },
  );

  /** The person's own duty in a window: a swap gives away no more than that. */
  function partsOf(
    schedule: string,
    user: string,
    { start, end }: { start: string; end: string },
    field: string | null,
  ) {
    const onCall = directory.onCall(schedule);
    if (onCall === undefined) throw noSchedule();
    const [from, to] = [Date.parse(start), Date.parse(end)];
    if (to <= from) throw unprocessable([{ path: `${field}.end`, message: `must be after start, which is ${start}` }]);
    const parts = onCall.shifts(from, to).filter(({ users }) => users.includes(user));
    if (parts.length > 0) {
      return parts.map((p) => ({ start: new Date(p.start).toISOString(), end: new Date(p.end).toISOString() }));
    }
    if (field === null)
      throw new Problem('conflict', `${user} is not on duty any more in the time that was to be swapped.`);
    throw unprocessable([{ path: field, message: `${user} is not on duty in this time` }]);
  }
};

export default routes;

/** People speak for themselves; who may configure speaks for all, as keys without a user do that may. */
function mayActFor({ principal }: FastifyRequest, user: string, verb: string): void {
  if (principal?.user === user || (principal !== null && mayDo(principal.role, 'configure'))) return;
  throw new Problem('forbidden', `Only ${user}, or a manager, may ${verb} this swap.`);
}
