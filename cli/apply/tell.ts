import { userInfo } from 'node:os';
import { calendarJson } from '../../api/schemas/calendar.ts';
import { escalationPolicyJson } from '../../api/schemas/escalation-policy.ts';
import { scheduleJson } from '../../api/schemas/schedule.ts';
import { slaPolicyJson } from '../../api/schemas/sla-policy.ts';
import { teamJson } from '../../api/schemas/team.ts';
import { userJson } from '../../api/schemas/user.ts';
import type { Author } from '../../db/audit-events.ts';
import type { DeskChange } from '../../db/desk-change.ts';
import type { DeskContents } from '../../db/desk-contents.ts';

/** Who runs the command, by the name that the machine knows. */
export function commandAuthor(): Author {
  const id = 'vigil apply';
  try {
    return { type: 'command', id, name: userInfo().username };
  } catch {
    // A container's user may have no name.
    return { type: 'command', id, name: id };
  }
}

/** Tells the trail what files made of the desk, thing by thing, as the API would show each. */
export function tellOfApplied(change: DeskChange, before: DeskContents, after: DeskContents): void {
  const compare = <Row extends { readonly id: string }>(
    resource: string,
    rows: (contents: DeskContents) => readonly Row[],
    json: (row: Row) => object,
  ): void => {
    const old = new Map(rows(before).map((row) => [row.id, row]));
    for (const row of rows(after)) {
      const was = old.get(row.id);
      old.delete(row.id);
      change.tell({ resource, before: was === undefined ? null : json(was), after: json(row) });
    }
    for (const row of old.values()) change.tell({ resource, before: json(row), after: null });
  };
  // Who is in which team is said of the people.
  compare(
    'teams',
    ({ teams }) => teams,
    (team) => ({ ...teamJson(team), members: [] }),
  );
  compare(
    'users',
    ({ users }) => users,
    (user) => userJson(user, true),
  );
  compare('calendars', ({ calendars }) => calendars, calendarJson);
  compare(
    'schedules',
    ({ schedules }) => schedules,
    (schedule) => scheduleJson(schedule, true),
  );
  compare('sla-policies', ({ policies }) => policies, slaPolicyJson);
  compare('escalation-policies', ({ escalationPolicies }) => escalationPolicies, escalationPolicyJson);
}
