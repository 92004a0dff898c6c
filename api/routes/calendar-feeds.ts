import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { shiftCalendar } from '../../channels/ical/shift-calendar.ts';
import { type FeedSchedule, shiftsOfPerson, shiftsOfSchedule } from '../../channels/ical/shift-events.ts';
import {
  type CalendarFeed,
  deleteCalendarFeed,
  findFeedByToken,
  insertCalendarFeed,
  listCalendarFeeds,
  schedulesOfFeed,
} from '../../db/calendar-feeds.ts';
import { changeDesk, type DeskChange } from '../../db/desk-change.ts';
import { dayLength } from '../../domain/wall-clock.ts';
import { noSchedule } from '../add-override.ts';
import type { App } from '../app.ts';
import { createOnce } from '../desk-resource.ts';
import { authorOf } from '../plugins/auth.ts';
import { mayDo } from '../permissions.ts';
import { Problem } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { answers, IdempotencyHeaders, IdParams, Page } from '../schemas/common.ts';
import {
  CalendarFeedQuery,
  CalendarFeedSchema,
  calendarFeedJson,
  CreatedCalendarFeed,
  NewCalendarFeed,
  TokenParams,
} from '../schemas/calendar-feed.ts';

const path = '/v1/calendar-feeds';
const tags = ['calendar-feeds'];
const calendarType = 'text/calendar';

/** What a feed tells of, around the present. */
const pastMs = 60 * dayLength;
const futureMs = 180 * dayLength;

/** Shifts as calendars to subscribe to. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app.parts;

  app.get(
    path,
    {
      config: { permission: 'work' },
      schema: {
        tags,
        summary:
          'List calendar-feeds, in the order in which they were made: all for those who configure, else one’s own',
        querystring: CalendarFeedQuery,
        response: answers({ 200: Page(CalendarFeedSchema) }),
      },
    },
    async ({ principal, query: { limit = 50, cursor, user } }) => {
      const isOwn = user !== undefined && principal?.user === user;
      if (!isOwn && (principal === null || !mayDo(principal.role, 'configure'))) {
        throw new Problem('forbidden', 'Only a manager may list the calendar feeds of others: give your own user.');
      }
      const { rows, next } = await listCalendarFeeds(database, { cursor, limit, user });
      return { data: rows.map(calendarFeedJson), next };
    },
  );

  app.post(
    path,
    {
      config: { permission: 'work' },
      schema: {
        tags,
        summary: 'Make a secret address at which calendars read shifts; it is shown in this answer and never again',
        headers: IdempotencyHeaders,
        body: NewCalendarFeed,
        response: answers({ 201: CreatedCalendarFeed }),
      },
    },
    async (request, reply) => {
      const { schedule = null, user = null } = request.body;
      let made = '';
      const create = async (change: DeskChange): Promise<object> => {
        const { token, stored } = await insertCalendarFeed(change, { schedule, user });
        made = `${config.publicUrl}${path}/${token}.ics`;
        return calendarFeedJson(stored);
      };
      return createOnce(app, request, reply, create, { secrets: () => ({ url: made }) });
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { permission: 'work' },
      schema: {
        tags,
        summary: 'Revoke a calendar feed: its address is unknown from now on',
        params: IdParams,
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      await changeDesk(database, authorOf(request), async (change) => {
        const gone = await deleteCalendarFeed(change, request.params.id);
        if (gone === undefined) throw new Problem('not-found', 'There is no calendar feed of this id.');
        change.tell({ resource: 'calendar-feeds', action: 'revoked', before: calendarFeedJson(gone), after: null });
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    `${path}/:token.ics`,
    {
      // The address is the secret, since calendars send no keys.
      config: { permission: 'open' },
      schema: {
        tags,
        summary: 'Shifts from 60 days ago to 180 days ahead, as a calendar',
        params: TokenParams,
        response: answers({
          200: { description: 'An iCalendar', content: { [calendarType]: { schema: Type.String() } } },
        }),
      },
    },
    async ({ params }, reply) => {
      const feed = await findFeedByToken(database, params.token);
      if (feed === undefined) throw unknownFeed();
      const schedules = await schedulesOfFeed(database, feed);
      const calendar = await withSecondLook(app.parts.directory, () => calendarOf(app, feed, schedules));
      void reply.header('cache-control', 'private, max-age=300');
      return reply.type(`${calendarType}; charset=utf-8`).serializer(String).send(calendar);
    },
  );

  app.get(
    '/v1/schedules/:id.ics',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['schedules'],
        summary: 'The same of a schedule, for programs that send a key',
        params: IdParams,
        response: answers({
          200: { description: 'An iCalendar', content: { [calendarType]: { schema: Type.String() } } },
        }),
      },
    },
    async ({ params: { id: schedule } }, reply) => {
      const [found] = await schedulesOfFeed(database, { schedule });
      if (found === undefined) throw noSchedule();
      const whose = { user: null };
      const calendar = await withSecondLook(app.parts.directory, () => calendarOf(app, whose, [found]));
      return reply.type(`${calendarType}; charset=utf-8`).serializer(String).send(calendar);
    },
  );
};

export default routes;

/** @throws Problem where the directory does not know yet whose shifts they are */
function calendarOf(
  app: App,
  feed: Pick<CalendarFeed, 'user'>,
  named: readonly { readonly id: string; readonly name: string }[],
) {
  const { directory } = app.parts;
  const now = Date.now();
  const [from, to] = [now - pastMs, now + futureMs];
  const schedules = named.map(({ id, name }): FeedSchedule => {
    const onCall = directory.onCall(id);
    if (onCall === undefined) throw unknownFeed();
    return { id, name, onCall };
  });
  const nameOf = (user: string): string => directory.user(user)?.name ?? user;
  const events =
    feed.user === null
      ? schedules.flatMap((schedule) => shiftsOfSchedule(schedule, nameOf, from, to))
      : shiftsOfPerson(feed.user, schedules, from, to);
  const whose = feed.user === null ? schedules.map(({ name }) => name).join() : nameOf(feed.user);
  return shiftCalendar(`On call: ${whose}`, events, now);
}

function unknownFeed(): Problem {
  return new Problem('not-found', 'There is no calendar at this address, or not any more.');
}
