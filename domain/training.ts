/** Trainees shadow a layer for some weeks, and then have turns in it. */

import { isCalendarLayer, type Layer, type Schedule } from './schedule.ts';
import { dayLength, zoneNamed } from './wall-clock.ts';

export interface Training {
  /** By its number from 0. */
  readonly layer: number;
  readonly user: string;
  readonly start: number;
  readonly weeks: number;
  readonly needsConfirmation: boolean;
  readonly confirmedAt: number | null;
}

/** When the weeks are over: at the same time on the schedule's clocks as they began. */
export function endOfTraining({ start, weeks }: Pick<Training, 'start' | 'weeks'>, timeZone: string): number {
  const zone = zoneNamed(timeZone);
  return zone.toInstant(zone.toWall(start) + weeks * 7 * dayLength);
}

/** When the trainee has turns from; null while somebody has to confirm it, until when the trainee goes on shadowing. */
export function promotedAt(training: Training, timeZone: string): number | null {
  const end = endOfTraining(training, timeZone);
  if (!training.needsConfirmation) return end;
  return training.confirmedAt === null ? null : Math.max(end, training.confirmedAt);
}

/** Instants from which people have turns, by person, for each layer that has any such. */
export type Joins = ReadonlyMap<number, ReadonlyMap<string, number>>;

/** The schedule with its trainees as shadows, and, from their promotion on, as participants behind all others. */
export function withTrainings(
  schedule: Schedule,
  trainings: readonly Training[],
): { readonly schedule: Schedule; readonly joins: Joins } {
  const joins = new Map<number, Map<string, number>>();
  const layers = schedule.layers.map((layer, i): Layer => {
    const own = trainings.filter((training) => training.layer === i);
    if (own.length === 0 || isCalendarLayer(layer)) return layer;
    const there = new Set(layer.participants.flat());
    const joined = new Map<string, number>();
    const shadows = own.map((training) => {
      const promoted = promotedAt(training, schedule.timeZone);
      if (promoted !== null && !there.has(training.user)) joined.set(training.user, promoted);
      const from = new Date(training.start).toISOString();
      return { user: training.user, from, ...(promoted !== null && { until: new Date(promoted).toISOString() }) };
    });
    joins.set(i, joined);
    return {
      ...layer,
      participants: [...layer.participants, ...joined.keys()],
      shadows: [...(layer.shadows ?? []), ...shadows],
    };
  });
  return { schedule: { ...schedule, layers }, joins };
}
