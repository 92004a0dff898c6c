import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import { wholeList } from './tickets.ts';
import type { Calendar, CalendarBody, CalendarPreviewAnswer } from './types.ts';

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: ({ signal }) => wholeList<Calendar>('/v1/calendars', signal),
});

export const addCalendar = (body: CalendarBody): Promise<Calendar> =>
  call('POST', '/v1/calendars', { body, idempotencyKey: newKey() });
export const changeCalendar = (id: string, body: CalendarBody): Promise<Calendar> => call('PATCH', path(id), { body });
export const deleteCalendar = (id: string): Promise<void> => call('DELETE', path(id));

/** The open time of a calendar that is stored nowhere. `calendar` is JSON: the same is asked for once. */
export const openTimeQuery = (calendar: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['calendar-preview', calendar, from, to],
    queryFn: ({ signal }) => {
      const body = { calendar: JSON.parse(calendar) as CalendarBody, from, to };
      return call<CalendarPreviewAnswer>('POST', '/v1/calendars/preview', { body, signal });
    },
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Shows at once what was saved. */
export function keepCalendar(client: QueryClient, calendar: Calendar): void {
  client.setQueryData(calendarsQuery.queryKey, (known) =>
    [...(known ?? []).filter(({ id }) => id !== calendar.id), calendar].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
  void client.invalidateQueries(calendarsQuery);
}

export function forgetCalendar(client: QueryClient, id: string): void {
  client.setQueryData(calendarsQuery.queryKey, (known) => known?.filter((calendar) => calendar.id !== id));
  void client.invalidateQueries(calendarsQuery);
}

function path(id: string): string {
  return `/v1/calendars/${encodeURIComponent(id)}`;
}
