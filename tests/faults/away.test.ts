import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const body = { subject: 'S', body: 'B', requester: { email: 'kim@example.com', name: 'Kim' } };
const handIn = (key: string, more: object = {}) =>
  stack.request('POST', '/v1/tickets', { ...body, ...more }, { 'idempotency-key': key });
const idOf = async (response: Response): Promise<string> => ((await response.json()) as { id: string }).id;

async function eventually(what: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await what()); tries++) {
    if (tries > 300) throw new Error('it did not come about in 60 s');
    await sleep(200);
  }
}

describe('while a part is away', () => {
  it('without Temporal a ticket is refused within 2 s, has done nothing, and is accepted once Temporal is back', async () => {
    const kept = await idOf(await handIn('before'));
    process.kill(stack.temporal.server.pid ?? 0, 'SIGKILL');
    await stack.temporal.server.ended;
    const began = performance.now();
    const refused = await handIn('during');
    expect(performance.now() - began).toBeLessThan(2000);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    await stack.startTemporal();
    await stack.ready();
    await eventually(async () => (await handIn('during')).status === 201);
    const reply = { author: 'agent', body: 'Try again.' };
    await eventually(async () => (await stack.request('POST', `/v1/tickets/${kept}/messages`, reply)).status === 201);
    await eventually(async () => {
      const { data } = (await (await stack.request('GET', '/v1/tickets?status=new')).json()) as { data: unknown[] };
      return data.length === 1;
    });
  });

  it('without PostgreSQL tickets are accepted and commands carried out, lists answer 503, and it catches up', async () => {
    process.kill(stack.postgres.child.pid ?? 0, 'SIGKILL');
    await stack.postgres.child.ended;
    const response = await handIn('no-database');
    expect(response.status).toBe(201);
    const id = await idOf(response);
    const list = await stack.request('GET', '/v1/tickets');
    expect(list.status).toBe(503);
    expect(list.headers.get('retry-after')).toMatch(/^\d+$/);
    const solved = await stack.request('POST', `/v1/tickets/${id}/solve`, {});
    expect(solved.status, await solved.clone().text()).toBe(200);
    const state = await stack.request('GET', `/v1/tickets/${id}?source=workflow`);
    expect(await state.json()).toMatchObject({ id, status: 'solved' });
    await stack.startPostgres();
    await eventually(async () => {
      const row = await stack.request('GET', `/v1/tickets/${id}`);
      return row.status === 200 && ((await row.json()) as { status: string }).status === 'solved';
    });
  });

  it('without a worker intake goes on, a customer’s message is kept, and what fell due is told as of when it did', async () => {
    const targets = Object.fromEntries(['low', 'normal', 'high', 'urgent'].map((p) => [p, { firstReply: 'PT5S' }]));
    const policy = await stack.request('POST', '/v1/sla-policies', { name: 'Five seconds', targets });
    const slaPolicy = await idOf(policy);
    process.kill(stack.worker.pid ?? 0, 'SIGKILL');
    await stack.worker.ended;
    const ticket = (await (await handIn('no-worker', { slaPolicy })).json()) as { id: string; createdAt: string };
    const message = { author: 'customer', body: 'Are you there?' };
    const began = performance.now();
    const left = await stack.request('POST', `/v1/tickets/${ticket.id}/messages`, message, { 'idempotency-key': 'm1' });
    expect(left.status, await left.clone().text()).toBe(201);
    expect(performance.now() - began).toBeLessThan(4000);
    const reply = await stack.request('POST', `/v1/tickets/${ticket.id}/messages`, { author: 'agent', body: 'Yes.' });
    expect(reply.status).toBe(503);
    await sleep(5000);
    await stack.startWorker();
    await eventually(async () => {
      const { data } = (await (
        await stack.request('GET', `/v1/tickets/${ticket.id}/events?type=sla.breached`)
      ).json()) as {
        data?: { at: string }[];
      };
      if (data === undefined || data.length === 0) return false;
      expect(data.map((e) => Date.parse(e.at))).toEqual([Date.parse(ticket.createdAt) + 5000]);
      return true;
    });
    const again = await stack.request('POST', `/v1/tickets/${ticket.id}/messages`, message, {
      'idempotency-key': 'm1',
    });
    expect(again.status).toBe(201);
    const { data } = (await (await stack.request('GET', `/v1/tickets/${ticket.id}/messages`)).json()) as {
      data: { author: string; body: string }[];
    };
    // The agent was told that nobody answered, not that it did not happen: the reply may come after all, once.
    expect(data.filter((m) => m.author === 'customer').map((m) => m.body)).toEqual(['B', 'Are you there?']);
  });
});
