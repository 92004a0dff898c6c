import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { readAbsences } from '../../channels/ical/absences.ts';
import { shiftCalendar } from '../../channels/ical/shift-calendar.ts';
import { type FeedSchedule, shiftsOfPerson, shiftsOfSchedule } from '../../channels/ical/shift-events.ts';
import { replaceCalendarAbsences } from '../../db/absence-calendar.ts';
import {
  type CalendarFeed,
  deleteCalendarFeed,
  findFeedByToken,
  insertCalendarFeed,
  listCalendarFeeds,
  schedulesOfFeed,
} from '../../db/calendar-feeds.ts';
import { changeDesk, type DeskChange } from '../../db/desk-change.ts';
import { findUser } from '../../db/users.ts';
import { dayLength } from '../../domain/wall-clock.ts';
import { noSchedule } from '../add-override.ts';
import type { App } from '../app.ts';
import { createOnce, seeChange } from '../desk-resource.ts';
import { invalid, Problem } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { answers, IdempotencyHeaders, IdParams, Page, PageQuery, Strict } from '../schemas/common.ts';
import {
  AbsencesRead,
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
/** How far ahead absences are read. */
const absencesMs = 400 * dayLength;
const bodyLimit = 1024 * 1024;

/** Shifts as calendars to subscribe to, and calendars as the source of absences. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, config } = app.parts;

  app.get(
    path,
    {
      config: { permission: 'configure' },
      schema: {
        tags,
        summary: 'List calendar-feeds, in the order in which they were made',
        querystring: Strict(PageQuery),
        response: answers({ 200: Page(CalendarFeedSchema) }),
      },
    },
    async ({ query: { limit = 50, cursor } }) => {
      const { rows, next } = await listCalendarFeeds(database, { cursor, limit });
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
      return createOnce(app, request, reply, create, () => ({ url: made }));
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
    async ({ params }, reply) => {
      const gone = await changeDesk(database, (change) => deleteCalendarFeed(change, params.id));
      if (!gone) throw new Problem('not-found', 'There is no calendar feed of this id.');
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

  await app.register(absenceRoutes);
};

export default routes;

/** Apart from the others, since its body is a calendar and nothing else. */
const absenceRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.parts;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(calendarType, { parseAs: 'buffer', bodyLimit }, async (_request: unknown, bytes: Buffer) =>
    textOf(bytes),
  );
  app.addContentTypeParser('*', (_request, _payload, done) =>
    done(new Problem('unsupported-media-type', `Send the body as ${calendarType}.`)),
  );

  app.put(
    '/v1/users/:id/absences/calendar',
    {
      config: { permission: 'work' },
      bodyLimit,
      schema: {
        tags: ['absences'],
        summary: 'Read the absences of the next 400 days from a calendar; they replace those read before',
        description:
          'Every event is an absence but for those that are cancelled or transparent. Days, and times without a zone, ' +
          'are of the person’s time zone. Absences that were entered by hand stay.',
        params: IdParams,
        body: { content: { [calendarType]: { schema: Type.String() } } },
        response: answers({ 200: AbsencesRead }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const user = await findUser(database.db, id);
      if (user === undefined) throw new Problem('not-found', 'There is no user of this id.');
      const from = Date.now();
      const window = { from, to: from + absencesMs };
      const body: unknown = request.body;
      const read = readAbsences(typeof body === 'string' ? body : '', window, user.timeZone ?? 'UTC');
      const counts = await changeDesk(database, (change) => replaceCalendarAbsences(change, id, read, window));
      await seeChange(app);
      return counts;
    },
  );
};

/** @throws Problem for what is not UTF-8, or could not be stored */
function textOf(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid([{ path: '', message: 'must be UTF-8' }]);
  }
  if (text.includes('\0')) throw invalid([{ path: '', message: 'must not hold the character U+0000' }]);
  return text;
}

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
