import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { freePorts } from '../../cli/servers/ports.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';

let desk: DeskApp;
let connection: Connection;

beforeAll(async () => {
  connection = await Connection.connect({ address: inject('temporalAddress') });
  desk = await startDeskApp();
});

afterAll(async () => {
  await desk.close();
  await connection.close();
});

const targets = { urgent: { firstReply: 'PT1H', resolution: 'PT8H' } };

interface Policy {
  readonly id: string;
  readonly name: string;
  readonly position: number;
}

async function add(name: string, more: object = {}): Promise<Policy> {
  const answer = await desk.call('POST', '/v1/sla-policies', { name, targets, ...more });
  expect(answer.statusCode).toBe(201);
  return answer.json<Policy>();
}

test('the desk begins with two hours for a first reply, around the clock', async () => {
  const { data } = (await desk.call('GET', '/v1/sla-policies')).json<{ data: object[] }>();
  const twoHours = { firstReply: 'PT2H' };
  expect(data).toMatchObject([
    {
      id: 'sla_default',
      targets: { low: twoHours, normal: twoHours, high: twoHours, urgent: twoHours },
      calendar: null,
    },
  ]);
});

test('a policy is completed, goes before the first one, and is listed in the order of trial', async () => {
  const second = await add('Second');
  expect(second).toMatchObject({
    conditions: {},
    calendar: null,
    warnAt: [0.5, 0.75, 0.9],
    pauseOn: ['pending'],
    targets,
    active: true,
  });
  const first = await add('First', { position: 0, conditions: { priority: ['urgent'], level: [2, 3] } });
  const list = (await desk.call('GET', '/v1/sla-policies?limit=2')).json<{ data: Policy[]; next: string }>();
  const rest = (await desk.call('GET', `/v1/sla-policies?cursor=${list.next}`)).json<{ data: Policy[] }>();
  expect([...list.data, ...rest.data].map((policy) => policy.id)).toEqual([first.id, second.id, 'sla_default']);
});

test.each([
  ['a duration of months', { targets: { low: { firstReply: 'P1M' } } }, 422, 'targets.low.firstReply'],
  ['a duration of nothing', { targets: { low: { resolution: 'PT0S' } } }, 422, 'targets.low.resolution'],
  ['a fraction of one', { targets, warnAt: [0.5, 1] }, 422, 'warnAt.1'],
  ['fractions out of order', { targets, warnAt: [0.9, 0.5] }, 422, 'warnAt.1'],
  ['a calendar that is not there', { targets, calendar: 'cal_gone' }, 422, 'calendar'],
  ['a team that is not there', { targets, conditions: { team: ['team_gone'] } }, 422, 'conditions.team.0'],
  ['an unknown clock', { targets: { low: { reply: 'PT1H' } } }, 400, 'targets.low.reply'],
  ['an unknown priority', { targets: { huge: {} } }, 400, 'targets.huge'],
  ['no targets', {}, 400, 'targets'],
  ['a pause in which we owe the answer', { targets, pauseOn: ['open'] }, 400, 'pauseOn.0'],
])('%s is refused', async (_what, body, status, path) => {
  const answer = await desk.call('POST', '/v1/sla-policies', { name: 'Odd', ...body });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ errors: [{ path }] });
});

describe('the roll-out of an edit', () => {
  test('is started once, as the one workflow of that edit, and is pending no more', async () => {
    const policy = await add('Edited');
    await desk.call('PATCH', `/v1/sla-policies/${policy.id}`, { targets: { urgent: { firstReply: 'PT30M' } } });
    const client = new Client({ connection });
    const started = async (): Promise<string[]> => {
      const ids: string[] = [];
      const query = `TaskQueue = "${desk.taskQueue}" AND WorkflowType = "slaRollout"`;
      for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
      return ids;
    };
    await vi.waitFor(async () => expect(await started()).toHaveLength(1), 20_000);
    expect((await started())[0]).toMatch(new RegExp(`^sla-rollout/${policy.id}/\\d+$`));
    await vi.waitFor(() => expect(desk.directory.pendingRollouts()).toEqual([]), 10_000);
  });

  test('waits while Temporal is away, and the edit holds', async () => {
    const [port] = await freePorts(1);
    const alone = await startDeskApp({ TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
    try {
      const edit = await alone.call('PATCH', '/v1/sla-policies/sla_default', { warnAt: [0.8] });
      expect(edit.statusCode).toBe(200);
      expect(alone.directory.compiledTerms('sla_default', Date.now())?.warnAt).toEqual([0.8]);
      expect(alone.directory.pendingRollouts()).toEqual(['sla_default']);
    } finally {
      await alone.close();
    }
  });
});
