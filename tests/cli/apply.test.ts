import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { apply } from '../../cli/apply.ts';
import { loadConfig } from '../../config/environment.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { type DeskContents, readDesk } from '../../db/desk-contents.ts';
import { pendingRollouts } from '../../db/sla-policies.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import { deskVersion } from '../../db/schema/desk.ts';
import { type FreshDatabase, freshDatabase } from '../support/servers.ts';

const example = fileURLToPath(new URL('../../examples/premium-support.yaml', import.meta.url));

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

interface Run {
  readonly code: number;
  readonly out: string[];
  /** Without the folder. */
  readonly complaints: string[];
}

async function run(...args: string[]): Promise<Run> {
  const out: string[] = [];
  const complaints: string[] = [];
  const env = { TEMPORAL_ADDRESS: inject('temporalAddress'), VIGIL_TASK_QUEUE: 'apply-test' };
  const code = await apply({ ...loadConfig(env), databaseUrl: fresh.url }, args, {
    say: (line) => out.push(line),
    complain: (line) => complaints.push(line.replaceAll(`${folder}/`, '')),
  });
  return { code, out, complaints };
}

async function file(text: string, name = 'desk.yaml'): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, text);
  return target;
}

const contents = (): Promise<DeskContents> => readDesk(database.db);

async function version(): Promise<number | undefined> {
  return (await database.db.select().from(deskVersion))[0]?.version;
}

test('the example makes its desk, and a second time changes nothing', async () => {
  const first = await run(example);
  expect(first).toMatchObject({ code: 0, complaints: [] });
  expect(first.out).toContain('+ user Ann Keller <ann.keller@example.com>');
  expect(first.out).toContain('+ SLA policy Premium urgent');
  expect(first.out.filter((line) => line.startsWith('+'))).toHaveLength(12);

  const { users, teams, policies, calendars } = await contents();
  const idOf = (email: string) => users.find((user) => user.email.startsWith(email))?.id;
  const team = teams.find(({ name }) => name === 'Premium');
  expect(team?.manager).toBe(idOf('mia'));
  expect(new Set(team?.members)).toEqual(new Set([idOf('ann'), idOf('bruno'), idOf('chiara')]));
  expect(users.find(({ id }) => id === idOf('ann'))).toMatchObject({ manager: idOf('mia'), role: 'agent' });
  const bugs = policies.find(({ name }) => name === 'Bugs');
  expect(bugs).toMatchObject({ position: 20, calendar: calendars[0]?.id, pauseOn: ['pending', 'on-hold'] });
  expect(bugs?.conditions).toEqual({ team: [teams.find(({ name }) => name === 'Platform')?.id] });

  const before = await version();
  expect(await run(example)).toEqual({ code: 0, out: ['= 12 unchanged'], complaints: [] });
  expect(await version()).toBe(before);
});

test('an edit is shown as what it changes, and rolled out', async () => {
  await run(example);
  const text = await readFile(example, 'utf8');
  const edited = text
    .replace('firstReply: PT30M', 'firstReply: PT15M')
    .replace('teams: [Premium, Platform]', 'teams: [platform]')
    .replace("tue: [['08:00', '18:00']]", "tue: [['09:00', '18:00']]");
  const { out } = await run(await file(edited));
  expect(out).toEqual([
    '~ user Chiara Rossi <chiara.rossi@example.com>: teams ["Platform","Premium"] → ["Platform"]',
    '~ calendar Business hours: hours.tue [["08:00","18:00"]] → [["09:00","18:00"]]',
    '~ SLA policy Premium urgent: targets.urgent.firstReply PT30M → PT15M',
    '= 9 unchanged',
    'Temporal tells the open tickets under 3 edited SLA policies.',
  ]);
  expect(await pendingRollouts(database)).toEqual([]);
});

test('a dry run shows the same and writes nothing', async () => {
  const before = await version();
  const { code, out } = await run(example, '--dry-run');
  expect(code).toBe(0);
  expect(out).toContain('+ team Premium');
  expect(out.at(-1)).toBe('Nothing was written: this was a dry run.');
  expect((await contents()).users).toEqual([]);
  expect(await version()).toBe(before);
});

test('what files do not say stays, and what they leave empty is emptied', async () => {
  await run(example);
  const some = await file('users: [{ name: Ann Keller, email: ANN.keller@example.com, role: trainee, manager: null }]');
  const { out } = await run(some);
  expect(out).toEqual([
    '~ user Ann Keller <ANN.keller@example.com>: email ann.keller@example.com → ANN.keller@example.com, role agent → trainee, manager mia.hartmann@example.com → none',
  ]);
  const ann = (await contents()).users.find(({ name }) => name === 'Ann Keller');
  expect(ann).toMatchObject({ role: 'trainee', manager: null, timeZone: 'Europe/Berlin' });
  expect(ann?.teams).toHaveLength(1);
});

test('what files change is one event of the trail, and nothing else is any', async () => {
  const desk = await file(`teams:
  - { name: Line }
users:
  - { name: Ann, email: ann@example.com, role: agent, teams: [Line], contacts: [{ type: mail, address: a@example.com }] }
`);
  const trail = () => database.db.select().from(auditEvents);
  expect((await run(desk, '--dry-run')).code).toBe(0);
  expect(await trail()).toEqual([]);
  expect((await run(desk)).code).toBe(0);
  expect(await trail()).toMatchObject([
    {
      actorType: 'command',
      actorId: 'vigil apply',
      items: [
        { action: 'created', resource: 'teams', name: 'Line' },
        { action: 'created', resource: 'users', name: 'Ann' },
      ],
    },
  ]);
  await run(desk);
  await run(await file('users: [{ name: Ann, email: nowhere, role: agent }]', 'wrong.yaml'));
  expect(await trail()).toHaveLength(1);
  expect(
    (await run(await file('users:\n  - { name: Ann, email: ann@example.com, role: manager }', 'b.yaml'))).code,
  ).toBe(0);
  const [, event] = await trail();
  expect(event?.items).toMatchObject([
    { action: 'changed', resource: 'users', name: 'Ann', changes: [{ field: 'role', from: 'agent', to: 'manager' }] },
  ]);
});

test('only --prune removes, and only of the kinds that the files have', async () => {
  await run(example);
  const less = await file('slaPolicies:\n  - { name: Premium, targets: { low: { firstReply: PT2H } } }\n');
  expect((await run(less)).out.filter((line) => line.startsWith('-'))).toEqual([]);
  const { out } = await run(less, '--prune');
  expect(out.filter((line) => line.startsWith('-')).toSorted()).toEqual([
    '- SLA policy Bugs',
    '- SLA policy Default',
    '- SLA policy Premium urgent',
  ]);
  const after = await contents();
  expect(after.policies.map(({ name }) => name)).toEqual(['Premium']);
  expect(after.users).toHaveLength(6);

  const nobody = await file('users: []\nteams: []\n', 'nobody.yaml');
  expect((await run(nobody, '--prune')).code).toBe(0);
  expect((await contents()).users).toEqual([]);
});

test('what is still in use is not pruned, and nothing else is done', async () => {
  await run(example);
  const before = await contents();
  const { code, complaints } = await run(await file('calendars: []\nteams: [{ name: New }]\n'), '--prune');
  expect(code).toBe(1);
  expect(complaints).toEqual([expect.stringMatching(/^Nothing was written: .* uses this calendar\.$/)]);
  expect(await contents()).toEqual(before);
});

const people = `users:
  - { name: Ann, email: ann@example.com, role: agent }
  - { name: Bob, email: bob@example.com, role: agent }
`;
const line = (participants = 'ann@example.com') => `${people}schedules:
  - name: Line
    timeZone: UTC
    layers:
      - rotation: { type: weekly, shiftLength: 1, start: '2026-11-02T09:00:00Z' }
        participants: [${participants}]
`;

test('on-call configuration is changed where it differs, told by its names, and pruned in the order of its uses', async () => {
  const policies = `escalationPolicies:
  - { name: One, next: Two, steps: [{ targets: [{ type: schedule, schedule: line }], ackTimeout: PT5M }] }
  - { name: Two, steps: [{ targets: [{ type: user, user: BOB@example.com }], ackTimeout: PT5M }] }
`;
  expect((await run(await file(line() + policies))).complaints).toEqual([]);
  expect((await run(await file(line() + policies))).out).toEqual(['= 5 unchanged']);
  const changed = await run(await file(line('[ann@example.com, Bob]') + policies));
  expect(changed.out[0]).toBe(
    '~ schedule Line: layers.0.participants ["ann@example.com"] → [["ann@example.com","bob@example.com"]]',
  );
  const emptied = await run(await file('users: []\nschedules: []\nescalationPolicies: []\n'), '--prune');
  expect(emptied.complaints).toEqual([]);
  expect(emptied.out.filter((out) => out.startsWith('- '))).toHaveLength(5);
});

describe('what is wrong', () => {
  test('is told all at once, with line and column, and nothing is written', async () => {
    const wrong = await file(`teams:
  - name: Premium
    colour: red
users:
  - { name: Ann, email: ann, role: boss }
  - name: 5
    email: bob@example.com
    role: agent
    manager: [mia]
slaPolicies:
  - name: P
    targets: { urgent: { reply: PT1H } }
calendars:
  - { name: C, timeZone: UTC, hours: sometimes }
  - { name: D, timeZone: UTC, hours: { mon: ['09:00', '17:00'], funday: [] } }
`);
    const { code, complaints } = await run(wrong);
    expect(code).toBe(1);
    expect(complaints.toSorted()).toEqual(
      [
        'desk.yaml:3:5: teams.0.colour: is not known here; right are name, manager, ownership',
        'desk.yaml:5:25: users.0.email: "ann" is no email address',
        'desk.yaml:5:36: users.0.role: "boss" cannot be used; right is one of admin, manager, agent, trainee, viewer',
        'desk.yaml:6:11: users.1.name: 5 cannot be used; right is a text',
        'desk.yaml:9:14: users.1.manager: ["mia"] cannot be used; right is a text or null',
        'desk.yaml:12:26: slaPolicies.0.targets.urgent.reply: is not known here; right are firstReply, nextReply, resolution',
        'desk.yaml:14:38: calendars.0.hours: "sometimes" cannot be used; right is always or a mapping',
        'desk.yaml:15:46: calendars.1.hours.mon.0: "09:00" cannot be used; right is a list',
        'desk.yaml:15:55: calendars.1.hours.mon.1: "17:00" cannot be used; right is a list',
        'desk.yaml:15:65: calendars.1.hours.funday: is not known here; right are mon, tue, wed, thu, fri, sat, sun',
        'Nothing was written: 10 problems.',
      ].toSorted(),
    );
    expect((await contents()).teams).toEqual([]);
  });

  test.each([
    ['a duration', 'slaPolicies: [{ name: P, targets: { low: { firstReply: 2h } } }]', /^desk\.yaml:1:56: .*"2h"/],
    ['a fraction', 'slaPolicies: [{ name: P, targets: {}, warnAt: [0.5, 2] }]', /^desk\.yaml:1:53: .*warnAt\.1: 2 is/],
    ['a zone', 'calendars: [{ name: C, timeZone: Mars, hours: always }]', /^desk\.yaml:1:34: .*"Mars" is no time zone/],
    ['a date', 'calendars: [{ name: C, timeZone: UTC, hours: {}, holidays: [2026-02-30] }]', /^desk\.yaml:1:61: /],
    ['an address', 'users: [{ name: A, email: a@b.c, role: agent, contacts: [{ type: sms, address: "1" }] }]', /phone/],
    ['a missing field', 'users: [{ name: A, role: agent }]', /^desk\.yaml:1:9: users\.0\.email: is missing$/],
    ['a team that is not there', 'users: [{ name: A, email: a@b.c, role: agent, teams: [T] }]', /there is no team "T"/],
    ['a manager who is not there', 'teams: [{ name: T, manager: Mia }]', /^desk\.yaml:1:29: .*no user "Mia"/],
    ['a calendar that is not there', 'slaPolicies: [{ name: P, targets: {}, calendar: C }]', /no calendar "C"/],
    ['a second of a name', 'teams: [{ name: T }, { name: t }]', /^desk\.yaml:1:30: .*was used before, at desk.*:1:17/],
    ['a key twice', 'teams: []\nteams: []', /^desk\.yaml:2:1: Map keys must be unique/],
    ['no YAML', 'teams: [', /^desk\.yaml:1:\d+: /],
    ['no mapping', '- teams', /^desk\.yaml:1:1: : \["teams"\] cannot be used; right is a mapping/],
    ['an empty file', '', /right is a mapping/],
  ])('%s', async (_what, text, complaint) => {
    const { code, complaints } = await run(await file(text));
    expect(code).toBe(1);
    expect(complaints[0]).toMatch(complaint);
    expect(complaints).toHaveLength(2);
  });

  const policy = (fields: string) => `escalationPolicies:\n  - { name: P, ${fields} }\n`;
  const target = (fields: string) => policy(`steps: [{ targets: [{ ${fields} }], ackTimeout: PT5M }]`);
  const manager = 'steps: [{ targets: [{ type: manager }], ackTimeout: PT5M }]';
  const ownership = (fields: string) => `teams:\n  - { name: T, ownership: { ${fields} } }\n`;
  const ann = (fields: string) => `users:\n  - { name: Ann, email: ann@example.com, role: agent, ${fields} }\n`;
  const layer = (fields: string) => `${line()}        ${fields}\n`;

  test.each([
    [line('cleo@example.com'), '9:24: schedules.0.layers.0.participants.0: there is no user "cleo@example.com"; '],
    [line('[Ann, Cleo]'), '9:30: schedules.0.layers.0.participants.0.1: there is no user "Cleo"; '],
    [layer('shadows: [{ user: Cleo }]'), '10:27: schedules.0.layers.0.shadows.0.user: there is no user "Cleo"; '],
    [layer('shadows: [Cleo]'), '10:19: schedules.0.layers.0.shadows.0: there is no user "Cleo"; '],
    [layer('eligible: { teams: [T] }'), '10:29: schedules.0.layers.0.eligible.teams.0: there is no team "T"; '],
    [layer('people: []'), '10:9: schedules.0.layers.0.people: is not known here; right are name, rotation, '],
    [layer("until: '2026-01-01T00:00:00Z'"), '10:16: schedules.0.layers.0.until: must be after rotation.start, '],
    [line().replace('UTC', 'Mars'), '6:15: schedules.0.timeZone: "Mars" is no time zone; '],
    [line().replace('Length: 1', 'Length: 0'), '8:48: schedules.0.layers.0.rotation.shiftLength: must be a whole '],
    [`${line()}    overrides: []\n`, '10:5: schedules.0.overrides: is not known here; right are name, timeZone, '],
    [
      `${line()}    handoff: { tickets: keep, announce: [{ type: mail, address: nowhere }] }\n`,
      '10:65: schedules.0.handoff.announce.0.address: not an address for mail; right is a mail address',
    ],
    [
      `${line()}  - { name: line, timeZone: UTC, layers: [] }\n`,
      '10:42: schedules.1.layers: a schedule needs at least',
    ],
    [ownership('rule: on-duty'), '2:27: teams.0.ownership.schedule: the rule on-duty needs a schedule'],
    [ownership('rule: in-turn'), '2:35: teams.0.ownership.rule: "in-turn" cannot be used; right is one of on-duty, '],
    [
      ownership('rule: on-duty, schedule: No'),
      '2:54: teams.0.ownership.schedule: there is no schedule "No"; there are no schedules yet',
    ],
    [policy('steps: [{ targets: [{ type: manager }], ackTimeout: 5m }]'), '2:68: escalationPolicies.0.steps.0.ack'],
    [policy(`${manager}, resolveTimeout: P90D`), '2:93: escalationPolicies.0.resolveTimeout: "P90D" is not from PT1S'],
    [
      policy(`${manager}, next: Q`),
      '2:83: escalationPolicies.0.next: there is no escalation policy "Q"; right is one ',
    ],
    [
      policy(`${manager}, hours: { calendar: C, while: open }`),
      '2:96: escalationPolicies.0.hours.calendar: there is no calendar "C"; there are no calendars yet',
    ],
    [
      policy(`${manager}, conditions: { team: [T] }`),
      '2:98: escalationPolicies.0.conditions.team.0: there is no team ',
    ],
    [
      policy(`${manager}, conditions: { team: [] }`),
      '2:97: escalationPolicies.0.conditions.team: must NOT have fewer ',
    ],
    [policy('steps: []'), '2:23: escalationPolicies.0.steps: must NOT have fewer than 1 items'],
    [
      target('type: team'),
      '2:44: escalationPolicies.0.steps.0.targets.0.type: "team" cannot be used; right is one of ',
    ],
    [target('type: schedule'), '2:36: escalationPolicies.0.steps.0.targets.0.schedule: is missing'],
    [
      target('type: manager, user: Ann'),
      '2:59: escalationPolicies.0.steps.0.targets.0.user: a target of type manager ',
    ],
    [target('type: user, user: Ann'), '2:56: escalationPolicies.0.steps.0.targets.0.user: there is no user "Ann"; '],
    [target('type: schedule, schedule: S'), '2:64: escalationPolicies.0.steps.0.targets.0.schedule: there is no sched'],
    [ann('joinedAt: 2026-01-05'), '2:65: users.0.joinedAt: "2026-01-05" is no instant; right is for example '],
    [ann("leftAt: '2026-06-30T23:59:60Z'"), '2:63: users.0.leftAt: "2026-06-30T23:59:60Z" is no instant; '],
    [ann("quietHours: { from: '25:00', to: '07:00' }"), '2:75: users.0.quietHours.from: "25:00" is no time of day; '],
    [ann('notificationRules: [{ contact: fax }]'), '2:86: users.0.notificationRules.0.contact: "fax" cannot be used; '],
  ])('on call: %j', async (text, complaint) => {
    const { code, complaints } = await run(await file(text));
    expect(code).toBe(1);
    expect(complaints[0]?.slice(0, `desk.yaml:${complaint}`.length)).toBe(`desk.yaml:${complaint}`);
    expect(complaints).toHaveLength(2);
  });

  test('a name of several people, and a manager of oneself', async () => {
    const twins = `users:
  - { name: Kim, email: kim1@example.com, role: manager }
  - { name: Kim, email: kim2@example.com, role: manager }
  - { name: Lee, email: lee@example.com, role: agent, manager: Kim }
  - { name: Max, email: max@example.com, role: agent, manager: max }
`;
    const { complaints } = await run(await file(twins));
    expect(complaints).toEqual([
      'desk.yaml:4:64: users.2.manager: several users are called "Kim"; right is an email: kim1@example.com, kim2@example.com',
      'desk.yaml:5:64: users.3.manager: nobody can be their own manager',
      'Nothing was written: 2 problems.',
    ]);
  });

  test('no file, or one that cannot be read', async () => {
    expect(await run()).toMatchObject({ code: 2, complaints: [expect.stringContaining('usage: vigil apply')] });
    expect(await run('--colour', example)).toMatchObject({ code: 2 });
    expect(await run('/nowhere/desk.yaml')).toMatchObject({
      code: 1,
      complaints: ['/nowhere/desk.yaml: cannot be read (ENOENT)', 'Nothing was written: 1 problem.'],
    });
  });
});

test('several files are one desk', async () => {
  const people = await file('users: [{ name: Mia, email: mia@example.com, role: manager }]', 'people.yaml');
  const teams = await file('teams: [{ name: T, manager: mia }]', 'teams.yaml');
  expect(await run(teams, people)).toMatchObject({ code: 0, out: ['+ team T', '+ user Mia <mia@example.com>'] });
  const [team] = (await contents()).teams;
  expect(team?.manager).toBe((await contents()).users[0]?.id);
});
