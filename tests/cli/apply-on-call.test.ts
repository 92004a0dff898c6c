import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { apply } from '../../cli/apply.ts';
import { loadConfig } from '../../config/environment.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { readDesk } from '../../db/desk-contents.ts';
import { Directory } from '../../db/directory.ts';
import { type FreshDatabase, freshDatabase } from '../support/servers.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

let fresh: FreshDatabase;
let database: Database;
let folder: string;

beforeEach(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  folder = await mkdtemp(path.join(tmpdir(), 'vigil-apply-'));
});

afterEach(async () => {
  await database.close();
  await fresh.drop();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<{ code: number; out: string[]; complaints: string[] }> {
  const out: string[] = [];
  const complaints: string[] = [];
  const env = { TEMPORAL_ADDRESS: inject('temporalAddress'), VIGIL_TASK_QUEUE: 'apply-test' };
  const code = await apply({ ...loadConfig(env), databaseUrl: fresh.url }, args, {
    say: (line) => out.push(line),
    complain: (line) => complaints.push(line.replaceAll(`${folder}/`, '')),
  });
  return { code, out, complaints };
}

async function file(text: string): Promise<string> {
  const name = path.join(folder, 'desk.yaml');
  await writeFile(name, text);
  return name;
}

async function onCall(schedule: string, at: string): Promise<string[]> {
  const directory = await Directory.open(database);
  const id = directory.schedules().find(({ name }) => name === schedule)?.id ?? '';
  const users = directory.onCall(id)?.at(Date.parse(at))?.users ?? [];
  const names = users.map((user) => directory.user(user)?.name ?? user);
  await directory.close();
  return names;
}

describe('the examples', () => {
  test.each(readdirSync(examples).filter((name) => name.endsWith('.yaml')))(
    '%s applies to an empty desk, and a second time changes nothing',
    async (name) => {
      const example = path.join(examples, name);
      const first = await run(example);
      expect(first.complaints).toEqual([]);
      expect(first.code).toBe(0);
      expect(first.out.every((line) => line.startsWith('+ '))).toBe(true);
      const second = await run(example);
      expect(second.out).toEqual([`= ${first.out.length} unchanged`]);
    },
  );

  test('say who is on the front line, and what is whose', async () => {
    await run(path.join(examples, 'batman-robin-hulk.yaml'));
    const weeks = ['2026-11-02T09:00:00Z', '2026-11-09T09:00:00Z', '2026-11-16T09:00:00Z', '2026-11-23T09:00:00Z'];
    const turns = (schedule: string) => Promise.all(weeks.map((at) => onCall(schedule, at)));
    expect((await turns('Batman')).flat()).toEqual(['Jana Horak', 'Ken Mori', 'Lea Martin', 'Milo Grant']);
    expect(await onCall('Batman', '2026-11-09T08:59:59Z')).toEqual(['Jana Horak']);
    const hulks = ['Nina Sokolova', 'Omar Farouk'];
    expect((await turns('Hulk')).flat()).toEqual([...hulks, ...hulks]);
    const directory = await Directory.open(database);
    const at = Date.parse('2026-11-03T12:00:00Z');
    const policy = (level: 1 | 3) => directory.escalationFor({ priority: 'normal', level, team: null }, at);
    const igor = directory.users().find(({ name }) => name === 'Igor Petrov')?.id;
    const [batman, hulk] = ['Batman', 'Hulk'].map((name) => directory.schedules().find((s) => s.name === name)?.id);
    expect(policy(3)).toMatchObject({
      name: 'Level 3',
      steps: [{ targets: [{ type: 'schedule', schedule: hulk }] }, { targets: [{ type: 'user', user: igor }] }],
    });
    expect(policy(1)).toMatchObject({
      name: 'Front line',
      steps: [
        { targets: [{ type: 'schedule', schedule: batman }] },
        { targets: [{ type: 'teammate' }] },
        { targets: [{ type: 'manager' }] },
      ],
    });
    const firstReply = (channel: string) =>
      directory.termsFor({ priority: 'low', level: 1, team: null, tags: [], channel }, undefined, at).targets.low;
    expect([firstReply('chat'), firstReply('mail')]).toEqual([{ firstReply: 600_000 }, { firstReply: 7_200_000 }]);
    await directory.close();
  });

  test('share short shifts fairly, and walk from duty to the senior director', async () => {
    await run(path.join(examples, 'success-rotation.yaml'));
    const directory = await Directory.open(database);
    const idOf = (schedule: string) => directory.schedules().find(({ name }) => name === schedule)?.id ?? '';
    const shifts = (schedule: string, from: string, to: string) =>
      directory.onCall(idOf(schedule))?.shifts(Date.parse(from), Date.parse(to)) ?? [];
    const hours = (from: string, to: string) =>
      shifts('Success duty', from, to).map(({ start, end }) => [start, end].map((at) => new Date(at).toISOString()));
    expect(hours('2026-11-05T00:00:00Z', '2026-11-08T00:00:00Z')).toEqual([
      ['2026-11-05T07:00:00.000Z', '2026-11-05T12:00:00.000Z'],
      ['2026-11-05T12:00:00.000Z', '2026-11-05T17:00:00.000Z'],
      ['2026-11-06T07:00:00.000Z', '2026-11-06T12:00:00.000Z'],
      ['2026-11-06T12:00:00.000Z', '2026-11-06T17:00:00.000Z'],
      ['2026-11-07T08:00:00.000Z', '2026-11-07T17:00:00.000Z'],
    ]);
    // Five of each in ten weeks of work days, and two weekends.
    const counts = new Map<string, number>();
    for (const { users } of shifts('Success duty', '2026-11-02T00:00:00Z', '2027-01-11T00:00:00Z')) {
      for (const user of users) counts.set(user, (counts.get(user) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual([24, 24, 24, 24, 24]);
    const weekend = shifts('Success duty', '2026-11-14T00:00:00Z', '2026-11-16T00:00:00Z');
    expect(weekend).toHaveLength(2);
    expect(weekend[0]?.users).toEqual(weekend[1]?.users);
    const backup = shifts('Success backup', '2026-11-02T07:00:00Z', '2026-12-07T07:00:00Z');
    expect(new Set(backup.flatMap(({ users }) => users)).size).toBe(5);

    const minute = 60_000;
    const policy = directory.escalationFor(
      { priority: 'low', level: 1, team: null },
      Date.parse('2026-11-03T00:00:00Z'),
    );
    const director = directory.users().find(({ email }) => email.startsWith('senior'))?.id;
    expect(policy).toMatchObject({ name: 'Success', rounds: 2, resolveTimeoutMs: 240 * minute });
    expect(policy?.steps).toEqual([
      { targets: [{ type: 'schedule', schedule: idOf('Success duty') }], ackTimeoutMs: 10 * minute },
      { targets: [{ type: 'schedule', schedule: idOf('Success backup') }], ackTimeoutMs: 10 * minute },
      { targets: [{ type: 'manager' }], ackTimeoutMs: 15 * minute },
      { targets: [{ type: 'user', user: director }], ackTimeoutMs: 30 * minute },
    ]);
    expect(directory.teams()[0]?.ownership).toEqual({ rule: 'on-duty', schedule: idOf('Success duty') });
    await directory.close();
  });
});

describe('on-call configuration in files', () => {
  const whole = `teams:
  - { name: Line, manager: Mia, ownership: { rule: on-duty, schedule: LINE } }
  - { name: Lab, ownership: { rule: least-loaded, capacity: 12, skills: [sql] } }
users:
  - name: Ann
    email: ann@example.com
    role: agent
    teams: [Line, Lab]
    contacts: [{ type: mail, address: ann@example.com }, { type: sms, address: '+4915112345678' }]
    notificationRules: [{ contact: mail }, { contact: sms, delay: PT5M, urgentOnly: true }]
    quietHours: { from: '22:00', to: '07:00' }
    skills: [sql, go]
    joinedAt: '2026-01-05T09:00:00.5+01:00'
    leftAt: '2030-01-01T00:00:00Z'
  - { name: Bob, email: bob@example.com, role: agent, teams: [lab] }
  - { name: Mia, email: mia@example.com, role: manager }
calendars:
  - { name: Day, timeZone: UTC, hours: { mon: [['09:00', '17:00']] } }
schedules:
  - name: Line
    timeZone: UTC
    layers:
      - name: weeks
        rotation: { type: weekly, shiftLength: 1, start: '2026-11-02T09:00:00Z' }
        participants: [Ann, [ann@example.com, BOB@example.com]]
        shadows: [mia, { user: Bob, from: '2026-11-02T09:00:00Z', until: '2026-12-07T09:00:00Z' }]
        eligible: { teams: [Line, lab], skills: [], minMonths: 1 }
        restrictions: [{ days: [mon], from: '09:00', to: '17:00' }]
        weights: { night: 2 }
        until: '2031-01-01T00:00:00Z'
    handoff: { tickets: move-all, announce: [{ type: mail, address: team@example.com }] }
escalationPolicies:
  - name: Day
    conditions: { team: [Line, lab], priority: [high] }
    hours: { calendar: day, while: open }
    steps:
      - { targets: [{ type: schedule, schedule: line }, { type: user, user: Mia }], ackTimeout: PT5M }
      - { targets: [{ type: assignee }, { type: teammate }, { type: manager }], ackTimeout: PT5M }
    rounds: 3
    resolveTimeout: PT4H
    next: rest
  - { name: Rest, steps: [{ targets: [{ type: manager }], ackTimeout: PT10M }] }
`;

  test('arrives with everything that it can say, and a second time changes nothing', async () => {
    expect((await run(await file(whole))).complaints).toEqual([]);
    const { users, teams, calendars, schedules, escalationPolicies } = await readDesk(database.db);
    const id = (rows: readonly { id: string; name: string }[], name: string) =>
      rows.find((row) => row.name === name)?.id ?? name;
    const [ann, bob, mia] = ['Ann', 'Bob', 'Mia'].map((name) => id(users, name));
    const both = [id(teams, 'Line'), id(teams, 'Lab')];
    expect(users.find((user) => user.id === ann)).toMatchObject({
      notificationRules: [{ contact: 'mail' }, { contact: 'sms', delay: 'PT5M', urgentOnly: true }],
      quietHours: { from: '22:00', to: '07:00' },
      skills: ['sql', 'go'],
      joinedAt: new Date('2026-01-05T08:00:00.500Z'),
      leftAt: new Date('2030-01-01T00:00:00Z'),
    });
    expect(teams.find(({ name }) => name === 'Line')).toMatchObject({
      manager: mia,
      ownership: { rule: 'on-duty', schedule: id(schedules, 'Line') },
    });
    expect(schedules).toMatchObject([
      {
        layers: [
          {
            participants: [ann, [ann, bob]],
            shadows: [mia, { user: bob, from: '2026-11-02T09:00:00Z' }],
            eligible: { teams: expect.arrayContaining(both), minMonths: 1 },
          },
        ],
        handoff: { tickets: 'move-all', announce: [{ type: 'mail', address: 'team@example.com' }] },
      },
    ]);
    const rest = escalationPolicies.find(({ name }) => name === 'Rest');
    expect(rest).toMatchObject({ position: 20, conditions: {}, hours: null, rounds: 1, resolveTimeout: null });
    expect(escalationPolicies.find(({ name }) => name === 'Day')).toMatchObject({
      position: 10,
      conditions: { team: expect.arrayContaining(both), priority: ['high'] },
      hours: { calendar: id(calendars, 'Day'), while: 'open' },
      steps: [
        {
          targets: [
            { type: 'schedule', schedule: id(schedules, 'Line') },
            { type: 'user', user: mia },
          ],
        },
        { targets: [{ type: 'assignee' }, { type: 'teammate' }, { type: 'manager' }] },
      ],
      next: rest?.id,
    });
    expect((await run(await file(whole))).out).toEqual(['= 9 unchanged']);
  });

  test('is told by its fields, and addresses are not for terminals', async () => {
    await run(await file(whole));
    const edited = whole
      .replace('team@example.com', 'all@example.com')
      .replace('PT4H', 'PT8H')
      .replace('capacity: 12', 'capacity: 20')
      .replace('type: user, user: Mia', 'type: user, user: Bob')
      .replace("leftAt: '2030-01-01T00:00:00Z'", 'leftAt: null')
      .replace(
        'participants: [Ann, [ann@example.com, BOB@example.com]]',
        'participants: [Ann, Bob, [mia, bob], mia, ann]',
      );
    const { out } = await run(await file(edited));
    expect(out).toEqual([
      '~ team Lab: ownership.capacity 12 → 20',
      '~ user Ann <ann@example.com>: leftAt 2030-01-01T00:00:00.000Z → none',
      '~ schedule Line: layers.0.participants -["ann@example.com","bob@example.com"] +bob@example.com +["mia@example.com","bob@example.com"] +mia@example.com, handoff.announce',
      '~ escalation policy Day: steps.0.targets.1.user mia@example.com → bob@example.com, resolveTimeout PT4H → PT8H',
      '= 5 unchanged',
    ]);
    expect((await run(await file(edited))).out).toEqual(['= 9 unchanged']);
  });

  test('people leave on the day that their entry gives', async () => {
    const ann = (more: string) => file(`users: [{ name: Ann, email: ann@example.com, role: agent, ${more} }]`);
    const leftAt = async () => (await readDesk(database.db)).users[0]?.leftAt;
    await run(await ann("leftAt: '2026-11-30T00:00:00Z'"));
    const gone = "active: false, leftAt: '2026-11-30T00:00:00Z'";
    expect((await run(await ann(gone))).out).toEqual(['~ user Ann <ann@example.com>: active true → false']);
    expect(await leftAt()).toEqual(new Date('2026-11-30T00:00:00Z'));
    expect((await run(await ann(gone))).out).toEqual(['= 1 unchanged']);
    const back = "active: true, leftAt: '2026-11-30T00:00:00Z'";
    await run(await ann(back));
    expect(await leftAt()).toEqual(new Date('2026-11-30T00:00:00Z'));
    expect((await run(await ann(back))).out).toEqual(['= 1 unchanged']);
  });

  const step = 'steps: [{ targets: [{ type: assignee }], ackTimeout: PT5M }]';
  const policies = (...fields: string[]) =>
    file(`escalationPolicies:\n${fields.map((one) => `  - { ${one}, ${step} }\n`).join('')}`);

  test('policies can change their places', async () => {
    await run(await policies('name: A, next: B', 'name: B, next: C', 'name: C'));
    const turned = await policies('name: C, next: B', 'name: B, next: A', 'name: A, next: null');
    expect(await run(turned)).toMatchObject({ code: 0, complaints: [] });
    expect((await run(turned)).out).toEqual(['= 3 unchanged']);
  });

  test('policies may not go round in a circle, and what the desk has counts', async () => {
    const circle = await policies('name: A, next: B', 'name: B, next: c', 'name: C, next: B');
    const refused = {
      code: 1,
      complaints: [
        'desk.yaml:3:22: escalationPolicies.1.next: the policies would go round in a circle: "B", then "C", then "B"',
        'Nothing was written: 1 problem.',
      ],
    };
    expect(await run(circle)).toMatchObject(refused);
    expect(await run(circle, '--dry-run')).toMatchObject(refused);
    expect(await run(await policies('name: A, next: a'))).toMatchObject({ code: 1 });
    await run(await policies('name: A, next: B', 'name: B'));
    expect((await run(await policies('name: b, next: A'))).complaints[0]).toBe(
      'desk.yaml:2:22: escalationPolicies.0.next: the policies would go round in a circle: "b", then "A", then "b"',
    );
  });

  test('what is in use is not pruned, unless what uses it goes, too', async () => {
    await run(await file(whole));
    const refusal = async (text: string) => (await run(await file(text), '--prune')).complaints;
    expect(await refusal('schedules: []')).toEqual([
      'Nothing was written: The escalation policy "Day" uses this schedule.',
    ]);
    expect(await refusal('schedules: []\nescalationPolicies: []')).toEqual([
      'Nothing was written: The team "Line" gives its tickets out by this schedule.',
    ]);
    expect(await refusal(`escalationPolicies: [{ name: Day, ${step} }]`)).toEqual([
      'Nothing was written: The escalation policy "Day" goes on with this one.',
    ]);
    const freed = `escalationPolicies: [{ name: Day, hours: null, next: null, ${step} }]\nschedules: []\nteams: [{ name: Line, ownership: null }]\n`;
    expect(
      await refusal(freed.replace('schedules', 'calendars: []\nschedules').replace('Day, ', 'Day, conditions: {}, ')),
    ).toEqual([]);
    const { teams, schedules, calendars, escalationPolicies } = await readDesk(database.db);
    expect([schedules, calendars]).toEqual([[], []]);
    expect([...teams, ...escalationPolicies].map(({ name }) => name)).toEqual(['Line', 'Day']);
  });
});
