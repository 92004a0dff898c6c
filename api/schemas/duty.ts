import { Type, type Static } from 'typebox';
import type { StoredAbsence } from '../../db/absences.ts';
import { swapStatuses } from '../../db/schema/on-call.ts';
import type { ShiftSwap } from '../../db/shift-swaps.ts';
import type { StoredTraining } from '../../db/trainings.ts';
import { promotedAt, endOfTraining } from '../../domain/training.ts';
import { trainingOf } from '../../db/trainings.ts';
import { Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

/** Absences, swaps and trainings: what changes who has duty, beside schedules and overrides. */

const InstantText = Type.String({ format: 'date-time', maxLength: 40 });
const Interval = Strict({ start: InstantText, end: InstantText });

export const NewAbsence = Strict({ user: Id, start: InstantText, end: InstantText, reason: Type.Optional(Text(500)) });
export const AbsenceSchema = Type.Object({
  id: Id,
  user: Type.String(),
  start: Instant,
  end: Instant,
  reason: Nullable(Type.String()),
  createdAt: Instant,
  uncovered: Type.Array(Type.Object({ schedule: Type.String(), start: Instant, end: Instant }), {
    description: 'when the person is still on duty in the meantime: somebody has to cover these',
  }),
});
export const AbsenceQuery = Strict({ user: Type.Optional(Id) });

export interface Uncovered {
  readonly schedule: string;
  readonly start: number;
  readonly end: number;
}

export function absenceJson(absence: StoredAbsence, uncovered: readonly Uncovered[]): Static<typeof AbsenceSchema> {
  const { id, user, start, end, reason, createdAt } = absence;
  return {
    id,
    user,
    start: iso(start.getTime()),
    end: iso(end.getTime()),
    reason,
    createdAt: iso(createdAt.getTime()),
    uncovered: uncovered.map((u) => ({ schedule: u.schedule, start: iso(u.start), end: iso(u.end) })),
  };
}

export const NewSwap = Strict(
  { asker: Id, asked: Id, given: Interval, taken: Type.Optional(Interval) },
  { description: 'the asker gives away all duty in `given`, and takes over all of the other’s in `taken`' },
);
export const SwapSchema = Type.Object({
  id: Id,
  asker: Type.String(),
  asked: Type.String(),
  given: Type.Object({ start: Instant, end: Instant }),
  taken: Nullable(Type.Object({ start: Instant, end: Instant })),
  status: OneOf(swapStatuses),
  createdAt: Instant,
  answeredAt: Nullable(Instant),
});
export const SwapParams = Strict({ id: Id, swap: Id });

export function swapJson(swap: ShiftSwap): Static<typeof SwapSchema> {
  const { id, asker, asked, givenStart, givenEnd, takenStart, takenEnd, status, createdAt, answeredAt } = swap;
  return {
    id,
    asker,
    asked,
    given: { start: iso(givenStart.getTime()), end: iso(givenEnd.getTime()) },
    taken: takenStart && takenEnd && { start: iso(takenStart.getTime()), end: iso(takenEnd.getTime()) },
    status,
    createdAt: iso(createdAt.getTime()),
    answeredAt: answeredAt && iso(answeredAt.getTime()),
  };
}

export const NewTraining = Strict({
  schedule: Id,
  layer: Type.Integer({ minimum: 0, maximum: 100, description: 'by its number from 0' }),
  user: Id,
  start: InstantText,
  weeks: Type.Integer({ minimum: 1, maximum: 104 }),
  needsConfirmation: Type.Optional(
    Type.Boolean({ default: false, description: 'whether a manager has to say that the trainee is ready' }),
  ),
});
export const TrainingSchema = Type.Object({
  id: Id,
  schedule: Type.String(),
  layer: Type.Integer(),
  user: Type.String(),
  start: Instant,
  end: Instant,
  weeks: Type.Integer(),
  needsConfirmation: Type.Boolean(),
  confirmedAt: Nullable(Instant),
  confirmedBy: Nullable(Type.String()),
  promotedAt: Nullable(
    Type.String({ ...Instant, description: 'since when the trainee has turns; null while it is to be confirmed' }),
  ),
  createdAt: Instant,
});
export const TrainingQuery = Strict({ schedule: Type.Optional(Id) });

export function trainingJson(training: StoredTraining, timeZone: string): Static<typeof TrainingSchema> {
  const { start, confirmedAt, createdAt, ...rest } = training;
  const rules = trainingOf(training);
  return {
    ...rest,
    start: iso(start.getTime()),
    end: iso(endOfTraining(rules, timeZone)),
    confirmedAt: confirmedAt && iso(confirmedAt.getTime()),
    promotedAt: iso(promotedAt(rules, timeZone)),
    createdAt: iso(createdAt.getTime()),
  };
}
