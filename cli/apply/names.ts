import type { DeskContents } from '../../db/desk-contents.ts';
import { type Desk, type Entry, keyOf } from './desk-file.ts';
import type { PolicyEntry, UserEntry } from './shape.ts';

/**
 * Finds what files mean by a name, be it in the files or in the desk already, and writes it in one way: a team or a
 * calendar as it is called, a user by email.
 */
export class Names {
  readonly problems: string[] = [];
  readonly #teams: Map<string, string>;
  readonly #calendars: Map<string, string>;
  readonly #emails: Map<string, string>;
  /** Of everybody of a name. */
  readonly #emailsByName = new Map<string, Set<string>>();
  readonly #byId: Map<string, string>;

  constructor({ users, teams, calendars }: DeskContents, desk: Desk) {
    const entries = <T>(list: readonly Entry<T>[] = []): T[] => list.map((entry) => entry.value);
    const allUsers = [...users, ...entries(desk.users)];
    this.#teams = byKey([...teams, ...entries(desk.teams)], ({ name }) => name);
    this.#calendars = byKey([...calendars, ...entries(desk.calendars)], ({ name }) => name);
    this.#emails = byKey(allUsers, ({ email }) => email);
    const named = new Map(allUsers.map((user) => [keyOf(user), user]));
    for (const { name, email } of named.values()) {
      const key = name.toLowerCase();
      this.#emailsByName.set(key, (this.#emailsByName.get(key) ?? new Set()).add(email));
    }
    this.#byId = new Map([
      ...users.map(({ id, email }) => [id, this.#emails.get(email.toLowerCase()) ?? email] as const),
      ...teams.map(({ id, name }) => [id, this.#teams.get(name.toLowerCase()) ?? name] as const),
      ...calendars.map(({ id, name }) => [id, this.#calendars.get(name.toLowerCase()) ?? name] as const),
    ]);
  }

  /** Of a user, the email. */
  nameOf<Id extends string | null>(id: Id): Id | string {
    return id === null ? id : (this.#byId.get(id) ?? id);
  }

  /** The manager's email, where the entry says something of a manager. */
  person(field: 'manager', entry: Entry<{ manager?: string | null; email?: string }>): { manager?: string | null } {
    const wanted = entry.value[field];
    if (wanted === undefined || wanted === null) return wanted === null ? { manager: null } : {};
    const key = wanted.toLowerCase();
    const named = [...(this.#emailsByName.get(key) ?? [])];
    const email = this.#emails.get(key) ?? (named.length === 1 ? named[0] : undefined);
    if (email === undefined) {
      this.#problem(
        entry.at(field),
        named.length > 1
          ? `several users are called "${wanted}"; right is an email: ${named.join(', ')}`
          : `there is no user "${wanted}"; right is an email or a name of a user in the file or the desk`,
      );
    } else if (entry.value.email?.toLowerCase() === email.toLowerCase()) {
      this.#problem(entry.at(field), 'nobody can be their own manager');
    }
    return { manager: email ?? wanted };
  }

  teams(field: 'teams', entry: Entry<UserEntry>): { teams?: string[] } {
    const wanted = entry.value[field];
    return wanted === undefined ? {} : { teams: this.#teamNames(wanted, field, entry.at) };
  }

  conditionTeams(entry: Entry<PolicyEntry>): { team?: string[] } {
    const wanted = entry.value.conditions?.team;
    return wanted === undefined ? {} : { team: this.#teamNames(wanted, 'conditions.team', entry.at) };
  }

  calendar(entry: Entry<PolicyEntry>): { calendar?: string | null } {
    const wanted = entry.value.calendar;
    if (wanted === undefined || wanted === null) return wanted === null ? { calendar: null } : {};
    const name = this.#calendars.get(wanted.toLowerCase());
    if (name === undefined) this.#problem(entry.at('calendar'), noSuch('calendar', wanted, this.#calendars));
    return { calendar: name ?? wanted };
  }

  #teamNames(wanted: readonly string[], path: string, at: Entry<unknown>['at']): string[] {
    const names = wanted.map((team, i) => {
      const name = this.#teams.get(team.toLowerCase());
      if (name === undefined) this.#problem(at(`${path}.${i}`), noSuch('team', team, this.#teams));
      return name ?? team;
    });
    return [...new Set(names)].toSorted();
  }

  #problem(at: string, message: string): void {
    this.problems.push(`${at}: ${message}`);
  }
}

/** The last of the same key counts: the file's way of writing it. */
function byKey<T>(rows: readonly T[], nameOf: (row: T) => string): Map<string, string> {
  return new Map(rows.map((row) => [nameOf(row).toLowerCase(), nameOf(row)]));
}

function noSuch(kind: string, wanted: string, known: ReadonlyMap<string, string>): string {
  const right = known.size === 0 ? `there are no ${kind}s yet` : `right is one of ${[...known.values()].join(', ')}`;
  return `there is no ${kind} "${wanted}"; ${right}`;
}
