import type { Directory } from '../db/directory.ts';

export interface DutyNow {
  readonly schedule: { readonly id: string; readonly name: string };
  /** Empty in a gap. */
  readonly users: readonly string[];
  /** When that changes; null where it is not known to change. */
  readonly until: number | null;
}

/** Who is on duty at an instant, in every schedule, by name. */
export function dutyAt(directory: Directory, at: number): DutyNow[] {
  return directory
    .schedules()
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name }) => {
      const onCall = directory.onCall(id);
      const shift = onCall?.at(at);
      const until = shift?.end ?? onCall?.handoffs(at, 1)[0];
      return { schedule: { id, name }, users: shift?.users ?? [], until: until ?? null };
    });
}
