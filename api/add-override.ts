import type { DeskChange } from '../db/desk-change.ts';
import {
  findSchedule,
  insertOverride,
  listOverrides,
  type OverrideFields,
  scheduleOf,
  type StoredOverride,
} from '../db/schedules.ts';
import { FieldProblems } from '../domain/field-problem.ts';
import type { Override } from '../domain/schedule.ts';
import { problemsOfSchedule } from '../domain/schedule-problems.ts';
import { Problem } from './problem.ts';

type OverrideBody = Override & { readonly reason?: string };

/**
 * Adds an override, checked together with those that are there by the rules of the whole schedule.
 * @throws FieldProblems, UnknownReference, or a Problem where there is no such schedule
 */
export async function addOverride(
  change: DeskChange,
  id: string,
  { reason, ...override }: OverrideBody,
): Promise<StoredOverride> {
  const schedule = await findSchedule(change.tx, id);
  if (schedule === undefined) throw noSchedule();
  const { overrides = [], ...rest } = scheduleOf(schedule, await listOverrides(change.tx, id));
  const problems = problemsOfSchedule({ ...rest, overrides: [...overrides, override] });
  const own = `overrides.${overrides.length}`;
  const about = problems.filter((problem) => problem.path === own || problem.path.startsWith(`${own}.`));
  if (about.length > 0) {
    throw new FieldProblems(about.map((p) => ({ ...p, path: p.path.slice(own.length + 1) })));
  }
  const { start, end, user = null, replaces = null, adds = null } = override;
  const fields: OverrideFields = {
    start: new Date(start),
    end: new Date(end),
    user,
    replaces,
    adds,
    reason: reason ?? null,
  };
  return insertOverride(change, id, fields);
}

export function noSchedule(): Problem {
  return new Problem('not-found', 'There is no schedule of this id.');
}
