import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import { wholeList } from './tickets.ts';
import type { Absence, CalendarFeed, FairnessJson, Override, Roster, Schedule, Swap, Training } from './types.ts';

const path = (id: string, rest = ''): string => `/v1/schedules/${encodeURIComponent(id)}${rest}`;
/** Whatever has to do with duty is read anew after each change to it; what others change is seen within a minute. */
export const dutyKey = ['duty'] as const;
const refetchInterval = 60_000;

export interface Window {
  /** RFC 3339. */
  readonly from: string;
  readonly to: string;
}

export const schedulesQuery = queryOptions({
  queryKey: [...dutyKey, 'schedules'],
  queryFn: ({ signal }) => wholeList<Schedule>('/v1/schedules', signal),
});

export const shiftsQuery = (id: string, window: Window) =>
  queryOptions({
    queryKey: [...dutyKey, id, 'shifts', window],
    queryFn: ({ signal }) => call<Roster>('GET', path(id, '/shifts'), { query: { ...window }, signal }),
    refetchInterval,
  });

/** With what each layer gives by itself. */
export const layersQuery = (id: string, window: Window) =>
  queryOptions({
    queryKey: [...dutyKey, id, 'layers', window],
    queryFn: ({ signal }) => call<Roster>('GET', path(id, '/shifts'), { query: { ...window, layers: 'true' }, signal }),
    refetchInterval,
  });

export const overridesQuery = (id: string) =>
  queryOptions({
    queryKey: [...dutyKey, id, 'overrides'],
    queryFn: async ({ signal }) => (await call<{ data: Override[] }>('GET', path(id, '/overrides'), { signal })).data,
  });

export const swapsQuery = (id: string) =>
  queryOptions({
    queryKey: [...dutyKey, id, 'swaps'],
    queryFn: async ({ signal }) => (await call<{ data: Swap[] }>('GET', path(id, '/swaps'), { signal })).data,
    refetchInterval,
  });

export const trainingsQuery = (schedule: string) =>
  queryOptions({
    queryKey: [...dutyKey, schedule, 'trainings'],
    queryFn: async ({ signal }) =>
      (await call<{ data: Training[] }>('GET', '/v1/trainings', { query: { schedule }, signal })).data,
  });

export const fairnessQuery = (id: string, window: Window) =>
  queryOptions({
    queryKey: [...dutyKey, id, 'fairness', window],
    queryFn: ({ signal }) => call<FairnessJson>('GET', path(id, '/fairness'), { query: { ...window }, signal }),
  });

export const absencesQuery = queryOptions({
  queryKey: [...dutyKey, 'absences'],
  queryFn: async ({ signal }) => (await call<{ data: Absence[] }>('GET', '/v1/absences', { signal })).data,
});

export type ScheduleFields = Pick<Schedule, 'name' | 'timeZone' | 'layers'>;

/** What a schedule that is stored nowhere would give. `layers` is JSON: the same layers are asked for once. */
export const previewQuery = (timeZone: string, layers: string, window: Window) =>
  queryOptions({
    queryKey: ['schedule-preview', timeZone, layers, window],
    queryFn: ({ signal }) => {
      const body = { schedule: { timeZone, layers: JSON.parse(layers) as Schedule['layers'] }, ...window };
      return call<Roster>('POST', '/v1/schedules/preview', { body, signal });
    },
    staleTime: Infinity,
    gcTime: 60_000,
  });

export const addSchedule = (body: ScheduleFields, idempotencyKey: string): Promise<Schedule> =>
  call('POST', '/v1/schedules', { body, idempotencyKey });
export const changeSchedule = (id: string, body: Partial<ScheduleFields>): Promise<Schedule> =>
  call('PATCH', path(id), { body });
export const removeSchedule = (id: string): Promise<void> => call('DELETE', path(id));

export interface NewOverride {
  readonly start: string;
  readonly end: string;
  readonly user?: string;
  readonly replaces?: string;
  readonly adds?: string;
  readonly reason?: string;
}

export const addOverride = (id: string, body: NewOverride, idempotencyKey: string): Promise<Override> =>
  call('POST', path(id, '/overrides'), { body, idempotencyKey });
export const removeOverride = (id: string, override: string): Promise<void> =>
  call('DELETE', path(id, `/overrides/${encodeURIComponent(override)}`));

export interface NewSwap {
  readonly asker: string;
  readonly asked: string;
  readonly given: { readonly start: string; readonly end: string };
}
export const askSwap = (id: string, body: NewSwap, idempotencyKey: string): Promise<Swap> =>
  call('POST', path(id, '/swaps'), { body, idempotencyKey });
export const answerSwap = (id: string, swap: string, verb: 'accept' | 'decline' | 'withdraw'): Promise<Swap> =>
  call('POST', path(id, `/swaps/${encodeURIComponent(swap)}/${verb}`), { body: {} });

export interface NewAbsence {
  readonly user: string;
  readonly start: string;
  readonly end: string;
  readonly reason?: string;
}
export const addAbsence = (body: NewAbsence, idempotencyKey: string): Promise<Absence> =>
  call('POST', '/v1/absences', { body, idempotencyKey });
export const removeAbsence = (id: string): Promise<void> => call('DELETE', `/v1/absences/${encodeURIComponent(id)}`);

/** Somebody's own. */
export const feedsQuery = (user: string) =>
  queryOptions({
    queryKey: ['calendar-feeds', user],
    queryFn: ({ signal }) => wholeList<CalendarFeed>('/v1/calendar-feeds', signal, { user }),
  });
export const makeFeed = (user: string, idempotencyKey: string): Promise<CalendarFeed> =>
  call('POST', '/v1/calendar-feeds', { body: { user }, idempotencyKey });
export const removeFeed = (id: string): Promise<void> => call('DELETE', `/v1/calendar-feeds/${encodeURIComponent(id)}`);
