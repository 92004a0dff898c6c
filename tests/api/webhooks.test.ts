import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { recordBatches } from '../../db/record.ts';
import { fileDeliveries, overdueWebhooks } from '../../db/webhook-deliveries.ts';
import { webhooks } from '../../db/schema/webhooks.ts';
import { system } from '../../domain/ticket.ts';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { signedIn } from './signed-in.ts';

interface WebhookJson {
  readonly id: string;
  readonly key?: string;
  readonly pending: number;
  readonly [field: string]: unknown;
}

interface DeliveryJson {
  readonly id: string;
  readonly type: string;
  readonly ticket: string | null;
  readonly state: string;
}

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
afterAll(() => desk.close());

let made = 0;
async function add(more: object = {}): Promise<WebhookJson> {
  made += 1;
  const body = { name: `Receiver ${made}`, url: 'http://127.0.0.1:1/', events: ['*'], ...more };
  const answer = await desk.call('POST', '/v1/webhooks', body);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<WebhookJson>();
}

const recorded = new Map<string, number>();
async function record(stream: string, type: string, ticket: string | null = null, at = Date.now()): Promise<void> {
  const seq = (recorded.get(stream) ?? 0) + 1;
  recorded.set(stream, seq);
  const event = { seq, type, at, actor: system, cause: 'test', data: { n: seq } };
  await recordBatches(desk.database.pool, [{ stream, ticket, events: [event] }]);
}

/**
 * Files what happened as the background does, which may be at it at the same time, until so much is filed: an event is told
 * only once all transactions of the server that began before it have ended, those of other tests too.
 */
async function file(id: string, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      while ((await fileDeliveries(desk.database, id, Date.now())).more);
      expect(await deliveries(id)).toHaveLength(count);
    },
    { timeout: 20_000 },
  );
}

async function deliveries(id: string, query = ''): Promise<DeliveryJson[]> {
  const answer = await desk.call('GET', `/v1/webhooks/${id}/deliveries${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ data: DeliveryJson[] }>().data;
}

/** In the order in which they happened. */
async function types(id: string): Promise<string[]> {
  return (await deliveries(id)).map(({ type }) => type).toReversed();
}

test('a webhook shows its key once, and is found, changed and deleted', async () => {
  const key = { 'idempotency-key': 'once' };
  const body = { name: 'Chat', url: 'https://chat.example/hooks', events: ['ticket.created', 'incident.*'] };
  const first = await desk.call('POST', '/v1/webhooks', body, key);
  const { key: secret, ...shown } = first.json<WebhookJson>();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(first.headers['location']).toBe(`/v1/webhooks/${shown.id}`);
  expect(shown).toMatchObject({ ...body, enabled: true, pending: 0, oldKeyUntil: null });
  expect(shown['health']).toMatchObject({ state: 'good', failures: 0, givenUp: null });

  const again = await desk.call('POST', '/v1/webhooks', body, key);
  expect([again.json(), again.headers['idempotency-replayed']]).toEqual([shown, 'true']);
  const path = `/v1/webhooks/${shown.id}`;
  expect((await desk.call('GET', path)).json()).toEqual(shown);
  expect((await desk.call('GET', '/v1/webhooks')).json<{ data: WebhookJson[] }>().data).toContainEqual(shown);

  const changed = await desk.call('PATCH', path, { events: ['*'], enabled: false });
  expect(changed.json()).toMatchObject({ events: ['*'], enabled: false, url: body.url });
  expect((await desk.call('POST', `${path}/test`)).json()).toMatchObject({ status: 409 });
  expect((await desk.call('DELETE', path)).statusCode).toBe(204);
  for (const gone of [path, `${path}/deliveries`, `${path}/deliveries/dlv_x`]) {
    expect((await desk.call('GET', gone)).statusCode).toBe(404);
  }
  for (const what of ['test', 'key', 'redeliver', 'deliveries/dlv_x/redeliver']) {
    expect((await desk.call('POST', `${path}/${what}`)).statusCode).toBe(404);
  }
});

test.each([
  [{ url: 'example.com' }, 422, 'url'],
  [{ url: 'https://ann:secret@example.com' }, 422, 'url'],
  [{ events: [] }, 400, 'events'],
  [{ events: ['ticket.exploded'] }, 400, 'events.0'],
  [{ events: ['*', '*'] }, 400, 'events'],
  [{ name: '' }, 400, 'name'],
  [{ secret: 'mine' }, 400, 'secret'],
])('%j is refused with %d, naming %s', async (fields, status, path) => {
  const body = { name: 'X', url: 'https://example.com', events: ['*'], ...fields };
  const answer = await desk.call('POST', '/v1/webhooks', body);
  expect(answer.statusCode).toBe(status);
  expect(answer.json<{ errors: { path: string }[] }>().errors[0]?.path).toContain(path);
});

test('a name is taken once, whatever its case', async () => {
  await add({ name: 'Twice' });
  const answer = await desk.call('POST', '/v1/webhooks', { name: 'TWICE', url: 'http://x.example', events: ['*'] });
  expect([answer.statusCode, answer.json<{ errors: unknown }>().errors]).toEqual([
    409,
    [{ path: 'name', message: 'Another webhook has this name.' }],
  ]);
});

test('webhooks are for those who configure the desk', async () => {
  const { id } = await add();
  const { browser: agent } = await signedIn(desk, 'agent');
  const { browser: manager } = await signedIn(desk, 'manager');
  for (const path of ['/v1/webhooks', `/v1/webhooks/${id}`, `/v1/webhooks/${id}/deliveries`]) {
    expect((await agent.call('GET', path)).statusCode).toBe(403);
    expect((await manager.call('GET', path)).statusCode).toBe(200);
  }
  expect((await agent.call('POST', `/v1/webhooks/${id}/key`)).statusCode).toBe(403);
});

test('what happened is filed once and in order, whoever files it and whatever else is asked for', async () => {
  const all = await add();
  const some = await add({ events: ['sla.*', 'ticket.merged'] });
  for (const type of ['ticket.created', 'sla.warned', 'sla.breached', 'ticket.merged', 'message.added']) {
    await record('ticket/T1', type, 'T1');
  }
  await Promise.all(Array.from({ length: 4 }, () => file(all.id, 5)));
  await file(some.id, 3);
  expect(await types(all.id)).toEqual([
    'ticket.created',
    'sla.warned',
    'sla.breached',
    'ticket.merged',
    'message.added',
  ]);
  expect(await types(some.id)).toEqual(['sla.warned', 'sla.breached', 'ticket.merged']);
  const [latest] = await deliveries(some.id);
  const whole = await desk.call('GET', `/v1/webhooks/${some.id}/deliveries/${latest?.id}`);
  expect(whole.json()).toMatchObject({
    ...{ state: 'pending', attempts: 0, ticket: 'T1', log: [] },
    body: { type: 'ticket.merged', data: { stream: 'ticket/T1', seq: 4, ticket: 'T1', data: { n: 4 } } },
  });
});

test('what happened before is not told, and what happened while it was off is, for a week', async () => {
  const before = await add({ events: ['ticket.created'] });
  await record('ticket/T2', 'ticket.created', 'T2');
  await file(before.id, 1);
  const { id } = await add();
  await record('ticket/T2', 'ticket.assigned', 'T2');
  await file(id, 1);
  expect(await types(id)).toEqual(['ticket.assigned']);

  await desk.call('PATCH', `/v1/webhooks/${id}`, { enabled: false });
  const day = 24 * 60 * 60 * 1000;
  await record('ticket/T2', 'ticket.reopened', 'T2', Date.now() - 8 * day);
  await record('ticket/T2', 'sla.warned', 'T2', Date.now() - 6 * day);
  await file(id, 1);
  expect(await types(id)).toEqual(['ticket.assigned']);
  await desk.call('PATCH', `/v1/webhooks/${id}`, { enabled: true });
  await file(id, 2);
  expect(await types(id)).toEqual(['ticket.assigned', 'sla.warned']);
});

test('deliveries come in pages, the latest first, and by state', async () => {
  const { id } = await add();
  for (let i = 0; i < 5; i += 1) await record('incident/I1', 'incident.paged');
  await file(id, 5);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page = (await desk.call('GET', `/v1/webhooks/${id}/deliveries?limit=2${at}`)).json<{
      data: DeliveryJson[];
      next: string | null;
    }>();
    seen.push(...page.data.map((one) => one.id));
    cursor = page.next;
  }
  expect(seen).toEqual((await deliveries(id)).map((one) => one.id));
  expect(new Set(seen).size).toBe(5);
  expect(await deliveries(id, '?state=failed')).toEqual([]);
  expect(await deliveries(id, '?state=pending')).toHaveLength(5);
});

test('what nobody came to deliver is found to be overdue', async () => {
  const { id } = await add();
  await record('incident/I2', 'incident.triggered');
  await file(id, 1);
  expect(await overdueWebhooks(desk.database, 60_000)).not.toContain(id);
  expect(await overdueWebhooks(desk.database, -60_000)).toContain(id);
  await desk.call('PATCH', `/v1/webhooks/${id}`, { enabled: false });
  expect(await overdueWebhooks(desk.database, -60_000)).not.toContain(id);
});

test('no more than fifty are taken', async () => {
  while ((await desk.database.db.$count(webhooks)) < 50) await add();
  const answer = await desk.call('POST', '/v1/webhooks', { name: 'One more', url: 'http://x.example', events: ['*'] });
  expect(answer.json()).toMatchObject({ status: 409, detail: expect.stringContaining('50 webhooks') });
});
