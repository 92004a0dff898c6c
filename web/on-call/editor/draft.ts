import type { Schedule } from '../../api/types.ts';
import { instantIn, isTimeZone, wallText } from '../zone.ts';

/** A schedule as a form has it: texts that need not make sense yet. */
export interface ScheduleDraft {
  readonly name: string;
  readonly timeZone: string;
  readonly layers: readonly LayerDraft[];
}

export type Layer = Schedule['layers'][number];
type Rotation = NonNullable<Layer['rotation']>;
export type Restriction = NonNullable<Layer['restrictions']>[number];

export const rotationTypes = ['hourly', 'daily', 'weekly', 'monthly'] as const satisfies readonly Rotation['type'][];
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export interface RestrictionDraft {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

export interface ShadowDraft {
  readonly user: string;
  readonly from: TimeDraft;
  readonly until: TimeDraft;
}

export interface LayerDraft {
  /** Its place among the stored layers; null for a new one. */
  readonly origin: number | null;
  /** Tells it from the others of the form, wherever it is moved. */
  readonly key: number;
  /** What the form has no field for, and leaves as it is: a calendar's shifts, weights, who is eligible. */
  readonly stored: Layer;
  readonly name: string;
  readonly type: Rotation['type'];
  readonly shiftLength: string;
  readonly start: TimeDraft;
  readonly until: TimeDraft;
  /** Those of one entry are on duty together. */
  readonly participants: readonly (readonly string[])[];
  readonly fair: boolean;
  readonly shadows: readonly ShadowDraft[];
  readonly restrictions: readonly RestrictionDraft[];
}

/** A time on the clocks of a schedule's zone, and the instant that it stands for as long as neither was touched. */
export interface TimeDraft {
  readonly text: string;
  readonly given?: { readonly instant: string; readonly timeZone: string; readonly text: string };
}

export const noTime: TimeDraft = { text: '' };

export function timeDraft(timeZone: string, instant: string | undefined): TimeDraft {
  if (instant === undefined) return noTime;
  const text = wallText(timeZone, Date.parse(instant));
  return { text, given: { instant, timeZone, text } };
}

/** Undefined where nothing was entered. What is no time is left as it is: the API says what is wrong with it. */
export function instantOf(timeZone: string, { text, given }: TimeDraft): string | undefined {
  if (text === '') return undefined;
  if (given !== undefined && given.text === text && given.timeZone === timeZone) return given.instant;
  const at = isTimeZone(timeZone) ? instantIn(timeZone, text) : instantIn('UTC', text);
  return at === undefined ? text : new Date(at).toISOString().replace('.000Z', 'Z');
}

export function draftOf({ name, timeZone, layers }: Pick<Schedule, 'name' | 'timeZone' | 'layers'>): ScheduleDraft {
  return { name, timeZone, layers: layers.map((layer, i) => layerDraft(timeZone, layer, i, i)) };
}

export const isCalendarLayer = ({ stored }: LayerDraft): boolean => stored.shifts !== undefined;

function layerDraft(timeZone: string, layer: Layer, origin: number | null, key: number): LayerDraft {
  const { name = '', rotation, participants = [], fair = false, shadows = [], restrictions = [], until } = layer;
  return {
    origin,
    key,
    stored: layer,
    name,
    type: rotation?.type ?? 'weekly',
    shiftLength: String(rotation?.shiftLength ?? 1),
    start: timeDraft(timeZone, rotation?.start),
    until: timeDraft(timeZone, until),
    participants: participants.map((entry) => (typeof entry === 'string' ? [entry] : entry)),
    fair,
    shadows: shadows.map((shadow) => {
      const { user, from, until } = typeof shadow === 'string' ? { user: shadow } : { ...shadow };
      return { user, from: timeDraft(timeZone, from), until: timeDraft(timeZone, until) };
    }),
    restrictions: restrictions.map(({ days, from, to }) => ({ days, from, to: to === '24:00' ? '00:00' : to })),
  };
}

/** A week for each, handed over at nine on Mondays, as most begin. */
export function newLayer(timeZone: string, others: readonly LayerDraft[], now: number): LayerDraft {
  const today = wallText(timeZone, now).slice(0, 10);
  const weekday = (new Date(`${today}T00:00Z`).getUTCDay() + 6) % 7;
  const monday = new Date(Date.parse(`${today}T00:00Z`) - weekday * 86_400_000).toISOString().slice(0, 10);
  const key = Math.max(-1, ...others.map((layer) => layer.key)) + 1;
  return { ...layerDraft(timeZone, {}, null, key), start: { text: `${monday}T09:00` } };
}

export function newSchedule(timeZone: string, now: number): ScheduleDraft {
  return { name: '', timeZone, layers: [newLayer(timeZone, [], now)] };
}

/** As the API takes it. */
export function layersOf({ timeZone, layers }: ScheduleDraft): Layer[] {
  return layers.map((layer) => layerOf(timeZone, layer));
}

function layerOf(timeZone: string, draft: LayerDraft): Layer {
  const { stored, shiftLength, type, start, participants, fair, shadows, restrictions } = draft;
  const name = draft.name.trim();
  const {
    name: _name,
    rotation,
    fair: _fair,
    shadows: _shadows,
    restrictions: _restrictions,
    until: _until,
    ...rest
  } = stored;
  const named = name === '' ? {} : { name };
  if (isCalendarLayer(draft)) return { ...rest, ...named };
  const until = instantOf(timeZone, draft.until);
  return {
    ...rest,
    ...named,
    rotation: { ...rotation, type, shiftLength: Number(shiftLength), start: instantOf(timeZone, start) ?? '' },
    participants: participants.map((entry) => (entry.length === 1 ? (entry[0] ?? '') : [...entry])),
    ...(fair && { fair }),
    ...(shadows.length > 0 && { shadows: shadows.map((shadow) => shadowOf(timeZone, shadow)) }),
    ...(restrictions.length > 0 && { restrictions: restrictions.map(restrictionOf) }),
    ...(until !== undefined && { until }),
  };
}

function shadowOf(timeZone: string, { user, from, until }: ShadowDraft): NonNullable<Layer['shadows']>[number] {
  const [start, end] = [instantOf(timeZone, from), instantOf(timeZone, until)];
  if (start === undefined && end === undefined) return user;
  return { user, ...(start !== undefined && { from: start }), ...(end !== undefined && { until: end }) };
}

/** The end of the day is midnight to a field for times, and 24:00 to the API. */
function restrictionOf({ days, from, to }: RestrictionDraft): Restriction {
  return { days: days as Restriction['days'], from, to: to === '00:00' ? '24:00' : to };
}

export function moved<T>(list: readonly T[], from: number, by: 1 | -1): readonly T[] {
  const item = list[from];
  const to = from + by;
  return item === undefined || to < 0 || to >= list.length ? list : list.toSpliced(from, 1).toSpliced(to, 0, item);
}
