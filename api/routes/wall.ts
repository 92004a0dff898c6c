import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { listRatings, satisfactionSince } from '../../db/ratings.ts';
import { nextBreaches, numbersSince, openIncidents, openQueue, promisesSince } from '../../db/wall.ts';
import type { ClockName } from '../../domain/sla.ts';
import { shownId } from '../../domain/ticket-id.ts';
import { isTimeZone } from '../../domain/wall-clock.ts';
import { deskDay } from '../desk-day.ts';
import { dutyAt } from '../duty-now.ts';
import { invalid } from '../problem.ts';
import { answers } from '../schemas/common.ts';
import { iso } from '../schemas/ticket.ts';
import { Wall, WallQuery } from '../schemas/wall.ts';

const listedBreaches = 10;
const listedRatings = 5;

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;
  const { db } = database;

  app.get(
    '/v1/wall',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['wall'],
        summary: 'What a screen on the wall shows of the desk, in one answer',
        querystring: WallQuery,
        response: answers({ 200: Wall }),
      },
    },
    async ({ query: { timeZone = 'UTC' } }) => {
      if (!isTimeZone(timeZone)) {
        throw invalid([{ path: 'query.timeZone', message: 'must be a time zone such as Europe/Berlin' }]);
      }
      const at = Date.now();
      const { day, month } = deskDay(timeZone, at);
      const [{ total, unassigned, ...sla }, breaches, today, promises, satisfaction, recent, incidents] =
        await Promise.all([
          openQueue(db, at),
          nextBreaches(db, at, listedBreaches),
          numbersSince(db, day),
          promisesSince(db, month),
          satisfactionSince(db, month),
          listRatings(db, { limit: listedRatings }),
          openIncidents(db),
        ]);
      const { medianFirstReplyMs, ...numbers } = today;
      const person = (id: string) => ({ id, name: directory.user(id)?.name ?? id });
      return {
        at: iso(at),
        timeZone,
        open: { total, unassigned },
        sla,
        nextBreaches: breaches.map(({ id, subject, priority, assignee, nextDueAt, nextDueClock }) => ({
          id,
          reference: shownId(id),
          subject,
          priority,
          assignee: assignee === null ? null : person(assignee),
          clock: nextDueClock as ClockName,
          dueAt: iso(nextDueAt as number),
        })),
        duty: dutyAt(directory, at).map(({ schedule, users, until }) => ({
          schedule,
          people: users.map(person),
          until: iso(until),
        })),
        today: {
          from: iso(day),
          ...numbers,
          medianFirstReplySeconds: medianFirstReplyMs === null ? null : medianFirstReplyMs / 1000,
        },
        month: {
          from: iso(month),
          ...promises,
          percent: percentOf(promises.kept, promises.decided),
        },
        satisfaction: {
          ...satisfaction,
          percent: percentOf(satisfaction.good, satisfaction.rated),
          recent: recent.rows.map(({ ticket, rating, comment, ratedAt, assignee }) => ({
            ...{ ticket, reference: shownId(ticket), rating, comment, ratedAt: iso(ratedAt) },
            assignee: assignee === null ? null : person(assignee),
          })),
        },
        incidents,
      };
    },
  );
};

export default routes;

function percentOf(part: number, all: number): number | null {
  return all === 0 ? null : (100 * part) / all;
}
