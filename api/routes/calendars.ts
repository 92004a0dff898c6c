import {
  type CalendarFields,
  deleteCalendar,
  findCalendar,
  insertCalendar,
  listCalendars,
  type StoredCalendar,
  updateCalendar,
} from '../../db/calendars.ts';
import { type Calendar, problemsOfCalendar } from '../../domain/calendar.ts';
import { type PreviewRequest, previewCalendar } from '../../domain/calendar-preview.ts';
import type { App } from '../app.ts';
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
import {
  calendarJson,
  CalendarPatch,
  CalendarPreview,
  CalendarPreviewAnswer,
  CalendarSchema,
  NewCalendar,
} from '../schemas/calendar.ts';
import { answers } from '../schemas/common.ts';

const calendars: DeskResource<StoredCalendar> = {
  path: '/v1/calendars',
  noun: ['a', 'calendar'],
  read: 'read',
  change: 'configure',
  schema: CalendarSchema,
  json: calendarJson,
  list: listCalendars,
  find: findCalendar,
  remove: deleteCalendar,
};

type CalendarBody = Partial<Calendar & { readonly name: string }>;

export default async function routes(app: App): Promise<void> {
  addReadingAndRemoval(app, calendars);
  addWriting(app, calendars, {
    newSchema: NewCalendar,
    patchSchema: CalendarPatch,
    insert: (change, { name, ...definition }: CalendarBody) =>
      insertCalendar(change, { name, definition } as CalendarFields),
    update: (change, id, { name, ...definition }: CalendarBody) => updateCalendar(change, id, { name, definition }),
    // What a patch leaves out is in order already.
    check: (body) => problemsOfCalendar({ timeZone: 'UTC', hours: {}, ...body }),
  });

  app.post(
    '/v1/calendars/preview',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['calendars'],
        summary: 'Try a calendar: its open time between two instants, or when a budget of it is used up',
        body: CalendarPreview,
        response: answers({ 200: CalendarPreviewAnswer }),
      },
    },
    async (request, reply) => {
      return reply.send(previewCalendar(request.body as PreviewRequest));
    },
  );
}
