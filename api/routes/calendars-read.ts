import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { readShifts } from '../../channels/ical/duty.ts';
import { readEvents } from '../../channels/ical/events.ts';
import { replaceCalendarAbsences } from '../../db/absence-calendar.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { findSchedule, updateSchedule } from '../../db/schedules.ts';
import { findUser, type User } from '../../db/users.ts';
import { isCalendarLayer } from '../../domain/schedule.ts';
import { dayLength } from '../../domain/wall-clock.ts';
import { replaceShifts } from '../../domain/written-shifts.ts';
import { noSchedule } from '../add-override.ts';
import { seeChange } from '../desk-resource.ts';
import { invalid, Problem } from '../problem.ts';
import { authorOf } from '../plugins/auth.ts';
import { answers, IdParams, Strict } from '../schemas/common.ts';
import { CalendarRead, LayerParams } from '../schemas/calendar-feed.ts';
import { scheduleJson } from '../schemas/schedule.ts';

const calendarType = 'text/calendar';
/** How far ahead calendars are read. */
const aheadMs = 400 * dayLength;
const bodyLimit = 1024 * 1024;
const body = { content: { [calendarType]: { schema: Type.String() } } };

/** Calendars that are kept elsewhere as the source of absences and of duty: their bodies are calendars and nothing else. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;
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
        body,
        response: answers({ 200: CalendarRead }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const user = await findUser(database.db, id);
      if (user === undefined) throw new Problem('not-found', 'There is no user of this id.');
      const window = windowFrom(Date.now());
      const events = readEvents(calendarIn(request.body), window, user.timeZone ?? 'UTC');
      const absences = events.map(({ summary, ...event }) => ({ ...event, reason: summary }));
      const counts = await changeDesk(database, authorOf(request), async (change) => {
        const { unchanged, ...done } = await replaceCalendarAbsences(change, id, absences, window);
        if (done.added + done.removed > 0) {
          const after = { id, name: user.name, ...done };
          change.tell({ resource: 'absences', action: 'read-from-calendar', before: null, after });
        }
        return { ...done, unchanged };
      });
      await seeChange(app);
      return counts;
    },
  );

  app.put(
    '/v1/schedules/:id/layers/:layer/calendar',
    {
      config: { permission: 'configure' },
      bodyLimit,
      schema: {
        tags: ['schedules'],
        summary: 'Read who is on duty in the next 400 days from a calendar, into a layer that has shifts',
        description:
          'The name of each event says who is on duty: mail addresses, ids or names, separated by commas. Cancelled and ' +
          'transparent events are none. Days, and times without a zone, are of the schedule’s time zone. What has passed stays.',
        params: Strict({ ...IdParams.properties, ...LayerParams.properties }),
        body,
        response: answers({ 200: CalendarRead }),
      },
    },
    async (request) => {
      const { id, layer: number } = request.params;
      const text = calendarIn(request.body);
      await directory.refresh();
      const counts = await changeDesk(database, authorOf(request), async (change) => {
        const schedule = await findSchedule(change.tx, id);
        if (schedule === undefined) throw noSchedule();
        const layer = schedule.layers[number];
        if (layer === undefined || !isCalendarLayer(layer)) {
          throw new Problem('conflict', `Layer ${number} has no shifts: make one with "shifts": [] for the calendar.`);
        }
        const now = Date.now();
        const wanted = readShifts(text, windowFrom(now), schedule.timeZone, (name) =>
          userNamed(directory.users(), name),
        );
        const { shifts, ...numbers } = replaceShifts(layer.shifts, wanted, now);
        const layers = schedule.layers.with(number, { ...layer, shifts });
        const after = await updateSchedule(change, id, { layers });
        if (after !== undefined) {
          change.tell({
            resource: 'schedules',
            before: scheduleJson(schedule, true),
            after: scheduleJson(after, true),
          });
        }
        return numbers;
      });
      await seeChange(app);
      return counts;
    },
  );
};

export default routes;

function windowFrom(now: number) {
  return { from: now, to: now + aheadMs };
}

function calendarIn(body: unknown): string {
  return typeof body === 'string' ? body : '';
}

/** The one active person who has this address, id or name; nobody where two have it. */
function userNamed(users: readonly User[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  const active = users.filter((user) => user.active);
  const exact = active.find(({ id, email }) => id === name || email.toLowerCase() === wanted);
  if (exact !== undefined) return exact.id;
  const called = active.filter((user) => user.name.toLowerCase() === wanted);
  return called.length === 1 ? called[0]?.id : undefined;
}

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
