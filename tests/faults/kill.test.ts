import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startPageReceiver, type PageReceiver } from '../support/page-receiver.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/stand-ins/webhook-receiver.ts';

const tickets = 200;

let stack: Stack;
let receiver: PageReceiver;
let hook: WebhookReceiver;
let slaPolicy: string;
let assignee: string;

beforeAll(async () => {
  stack = await startStack({ VIGIL_ACK_TIMEOUT: 'PT1H' });
  receiver = await startPageReceiver(stack.secret);
  hook = await startWebhookReceiver();
  const events = ['ticket.created', 'sla.breached'];
  const webhook = await stack.request('POST', '/v1/webhooks', { name: 'Elsewhere', url: hook.url, events });
  hook.trust(((await webhook.json()) as { key: string }).key);
  assignee = await create('/v1/users', {
    name: 'Ann',
    email: 'ann@example.com',
    role: 'agent',
    contacts: [{ type: 'webhook', address: receiver.url }],
  });
  const targets = Object.fromEntries(['low', 'normal', 'high', 'urgent'].map((p) => [p, { firstReply: 'PT12S' }]));
  slaPolicy = await create('/v1/sla-policies', { name: 'Short', targets });
});
afterAll(async () => {
  await receiver.close();
  await hook.close();
  await stack.stop();
});

async function create(path: string, body: object): Promise<string> {
  const response = await stack.request('POST', path, body);
  expect(response.status, await response.clone().text()).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

/** As a careful client does it: repeats with the same key until it has an answer that says yes. */
async function handIn(i: number): Promise<string> {
  const key = randomUUID();
  const body = {
    subject: `Ticket ${i}`,
    body: 'It does not work.',
    requester: { email: `customer${i}@example.com`, name: `Customer ${i}` },
    assignee,
    slaPolicy,
  };
  for (;;) {
    const response = await stack
      .request('POST', '/v1/tickets', body, { 'idempotency-key': key })
      .catch(() => undefined);
    if (response?.status === 201) return ((await response.json()) as { id: string }).id;
    if (response !== undefined) expect([503]).toContain(response.status);
    await sleep(200);
  }
}

async function all<T>(path: string): Promise<T[]> {
  const found: T[] = [];
  for (let cursor = ''; ;) {
    const response = await stack.request('GET', `${path}&limit=100${cursor}`);
    const page = (await response.json()) as { data: T[]; next: string | null };
    found.push(...page.data);
    if (page.next === null) return found;
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

async function kill(pid: number | undefined, ended: Promise<string>): Promise<void> {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await ended;
}

describe('kill -9 of each part in turn, while tickets come in and promises are broken', () => {
  it('loses no ticket, opens one incident for each breach, pages for each, and tells of all elsewhere', async () => {
    const accepted: string[] = [];
    const intake = (async () => {
      for (let i = 0; i < tickets; i += 4) {
        accepted.push(...(await Promise.all([0, 1, 2, 3].map((n) => handIn(i + n)))));
        await sleep(400);
      }
    })();

    await sleep(6000);
    await kill(stack.worker.pid, stack.worker.ended);
    await sleep(2000);
    await stack.startWorker();
    await sleep(4000);
    await kill(stack.api.child.pid, stack.api.child.ended);
    await stack.startApi();
    await sleep(4000);
    await kill(stack.temporal.server.pid, stack.temporal.server.ended);
    await sleep(2000);
    await stack.startTemporal();
    await sleep(4000);
    await kill(stack.postgres.child.pid, stack.postgres.child.ended);
    await sleep(3000);
    await stack.startPostgres();
    // Once more, in the middle of the pages.
    await sleep(3000);
    await kill(stack.worker.pid, stack.worker.ended);
    await stack.startWorker();

    await intake;
    expect(new Set(accepted).size).toBe(tickets);
    await receiver.waitFor(tickets, 120_000);
    await stack.ready();

    const listed = await settledList();
    expect(new Set(listed.map((t) => t.id))).toEqual(new Set(accepted));
    const incidents = await all<{ id: string; ticket: string; dueAt: string }>('/v1/incidents?');
    expect(incidents.map((i) => i.ticket).toSorted()).toEqual(accepted.toSorted());
    for (const { id, createdAt } of listed) {
      const incident = incidents.find((i) => i.ticket === id);
      expect(Date.parse(incident?.dueAt ?? '')).toBe(Date.parse(createdAt) + 12_000);
    }
    expect(receiver.violations).toEqual([]);
    expect(receiver.pages.map((p) => p.dedupKey).toSorted()).toEqual(
      accepted.map((id) => `${id}-FR1:1:1:${assignee}:webhook1`).toSorted(),
    );
    // What was on its way when something was killed may come twice, under its id.
    await vi.waitFor(() => expect(new Set(hook.told.map((one) => one.id)).size).toBe(2 * tickets), {
      timeout: 90_000,
      interval: 500,
    });
    expect(hook.violations).toEqual([]);
    for (const id of accepted) {
      const told = hook.told.filter(({ data }) => data['ticket'] === id);
      const once = told.filter((one, i) => told.findIndex((other) => other.id === one.id) === i);
      expect(once.map(({ type }) => type)).toEqual(['ticket.created', 'sla.breached']);
    }
  });
});

/** The read model catches up by itself: until every ticket's breach has arrived there. */
async function settledList(): Promise<{ id: string; createdAt: string }[]> {
  for (let tries = 0; ; tries++) {
    const listed = await all<{ id: string; createdAt: string; breachedAt: string | null }>(
      '/v1/tickets?sort=createdAt',
    );
    if (listed.length >= tickets && listed.every((t) => t.breachedAt !== null)) return listed;
    if (tries > 120)
      throw new Error(`${listed.length} tickets, ${listed.filter((t) => t.breachedAt).length} of them breached`);
    await sleep(500);
  }
}
