import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { apply } from '../../cli/apply.ts';
import { loadConfig } from '../../config/environment.ts';
import { type Database, openDatabase } from '../../db/client.ts';
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

  test('say who is on duty, and by which policy incidents go', async () => {
    await run(path.join(examples, 'batman-robin-hulk.yaml'));
    expect(await onCall('Batman', '2026-11-03T12:00:00Z')).toEqual(['Jana Horak']);
    expect(await onCall('Hulk', '2026-11-10T12:00:00Z')).toEqual(['Omar Farouk']);
    const directory = await Directory.open(database);
    const policy = (level: 1 | 3) =>
      directory.escalationFor({ priority: 'normal', level, team: null }, Date.parse('2026-11-03T12:00:00Z'))?.name;
    expect([policy(1), policy(3)]).toEqual(['Front line', 'Level 3']);
    await directory.close();
    await run(path.join(examples, 'success-rotation.yaml'));
    expect(await onCall('Success duty', '2026-11-02T08:00:00Z')).toEqual(['Amir Haddad']);
    expect(await onCall('Success duty', '2026-11-02T13:00:00Z')).toEqual(['Carlos Prieto']);
    expect(await onCall('Success duty', '2026-11-02T20:00:00Z')).toEqual([]);
  });
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

describe('on-call configuration in files', () => {
  test('is changed where it differs, told by its names, and pruned in the order of its uses', async () => {
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
    expect(await onCall('Line', '2026-11-03T00:00:00Z')).toEqual(['Ann', 'Bob']);
    const emptied = await run(await file('users: []\nschedules: []\nescalationPolicies: []\n'), '--prune');
    expect(emptied.complaints).toEqual([]);
    expect(emptied.out.filter((out) => out.startsWith('- '))).toHaveLength(5);
  });

  test.each([
    [
      line('cleo@example.com'),
      /^desk.yaml:9:24: schedules.0.layers.0.participants.0: there is no user "cleo@example.com"/,
    ],
    [line().replace('UTC', 'Mars'), /^desk.yaml:6:15: schedules.0.timeZone: "Mars" is no time zone/],
    [
      line().replace('shiftLength: 1', 'shiftLength: 0'),
      /schedules.0.layers.0.rotation.shiftLength: must be a whole number/,
    ],
    [
      line().replace('participants:', 'people: []\n        participants:'),
      /schedules.0.layers.0.people: is not known here/,
    ],
    ['teams:\n  - { name: T, ownership: { rule: on-duty } }\n', /teams.0.ownership.schedule: the rule on-duty needs/],
    [
      'teams:\n  - { name: T, ownership: { rule: on-duty, schedule: No } }\n',
      /ownership.schedule: there is no schedule "No"; there are no schedules yet/,
    ],
    [
      'escalationPolicies:\n  - { name: P, steps: [{ targets: [{ type: assignee }], ackTimeout: 5m }] }\n',
      /escalationPolicies.0.steps.0.ackTimeout: /,
    ],
    [
      'escalationPolicies:\n  - { name: P, next: Q, steps: [{ targets: [{ type: assignee }], ackTimeout: PT5M }] }\n',
      /next: there is no escalation policy "Q"; right is one of P/,
    ],
  ])('is refused with its line: %j', async (text, message) => {
    const { code, complaints } = await run(await file(text));
    expect(code).toBe(1);
    expect(complaints[0]).toMatch(message);
  });

  test('may not go round in a circle', async () => {
    const step = 'steps: [{ targets: [{ type: assignee }], ackTimeout: PT5M }]';
    const text = `escalationPolicies:\n  - { name: A, next: B, ${step} }\n  - { name: B, next: A, ${step} }\n`;
    const { code, complaints } = await run(await file(text));
    expect(code).toBe(1);
    expect(complaints.join()).toContain('the policies would go round in a circle');
  });
});
