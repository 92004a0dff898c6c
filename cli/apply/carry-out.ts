import { deleteCalendar, insertCalendar, updateCalendar, type CalendarFields } from '../../db/calendars.ts';
import type { DeskChange } from '../../db/desk-change.ts';
import type { DeskContents } from '../../db/desk-contents.ts';
import { deletePolicy, insertPolicy, updatePolicy, type PolicyFields } from '../../db/sla-policies.ts';
import { deleteTeam, insertTeam, updateTeam } from '../../db/teams.ts';
import { deleteUser, insertUser, updateUser, type UserFields } from '../../db/users.ts';
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
    change: (id, { manager: _later, ...fields }) => updateTeam(change, id, fields),
  });
  await write('calendars', {
    add: ({ name, ...definition }) => insertCalendar(change, { name, definition } as unknown as CalendarFields),
    change: (id, { name, ...definition }) =>
      updateCalendar(change, id, { name: name as string | undefined, definition }),
  });
  const user = ({ manager: _later, teams, ...fields }: Fields): Fields => ({
    ...fields,
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
  await write('slaPolicies', {
    add: (fields) => insertPolicy(change, policy(fields) as unknown as PolicyFields),
    change: (id, fields) => updatePolicy(change, id, policy(fields)),
  });
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

/** What uses others goes first. */
async function remove(change: DeskChange, removals: readonly Removal[]): Promise<void> {
  const of = (section: Section): Removal[] => removals.filter((removal) => removal.section === section);
  for (const { id } of of('slaPolicies')) await deletePolicy(change, id);
  for (const { id } of of('calendars')) await deleteCalendar(change, id);
  for (const { id } of of('teams')) await deleteTeam(change, id);
  for (const { id } of of('users')) await updateUser(change, id, { manager: null });
  for (const { id } of of('users')) await deleteUser(change, id);
}

/** Finds ids by what names things in files, of what is there and of what has just been made. */
class Ids {
  readonly #ids = new Map<string, string>();

  constructor({ users, teams, calendars }: DeskContents) {
    for (const { id, email } of users) this.add('users', email, id);
    for (const { id, name } of teams) this.add('teams', name, id);
    for (const { id, name } of calendars) this.add('calendars', name, id);
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
