import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EscalationTarget } from '../../domain/escalation.ts';
import { type Crew, type People, type Person, respondersOf, type Situation } from '../../domain/responders.ts';

const assignee: EscalationTarget = { type: 'assignee' };
const teammate: EscalationTarget = { type: 'teammate' };
const manager: EscalationTarget = { type: 'manager' };

function person(id: string, more: Partial<Person> = {}): Person {
  return { id, role: 'agent', active: true, manager: null, contacts: [{}], ...more };
}

function people(users: readonly Person[], teams: Readonly<Record<string, Crew>> = {}): People {
  return { users: new Map(users.map((user) => [user.id, user])), teams: new Map(Object.entries(teams)) };
}

function situation(more: Partial<Situation> = {}): Situation {
  return { assignee: 'ann', team: 'premium', alreadyPaged: [], ...more };
}

const staff = [
  person('ann', { manager: 'max' }),
  person('bob'),
  person('cat'),
  person('dan', { role: 'viewer' }),
  person('max', { role: 'manager' }),
  person('mia', { role: 'manager' }),
  person('ada', { role: 'admin' }),
];
const premium: Crew = { manager: 'mia', members: ['ann', 'bob', 'cat', 'dan'] };
const desk = people(staff, { premium });

describe('the assignee', () => {
  test('is paged while active', () => {
    expect(respondersOf(desk, assignee, situation())).toEqual(['ann']);
    expect(respondersOf(people([person('ann', { active: false })]), assignee, situation())).toEqual([]);
    expect(respondersOf(desk, assignee, situation({ assignee: null }))).toEqual([]);
    expect(respondersOf(desk, assignee, situation({ assignee: 'gone' }))).toEqual([]);
  });
});

describe('a teammate', () => {
  test('is another agent, the first by id who was not paged', () => {
    expect(respondersOf(desk, teammate, situation())).toEqual(['bob']);
    expect(respondersOf(desk, teammate, situation({ alreadyPaged: ['ann', 'bob'] }))).toEqual(['cat']);
  });

  test('is whoever was paged longest ago once everybody was', () => {
    expect(respondersOf(desk, teammate, situation({ alreadyPaged: ['ann', 'cat', 'bob'] }))).toEqual(['cat']);
    expect(respondersOf(desk, teammate, situation({ alreadyPaged: ['cat', 'bob', 'cat'] }))).toEqual(['bob']);
  });

  test('is somebody who can be reached, if anybody can', () => {
    const bob = person('bob', { contacts: [] });
    const silent = people([person('ann'), bob, person('cat')], { premium });
    expect(respondersOf(silent, teammate, situation())).toEqual(['cat']);
    expect(respondersOf(people([person('ann'), bob], { premium }), teammate, situation())).toEqual(['bob']);
  });

  test("is of the assignee's teams where the ticket has none", () => {
    expect(respondersOf(desk, teammate, situation({ team: null }))).toEqual(['bob']);
    expect(respondersOf(desk, teammate, situation({ team: null, assignee: null }))).toEqual([]);
  });
});

describe('the manager', () => {
  test("is the assignee's, else the team's, else any, else an admin", () => {
    const without = (...ids: string[]): People =>
      people(
        staff.filter((user) => !ids.includes(user.id)),
        { premium },
      );
    expect(respondersOf(desk, manager, situation())).toEqual(['max']);
    expect(respondersOf(without('max'), manager, situation())).toEqual(['mia']);
    expect(respondersOf(desk, manager, situation({ assignee: null }))).toEqual(['mia']);
    expect(respondersOf(desk, manager, situation({ assignee: null, team: null }))).toEqual(['max']);
    expect(respondersOf(without('max', 'mia'), manager, situation())).toEqual(['ada']);
    expect(respondersOf(without('max', 'mia', 'ada'), manager, situation())).toEqual([]);
  });

  test('is somebody else where the manager is the assignee', () => {
    expect(respondersOf(desk, manager, situation({ assignee: 'mia' }))).toEqual(['max']);
  });
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const anyId = fc.constantFrom(...ids);
const anyPerson = (id: string) =>
  fc.record({
    id: fc.constant(id),
    role: fc.constantFrom('agent', 'manager', 'admin', 'viewer'),
    active: fc.boolean(),
    manager: fc.option(anyId),
    contacts: fc.constantFrom([], [{}]),
  });
const anyPeople = fc
  .tuple(
    fc.tuple(...ids.map(anyPerson)),
    fc.dictionary(
      fc.constantFrom('t', 'u'),
      fc.record({ manager: fc.option(anyId), members: fc.uniqueArray(anyId) }, { noNullPrototype: true }),
      { noNullPrototype: true },
    ),
  )
  .map(([users, teams]) => people(users, teams));
const anySituation = fc.record({
  assignee: fc.option(anyId),
  team: fc.option(fc.constantFrom('t', 'u', 'gone')),
  alreadyPaged: fc.uniqueArray(anyId),
});

describe('whoever is paged', () => {
  test('is one active user at most, and only the first step pages the assignee', () => {
    fc.assert(
      fc.property(anyPeople, anySituation, fc.constantFrom(assignee, teammate, manager), (all, now, target) => {
        const found = respondersOf(all, target, now);
        expect(found.length).toBeLessThanOrEqual(1);
        for (const id of found) {
          expect(all.users.get(id)?.active).toBe(true);
          expect(id === now.assignee).toBe(target.type === 'assignee');
        }
      }),
    );
  });

  test('is not paged again while a reachable teammate has not been', () => {
    fc.assert(
      fc.property(anyPeople, anySituation, (all, now) => {
        const [chosen] = respondersOf(all, teammate, now);
        if (chosen === undefined || !now.alreadyPaged.includes(chosen) || now.team === 'gone') return;
        const fresh = (all.teams.get(now.team ?? '')?.members ?? []).filter((id) => {
          const user = all.users.get(id);
          const free = id !== now.assignee && !now.alreadyPaged.includes(id);
          return user?.active === true && user.role === 'agent' && user.contacts.length > 0 && free;
        });
        expect(fresh).toEqual([]);
      }),
    );
  });

  // oxlint-disable-next-line vitest/expect-expect -- the property's answer is the assertion
  test('is somebody as long as the desk has an active manager or admin besides the assignee', () => {
    fc.assert(
      fc.property(anyPeople, anySituation, (all, now) => {
        const leaders = [...all.users.values()].filter(
          (user) => user.active && ['manager', 'admin'].includes(user.role) && user.id !== now.assignee,
        );
        return leaders.length === 0 || respondersOf(all, manager, now).length === 1;
      }),
    );
  });
});
