import { userFields } from '../../api/schemas/user.ts';
import { deleteCalendar, insertCalendar, updateCalendar, type CalendarFields } from '../../db/calendars.ts';
import type { DeskChange } from '../../db/desk-change.ts';
import type { DeskContents } from '../../db/desk-contents.ts';
import {
  deleteEscalationPolicy,
  insertEscalationPolicy,
  updateEscalationPolicy,
} from '../../db/escalation-policies.ts';
import { deleteSchedule, insertSchedule, type ScheduleFields, updateSchedule } from '../../db/schedules.ts';
import { deletePolicy, insertPolicy, updatePolicy, type PolicyFields } from '../../db/sla-policies.ts';
import { deleteTeam, insertTeam, updateTeam } from '../../db/teams.ts';
import { deleteUser, insertUser, updateUser, type UserFields } from '../../db/users.ts';
import type { EscalationHours, EscalationPolicyFields, EscalationStepFields } from '../../domain/escalation-policy.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { RotationLayer } from '../../domain/schedule.ts';
import type { Change, Fields } from './plan.ts';
import type { Section } from './shape.ts';

type Removal = Extract<Change, { type: 'remove' }>;
type Writing = Exclude<Change, Removal>;

/**
 * Carries a plan out. Things are made before they are referred to, and managers, who may be of the same file, are
 * appointed once everybody is there.
 */
export async function carryOut(change: DeskChange, contents: DeskContents, changes: readonly Change[]): Promise<void> {
  const ids = new Ids(contents);
  const writings = (section: Section): Writing[] =>
    changes.filter((c): c is Writing => c.section === section && c.type !== 'remove');
  const write = async (section: Section, writer: Writer): Promise<void> => {
    for (const writing of writings(section)) {
      const row = await (writing.type === 'add'
        ? writer.add(writing.fields)
        : writer.change(writing.id, writing.fields));
      if (row !== undefined) ids.add(section, writing.key, row.id);
    }
  };

  await write('teams', {
    add: ({ name }) => insertTeam(change, { name: name as string, manager: null, members: [] }),
    change: (id, { manager: _later, ownership: _after, ...fields }) => updateTeam(change, id, fields),
  });
  await write('calendars', {
    add: ({ name, ...definition }) => insertCalendar(change, { name, definition } as unknown as CalendarFields),
    change: (id, { name, ...definition }) =>
      updateCalendar(change, id, { name: name as string | undefined, definition }),
  });
  const user = ({ manager: _later, teams, ...fields }: Fields): Fields => ({
    ...userFields(fields),
    ...(teams !== undefined && { teams: (teams as string[]).map((team) => ids.of('teams', team)) }),
  });
  await write('users', {
    add: (fields) => insertUser(change, { ...user(fields), manager: null } as UserFields),
    change: (id, fields) => updateUser(change, id, user(fields)),
  });
  for (const section of ['users', 'teams'] as const) {
    const appoint = section === 'users' ? updateUser : updateTeam;
    for (const { key, fields } of writings(section)) {
      if (fields['manager'] === undefined) continue;
      const manager = fields['manager'] === null ? null : ids.of('users', fields['manager'] as string);
      await appoint(change, ids.of(section, key), { manager });
    }
  }
  const policy = ({ calendar, conditions, ...fields }: Fields): Fields => ({
    ...fields,
    ...(calendar !== undefined && { calendar: calendar === null ? null : ids.of('calendars', calendar as string) }),
    ...(conditions !== undefined && { conditions: withTeamIds(conditions as Conditions, ids) }),
  });
  const schedule = ({ layers, ...fields }: Fields): Fields => ({
    ...fields,
    ...(layers !== undefined && { layers: (layers as readonly RotationLayer[]).map((layer) => withIds(layer, ids)) }),
  });
  await write('schedules', {
    add: (fields) => insertSchedule(change, schedule(fields) as unknown as ScheduleFields),
    change: (id, fields) => updateSchedule(change, id, schedule(fields)),
  });
  for (const { key, fields } of writings('teams')) {
    const ownership = fields['ownership'] as Ownership | null | undefined;
    if (ownership === undefined) continue;
    const owned = ownership?.schedule === undefined ? {} : { schedule: ids.of('schedules', ownership.schedule) };
    await updateTeam(change, ids.of('teams', key), { ownership: ownership && { ...ownership, ...owned } });
  }
  await write('slaPolicies', {
    add: (fields) => insertPolicy(change, policy(fields) as unknown as PolicyFields),
    change: (id, fields) => updatePolicy(change, id, policy(fields)),
  });
  const escalation = ({ next: _last, hours, steps, conditions, ...fields }: Fields): Fields => ({
    ...fields,
    ...(hours !== undefined && { hours: hours && withCalendarId(hours as EscalationHours, ids) }),
    ...(steps !== undefined && { steps: (steps as EscalationStepFields[]).map((step) => withTargetIds(step, ids)) }),
    ...(conditions !== undefined && { conditions: withTeamIds(conditions as Conditions, ids) }),
  });
  await write('escalationPolicies', {
    add: (fields) =>
      insertEscalationPolicy(change, { ...escalation(fields), next: null } as unknown as EscalationPolicyFields),
    // Until all are there as they will be, a policy's old way on and another's new one might go round in a circle.
    change: (id, fields) =>
      updateEscalationPolicy(change, id, { ...escalation(fields), ...('next' in fields && { next: null }) }),
  });
  for (const { key, fields } of writings('escalationPolicies')) {
    const { next } = fields;
    if (typeof next !== 'string') continue;
    const then = ids.of('escalationPolicies', next);
    await updateEscalationPolicy(change, ids.of('escalationPolicies', key), { next: then });
  }
  await remove(
    change,
    changes.filter((c): c is Removal => c.type === 'remove'),
  );
}

interface Writer {
  readonly add: (fields: Fields) => Promise<{ readonly id: string }>;
  readonly change: (id: string, fields: Fields) => Promise<{ readonly id: string } | undefined>;
}

interface Conditions {
  readonly team?: readonly string[];
}

function withTeamIds(conditions: Conditions, ids: Ids): Conditions {
  const { team } = conditions;
  return team === undefined ? conditions : { ...conditions, team: team.map((name) => ids.of('teams', name)) };
}

function withIds(layer: RotationLayer, ids: Ids): RotationLayer {
  const user = (email: string): string => ids.of('users', email);
  const { participants, shadows, eligible } = layer;
  return {
    ...layer,
    participants: participants.map((p) => (typeof p === 'string' ? user(p) : p.map(user))),
    ...(shadows && { shadows: shadows.map((s) => (typeof s === 'string' ? user(s) : { ...s, user: user(s.user) })) }),
    ...(eligible?.teams && {
      eligible: { ...eligible, teams: eligible.teams.map((team) => ids.of('teams', team)) },
    }),
  };
}

function withCalendarId(hours: EscalationHours, ids: Ids): EscalationHours {
  return { ...hours, calendar: ids.of('calendars', hours.calendar) };
}

function withTargetIds(step: EscalationStepFields, ids: Ids): EscalationStepFields {
  const targets = step.targets.map((target) => {
    if (target.type === 'schedule') return { ...target, schedule: ids.of('schedules', target.schedule) };
    return target.type === 'user' ? { ...target, user: ids.of('users', target.user) } : target;
  });
  return { ...step, targets };
}

/** What uses others goes first. */
async function remove(change: DeskChange, removals: readonly Removal[]): Promise<void> {
  const of = (section: Section): Removal[] => removals.filter((removal) => removal.section === section);
  for (const { id } of of('escalationPolicies')) await updateEscalationPolicy(change, id, { next: null });
  for (const { id } of of('escalationPolicies')) await deleteEscalationPolicy(change, id);
  for (const { id } of of('slaPolicies')) await deletePolicy(change, id);
  for (const { id } of of('teams')) await updateTeam(change, id, { ownership: null });
  for (const { id } of of('schedules')) await deleteSchedule(change, id);
  for (const { id } of of('calendars')) await deleteCalendar(change, id);
  for (const { id } of of('teams')) await deleteTeam(change, id);
  for (const { id } of of('users')) await updateUser(change, id, { manager: null });
  for (const { id } of of('users')) await deleteUser(change, id);
}

/** Finds ids by what names things in files, of what is there and of what has just been made. */
class Ids {
  readonly #ids = new Map<string, string>();

  constructor({ users, teams, calendars, schedules, escalationPolicies }: DeskContents) {
    for (const { id, email } of users) this.add('users', email, id);
    for (const { id, name } of teams) this.add('teams', name, id);
    for (const { id, name } of calendars) this.add('calendars', name, id);
    for (const { id, name } of schedules) this.add('schedules', name, id);
    for (const { id, name } of escalationPolicies) this.add('escalationPolicies', name, id);
  }

  add(section: Section, name: string, id: string): void {
    this.#ids.set(`${section}/${name.toLowerCase()}`, id);
  }

  of(section: Section, name: string): string {
    const id = this.#ids.get(`${section}/${name.toLowerCase()}`);
    if (id === undefined) throw new Error(`${section}: "${name}" was planned with and is not there`);
    return id;
  }
}
