import { Type, type Static } from 'typebox';
import type { StoredCalendar } from '../../db/calendars.ts';
import { type Weekday, weekdays } from '../../domain/wall-clock.ts';
import { Duration, Id, Instant, Nullable, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

type Windows = [from: string, to: string][];
/** Times and dates are checked by the calendar's rules, which can say more than a pattern. */
const Windows = Type.Unsafe<Windows>({
  type: 'array',
  maxItems: 24,
  items: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'string', maxLength: 20 } },
  description: 'from and to, as wall-clock times of the zone; 24:00 is the end of the day',
  examples: [[['09:00', '17:00']]],
});

const Hours = Type.Unsafe<'always' | Partial<Record<Weekday, Windows>>>({
  anyOf: [
    { const: 'always' },
    {
      type: 'object',
      properties: Object.fromEntries(weekdays.map((day) => [day, Windows])),
      additionalProperties: false,
    },
  ],
  description: 'windows by weekday, or `always`',
});

const definition = {
  timeZone: Type.String({ minLength: 1, maxLength: 100, examples: ['Europe/Berlin'] }),
  hours: Hours,
  holidays: Type.Optional(Type.Array(Text(20), { maxItems: 2000, description: 'days without open time' })),
  special: Type.Optional(
    Type.Unsafe<Record<string, Windows>>({
      type: 'object',
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

const Interval = Strict({ start: Text(40), end: Text(40) });
export const CalendarPreview = Strict(
  {
    calendar: Strict({ name: Type.Optional(fields.name), ...definition }),
    from: Type.Optional(Text(40)),
    to: Type.Optional(Text(40)),
    start: Type.Optional(Text(40)),
    budget: Type.Optional(Text(60)),
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
