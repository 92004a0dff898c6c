import { Type, type Static } from 'typebox';
import type { StoredCalendar } from '../../db/calendars.ts';
import { Duration, Id, Instant, Nullable, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

const Time = { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$' };
const Windows = Type.Unsafe<[from: string, to: string][]>({
  type: 'array',
  maxItems: 24,
  items: { type: 'array', minItems: 2, maxItems: 2, items: Time },
  description: 'from and to, as wall-clock times of the zone; 24:00 is the end of the day',
  examples: [[['09:00', '17:00']]],
});
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', examples: ['2026-12-25'] });

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Hours = 'always' | Partial<Record<(typeof days)[number], [from: string, to: string][]>>;
const Hours = Type.Unsafe<Hours>({
  // One schema and no alternatives, so that what is wrong is named where it is.
  type: ['object', 'string'],
  properties: Object.fromEntries(days.map((day) => [day, Windows])),
  additionalProperties: false,
  pattern: '^always$',
  description: 'windows by weekday, or `always`',
});

const definition = {
  timeZone: Type.String({ minLength: 1, maxLength: 100, examples: ['Europe/Berlin'] }),
  hours: Hours,
  holidays: Type.Optional(Type.Array(Day, { maxItems: 2000, description: 'days without open time' })),
  special: Type.Optional(
    Type.Unsafe<Record<string, [from: string, to: string][]>>({
      type: 'object',
      propertyNames: Day,
      additionalProperties: Windows,
      maxProperties: 2000,
      description: 'days with windows of their own; they win over holidays',
    }),
  ),
};
const fields = { name: Text(200), ...definition };

export const CalendarSchema = Type.Object({ id: Id, ...fields, createdAt: Instant, updatedAt: Instant });
export type CalendarJson = Static<typeof CalendarSchema>;
export const NewCalendar = Strict(fields);
export const CalendarPatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });

const Interval = Strict({ start: Instant, end: Instant });
export const CalendarPreview = Strict(
  {
    calendar: Strict({ name: Type.Optional(fields.name), ...definition }),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    start: Type.Optional(Instant),
    budget: Type.Optional(Duration),
    pauses: Type.Optional(Type.Array(Interval, { maxItems: 1000 })),
  },
  { description: 'with `from` and `to`: the open time between them; with `start` and `budget`: when it is used up' },
);
export const CalendarPreviewAnswer = Type.Object({
  spans: Type.Optional(Type.Array(Interval)),
  elapsed: Type.Optional(Duration),
  dueAt: Type.Optional(Nullable(Instant)),
});

export function calendarJson({ definition, ...calendar }: StoredCalendar): CalendarJson {
  return {
    ...calendar,
    ...(definition as unknown as Pick<CalendarJson, 'timeZone' | 'hours' | 'holidays' | 'special'>),
    createdAt: iso(calendar.createdAt.getTime()),
    updatedAt: iso(calendar.updatedAt.getTime()),
  };
}
