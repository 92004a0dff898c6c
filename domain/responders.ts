import type { EscalationTarget } from './escalation.ts';

export interface Person {
  readonly id: string;
  readonly role: string;
  readonly active: boolean;
  readonly manager: string | null;
  readonly contacts: readonly unknown[];
}

export interface Crew {
  readonly manager: string | null;
  /** User ids. */
  readonly members: readonly string[];
}

export interface People {
  readonly users: ReadonlyMap<string, Person>;
  readonly teams: ReadonlyMap<string, Crew>;
}

export interface Situation {
  readonly assignee: string | null;
  readonly team: string | null;
  /** In this incident, latest last. */
  readonly alreadyPaged: readonly string[];
  /** Who has duty in a schedule; null where nobody has. */
  readonly onCall?: (
    schedule: string,
  ) => { readonly users: readonly string[]; readonly shadows: readonly string[] } | null;
}

/**
 * The ids of whom a step's target means now; none where there is nobody.
 * - assignee: the ticket's agent, while active.
 * - teammate: another active agent of the ticket's team, or of the assignee's teams where it has none.
 * - schedule: all who are on call in it.
 * - user: the person, while active.
 * - manager: the assignee's, else the team's, else anybody of the desk with the role manager, then admin.
 * Among several it is somebody who can be reached, who was not paged yet or else longest ago, then by id.
 */
export function respondersOf(people: People, target: EscalationTarget, situation: Situation): string[] {
  const { assignee } = situation;
  switch (target.type) {
    case 'assignee':
      return assignee !== null && isActive(people, assignee) ? [assignee] : [];
    case 'teammate':
      return first(people, teammates(people, situation), situation);
    case 'manager':
      return manager(people, situation);
    case 'schedule':
      return (situation.onCall?.(target.schedule)?.users ?? []).filter((id) => isActive(people, id));
    case 'user':
      return isActive(people, target.user) ? [target.user] : [];
  }
}

/** Who gets copies of what a step's target is paged with. */
export function copiesOf(people: People, target: EscalationTarget, { onCall }: Situation): string[] {
  if (target.type !== 'schedule') return [];
  return (onCall?.(target.schedule)?.shadows ?? []).filter((id) => isActive(people, id));
}

function manager(people: People, situation: Situation): string[] {
  const { assignee } = situation;
  const own = assignee === null ? undefined : people.users.get(assignee);
  const named = [own, ...teamsOf(people, situation)].flatMap((managed) => managed?.manager ?? []);
  const present = named.find((id) => id !== assignee && isActive(people, id));
  if (present !== undefined) return [present];
  const managers = first(people, withRole(people, 'manager'), situation);
  return managers.length > 0 ? managers : first(people, withRole(people, 'admin'), situation);
}

function teammates(people: People, situation: Situation): string[] {
  const members = teamsOf(people, situation).flatMap((team) => team.members);
  return members.filter((id) => people.users.get(id)?.role === 'agent');
}

function teamsOf(people: People, { assignee, team }: Situation): Crew[] {
  const own = team === null ? undefined : people.teams.get(team);
  if (own !== undefined) return [own];
  return assignee === null ? [] : [...people.teams.values()].filter((crew) => crew.members.includes(assignee));
}

function withRole(people: People, role: string): string[] {
  return [...people.users.values()].filter((user) => user.role === role).map((user) => user.id);
}

function first(people: People, ids: readonly string[], { assignee, alreadyPaged }: Situation): string[] {
  const unreachable = (id: string): number => (people.users.get(id)?.contacts.length === 0 ? 1 : 0);
  return ids
    .filter((id) => id !== assignee && isActive(people, id))
    .toSorted(
      (a, b) =>
        unreachable(a) - unreachable(b) ||
        alreadyPaged.lastIndexOf(a) - alreadyPaged.lastIndexOf(b) ||
        (a < b ? -1 : 1),
    )
    .slice(0, 1);
}

function isActive(people: People, id: string): boolean {
  return people.users.get(id)?.active === true;
}
