import { Type, type Static } from 'typebox';
import type { CalendarFeed } from '../../db/calendar-feeds.ts';
import { Id, Instant, Nullable, PageQuery, Strict } from './common.ts';
import { iso } from './ticket.ts';

export const NewCalendarFeed = Strict(
  { schedule: Type.Optional(Id), user: Type.Optional(Id) },
  { minProperties: 1, maxProperties: 1, description: 'whose shifts: those of a schedule, or of a person' },
);
export const CalendarFeedSchema = Type.Object({
  id: Id,
  schedule: Nullable(Id),
  user: Nullable(Id),
  createdAt: Instant,
});
export const CreatedCalendarFeed = Type.Object({
  ...CalendarFeedSchema.properties,
  url: Type.Optional(
    Type.String({ description: 'for a calendar to subscribe to; shown in this answer and never again' }),
  ),
});
export const CalendarFeedQuery = Strict({
  ...PageQuery,
  user: Type.Optional(Type.String({ ...Id, description: 'those of one person; people may ask for their own' })),
});
/** Any text may be asked for: what is no token of ours is unknown. */
export const TokenParams = Strict({ token: Type.String({ description: 'the secret in the address' }) });

export const LayerParams = Strict({ layer: Type.Integer({ minimum: 0, description: 'its number from 0' }) });

/** What became of what was read before. */
export const CalendarRead = Type.Object({
  added: Type.Integer({ description: 'one that became longer or shorter counts here and as removed' }),
  removed: Type.Integer(),
  unchanged: Type.Integer(),
});

export function calendarFeedJson(feed: CalendarFeed): Static<typeof CalendarFeedSchema> {
  const { id, schedule, user, createdAt } = feed;
  return { id, schedule, user, createdAt: iso(createdAt.getTime()) };
}
