import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPageReceiver, type PageReceiver } from '../support/page-receiver.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let receiver: PageReceiver;
beforeAll(async () => {
  stack = await startStack({ VIGIL_ACK_TIMEOUT: 'PT2S' });
  receiver = await startPageReceiver(stack.secret);
});
afterAll(async () => {
  await receiver.close();
  await stack.stop();
});

async function post(path: string, body: object, expected: number): Promise<Record<string, unknown>> {
  const response = await stack.request('POST', path, body);
  expect(response.status, await response.clone().text()).toBe(expected);
  return (await response.json()) as Record<string, unknown>;
}

async function get<T>(path: string): Promise<T> {
  const response = await stack.request('GET', path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

describe('a first reply that is not given in five seconds', () => {
  it('is warned of, breached, paged, escalated until somebody acknowledges, and resolved by the answer', async () => {
    const contacts = [{ type: 'webhook', address: receiver.url }];
    const boss = await post('/v1/users', { name: 'Boss', email: 'boss@example.com', role: 'manager', contacts }, 201);
    const team = await post('/v1/teams', { name: 'First line', manager: boss['id'] }, 201);
    const agent = (name: string) => ({
      name,
      email: `${name}@example.com`,
      role: 'agent',
      teams: [team['id']],
      contacts,
    });
    const ann = await post('/v1/users', agent('ann'), 201);
    const bob = await post('/v1/users', agent('bob'), 201);
    const targets = Object.fromEntries(['low', 'normal', 'high', 'urgent'].map((p) => [p, { firstReply: 'PT5S' }]));
    const policy = await post('/v1/sla-policies', { name: 'Five seconds', targets, position: 1 }, 201);
    const ticket = await post(
      '/v1/tickets',
      {
        subject: 'Nothing works',
        body: 'At all.',
        requester: { email: 'kim@example.com', name: 'Kim' },
        team: team['id'],
        assignee: ann['id'],
      },
      201,
    );
    expect(ticket['slaPolicy']).toBe(policy['id']);
    const due = Date.parse(String(ticket['createdAt'])) + 5000;
    expect(Date.parse(String(ticket['nextDueAt']))).toBe(due);

    const pages = await receiver.waitFor(2);
    expect(pages.map((p) => [p.user, p.step, p.round])).toEqual([
      [ann['id'], 1, 1],
      [bob['id'], 2, 1],
    ]);
    expect(pages.map((p) => Date.parse(p.dueAt))).toEqual([due, due]);

    // The link acknowledges without a key, but only by POST: a mail scanner that looks at it does nothing.
    const link = pages[1]?.acknowledgeUrl ?? '';
    const looked = await fetch(link);
    expect(looked.headers.get('content-type')).toMatch(/text\/html/);
    const [incident] = (
      await get<{ data: { id: string; status: string }[] }>(`/v1/incidents?ticket=${String(ticket['id'])}`)
    ).data;
    expect(incident?.status).toBe('triggered');
    const acknowledged = await fetch(link, { method: 'POST' });
    expect(acknowledged.ok, await acknowledged.clone().text()).toBe(true);

    await post(`/v1/tickets/${String(ticket['id'])}/messages`, { author: 'agent', body: 'It does now.' }, 201);
    let timeline: string[] = [];
    for (let tries = 0; tries < 100 && timeline.at(-1) !== 'incident.resolved'; tries++) {
      const full = await get<{ timeline: { type: string }[] }>(`/v1/incidents/${incident?.id}`);
      timeline = full.timeline.map((entry) => entry.type);
    }
    expect(timeline).toEqual([
      'incident.triggered',
      'incident.escalated',
      'incident.paged',
      'incident.escalated',
      'incident.paged',
      'incident.acknowledged',
      'incident.resolved',
    ]);
    expect(receiver.pages).toHaveLength(2);
    expect(receiver.violations).toEqual([]);

    const { data: events } = await get<{ data: { type: string; at: string; data: Record<string, unknown> }[] }>(
      `/v1/tickets/${String(ticket['id'])}/events?limit=100`,
    );
    const sla = events.filter((e) => e.type === 'sla.warned' || e.type === 'sla.breached');
    expect(sla.map((e) => [e.type, Date.parse(e.at) - due])).toEqual([
      ['sla.warned', -2500],
      ['sla.warned', -1250],
      ['sla.warned', -500],
      ['sla.breached', 0],
    ]);
    const { clocks } = await get<{ clocks: { name: string; state: string; dueAt: string }[] }>(
      `/v1/tickets/${String(ticket['id'])}/sla`,
    );
    expect(clocks[0]).toMatchObject({ name: 'firstReply', state: 'breached' });
    expect(Date.parse(clocks[0]?.dueAt ?? '')).toBe(due);
  });
});
