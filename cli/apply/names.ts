import type { DeskContents } from '../../db/desk-contents.ts';
import { type Desk, type Entry, keyOf } from './desk-file.ts';
import type { EscalationEntry, PolicyEntry, ScheduleEntry, TeamEntry, UserEntry } from './shape.ts';

type At = Entry<unknown>['at'];

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
  readonly #schedules: Map<string, string>;
  readonly #escalationPolicies: Map<string, string>;
  readonly #byId: Map<string, string>;

  constructor({ users, teams, calendars, schedules, escalationPolicies }: DeskContents, desk: Desk) {
    const entries = <T>(list: readonly Entry<T>[] = []): T[] => list.map((entry) => entry.value);
    const allUsers = [...users, ...entries(desk.users)];
    this.#teams = byKey([...teams, ...entries(desk.teams)], ({ name }) => name);
    this.#calendars = byKey([...calendars, ...entries(desk.calendars)], ({ name }) => name);
    this.#schedules = byKey([...schedules, ...entries(desk.schedules)], ({ name }) => name);
    this.#escalationPolicies = byKey([...escalationPolicies, ...entries(desk.escalationPolicies)], ({ name }) => name);
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
      ...schedules.map(({ id, name }) => [id, this.#schedules.get(name.toLowerCase()) ?? name] as const),
      ...escalationPolicies.map(
        ({ id, name }) => [id, this.#escalationPolicies.get(name.toLowerCase()) ?? name] as const,
      ),
    ]);
  }

  /** Of a user, the email. */
  nameOf<Id extends string | null>(id: Id): Id | string {
    return id === null ? id : (this.#byId.get(id) ?? id);
  }

  /** A value of the desk with all ids in it, however deep, as names. */
  named<T>(value: T): T {
    if (typeof value === 'string') return this.nameOf(value) as T;
    if (Array.isArray(value)) return value.map((item) => this.named<unknown>(item)) as T;
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.named<unknown>(item)])) as T;
  }

  /** The manager's email, where the entry says something of a manager. */
  person(field: 'manager', entry: Entry<{ manager?: string | null; email?: string }>): { manager?: string | null } {
    const wanted = entry.value[field];
    if (wanted === undefined || wanted === null) return wanted === null ? { manager: null } : {};
    const email = this.#email(wanted, field, entry.at);
    if (email !== undefined && entry.value.email?.toLowerCase() === email.toLowerCase()) {
      this.#problem(entry.at(field), 'nobody can be their own manager');
    }
    return { manager: email ?? wanted };
  }

  teams(field: 'teams', entry: Entry<UserEntry>): { teams?: string[] } {
    const wanted = entry.value[field];
    return wanted === undefined ? {} : { teams: this.#teamNames(wanted, field, entry.at) };
  }

  ownership({ value: { ownership }, at }: Entry<TeamEntry>): { ownership?: unknown } {
    if (ownership === undefined || ownership === null) return ownership === null ? { ownership } : {};
    const { schedule, ...rest } = ownership;
    if (schedule === undefined) return { ownership: rest };
    return { ownership: { ...rest, schedule: this.#schedule(schedule, 'ownership.schedule', at) } };
  }

  layers({ value: { layers }, at }: Entry<ScheduleEntry>): { layers: unknown[] } {
    const person = (wanted: string, path: string) => this.#email(wanted, path, at) ?? wanted;
    return {
      layers: layers.map(({ participants, shadows, eligible, ...layer }, i) => ({
        ...layer,
        participants: participants.map((participant, j) => {
          const path = `layers.${i}.participants.${j}`;
          if (typeof participant === 'string') return person(participant, path);
          return participant.map((one, k) => person(one, `${path}.${k}`));
        }),
        ...(shadows && {
          shadows: shadows.map((shadow, j) => {
            const path = `layers.${i}.shadows.${j}`;
            if (typeof shadow === 'string') return person(shadow, path);
            return { ...shadow, user: person(shadow.user, `${path}.user`) };
          }),
        }),
        ...(eligible && {
          eligible: {
            ...eligible,
            ...(eligible.teams && { teams: this.#teamNames(eligible.teams, `layers.${i}.eligible.teams`, at) }),
          },
        }),
      })),
    };
  }

  escalation({ value: { hours, steps, next }, at }: Entry<EscalationEntry>): Readonly<Record<string, unknown>> {
    return {
      ...(hours && { hours: { ...hours, calendar: this.#calendar(hours.calendar, 'hours.calendar', at) } }),
      steps: steps.map((step, i) => ({
        ...step,
        targets: step.targets.map((target, j) => {
          const path = `steps.${i}.targets.${j}`;
          if (target.type === 'schedule') {
            return { ...target, schedule: this.#schedule(target.schedule, `${path}.schedule`, at) };
          }
          if (target.type !== 'user') return target;
          return { ...target, user: this.#email(target.user, `${path}.user`, at) ?? target.user };
        }),
      })),
      ...(next && { next: this.#escalationPolicy(next, 'next', at) }),
    };
  }

  conditionTeams(entry: Entry<PolicyEntry | EscalationEntry>): { team?: string[] } {
    const wanted = entry.value.conditions?.team;
    return wanted === undefined ? {} : { team: this.#teamNames(wanted, 'conditions.team', entry.at) };
  }

  calendar(entry: Entry<PolicyEntry>): { calendar?: string | null } {
    const wanted = entry.value.calendar;
    if (wanted === undefined || wanted === null) return wanted === null ? { calendar: null } : {};
    return { calendar: this.#calendar(wanted, 'calendar', entry.at) };
  }

  #calendar(wanted: string, path: string, at: At): string {
    return this.#find('calendar', this.#calendars, wanted, at(path));
  }

  #schedule(wanted: string, path: string, at: At): string {
    return this.#find('schedule', this.#schedules, wanted, at(path));
  }

  #escalationPolicy(wanted: string, path: string, at: At): string {
    return this.#find('escalation policy', this.#escalationPolicies, wanted, at(path));
  }

  #find(kind: string, known: ReadonlyMap<string, string>, wanted: string, at: string): string {
    const name = known.get(wanted.toLowerCase());
    if (name === undefined) this.#problem(at, noSuch(kind, wanted, known));
    return name ?? wanted;
  }

  /** Undefined, and a problem, where the text is nobody's email and not one person's name. */
  #email(wanted: string, path: string, at: At): string | undefined {
    const key = wanted.toLowerCase();
    const named = [...(this.#emailsByName.get(key) ?? [])];
    const email = this.#emails.get(key) ?? (named.length === 1 ? named[0] : undefined);
    if (email === undefined) {
      this.#problem(
        at(path),
        named.length > 1
          ? `several users are called "${wanted}"; right is an email: ${named.join(', ')}`
          : `there is no user "${wanted}"; right is an email or a name of a user in the file or the desk`,
      );
    }
    return email;
  }

  #teamNames(wanted: readonly string[], path: string, at: At): string[] {
    const names = wanted.map((team, i) => this.#find('team', this.#teams, team, at(`${path}.${i}`)));
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
  const right =
    known.size === 0
      ? `there are no ${kind.replace(/y$/, 'ie')}s yet`
      : `right is one of ${[...known.values()].join(', ')}`;
  return `there is no ${kind} "${wanted}"; ${right}`;
}
