import { asc } from 'drizzle-orm';
import { type StoredCalendar, storedCalendarOf } from './calendars.ts';
import type { Db } from './client.ts';
import type { StoredAbsence } from './absences.ts';
import type { EscalationPolicyRow } from './escalation-policies.ts';
import type { StoredOverride, StoredSchedule } from './schedules.ts';
import * as desk from './schema/desk.ts';
import * as onCall from './schema/on-call.ts';
import { policyOf, type StoredPolicy } from './sla-policies.ts';
import { teamOf, type Team } from './teams.ts';
import { userOf, type User } from './users.ts';

export interface DeskContents {
  readonly users: readonly User[];
  readonly teams: readonly Team[];
  readonly calendars: readonly StoredCalendar[];
  readonly removedCalendars: readonly StoredCalendar[];
  readonly policies: readonly StoredPolicy[];
  readonly schedules: readonly StoredSchedule[];
  /** In the order in which they act. */
  readonly overrides: readonly StoredOverride[];
  readonly escalationPolicies: readonly EscalationPolicyRow[];
  readonly absences: readonly StoredAbsence[];
}

/** All people and rules, each by id. */
export async function readDesk(db: Db): Promise<DeskContents> {
  const members = await db.select().from(desk.teamMembers).orderBy(desk.teamMembers.team, desk.teamMembers.user);
  const teamsOf = grouped(members.map((member) => [member.user, member.team]));
  const membersOf = grouped(members.map((member) => [member.team, member.user]));
  const users = await db.select().from(desk.users).orderBy(asc(desk.users.id));
  const teams = await db.select().from(desk.teams).orderBy(asc(desk.teams.id));
  const calendars = await db.select().from(desk.calendars).orderBy(asc(desk.calendars.id));
  const policies = await db.select().from(desk.slaPolicies).orderBy(asc(desk.slaPolicies.id));
  return {
    users: users.map((row) => userOf(row, teamsOf.get(row.id) ?? [])),
    teams: teams.map((row) => teamOf(row, membersOf.get(row.id) ?? [])),
    calendars: calendars.filter((row) => row.removedAt === null).map(storedCalendarOf),
    removedCalendars: calendars.filter((row) => row.removedAt !== null).map(storedCalendarOf),
    policies: policies.map(policyOf),
    schedules: await db.select().from(onCall.schedules).orderBy(asc(onCall.schedules.id)),
    overrides: await db.select().from(onCall.scheduleOverrides).orderBy(asc(onCall.scheduleOverrides.number)),
    escalationPolicies: await db.select().from(onCall.escalationPolicies).orderBy(asc(onCall.escalationPolicies.id)),
    absences: await db.select().from(onCall.absences).orderBy(asc(onCall.absences.id)),
  };
}

function grouped(pairs: readonly (readonly [key: string, value: string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}
