import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { auditEvents } from '../../db/schema/audit.ts';
import { webhookWorkflowId } from '../../workflows/messages.ts';
import { type PageReceiver, startPageReceiver } from '../support/page-receiver.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/stand-ins/webhook-receiver.ts';
import { fastForward } from '../support/time-skipping.ts';
import { type DeskApp, secret } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';
import { eventually, handIn, tell } from './tickets-by-rest.ts';

interface Attempt {
  readonly status: number | null;
  readonly answer: string;
}

interface DeliveryJson {
  readonly id: string;
  readonly type: string;
  readonly ticket: string | null;
  readonly state: string;
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly log: readonly Attempt[];
}

interface WebhookJson {
  readonly id: string;
  readonly enabled: boolean;
  readonly pending: number;
  readonly health: { readonly state: string; readonly failures: number; readonly givenUp: string | null };
}

let desk: DeskApp;
let receiver: WebhookReceiver;
let pager: PageReceiver;
let path = '';
let id = '';
let made = 0;

beforeAll(async () => {
  pager = await startPageReceiver(secret);
  desk = await startWorkingDesk();
  const contacts = [{ type: 'webhook', address: pager.url }];
  await desk.call('POST', '/v1/users', { name: 'Ada', email: 'ada@example.com', role: 'admin', contacts });
});
afterAll(async () => {
  await desk.close();
  await pager.close();
});

beforeEach(async () => {
  receiver = await startWebhookReceiver();
  await add(['ticket.created', 'message.added']);
  return async () => {
    await desk.call('DELETE', path);
    await receiver.close();
  };
});

async function add(events: readonly string[]): Promise<void> {
  made += 1;
  const body = { name: `Receiver ${made}`, url: `${receiver.url}/vigil`, events };
  const answer = (await desk.call('POST', '/v1/webhooks', body)).json<{ id: string; key: string }>();
  ({ id } = answer);
  path = `/v1/webhooks/${id}`;
  receiver.trust(answer.key);
}

const status = async (): Promise<WebhookJson> => (await desk.call('GET', path)).json<WebhookJson>();
const deliveries = async (): Promise<DeliveryJson[]> =>
  (await desk.call('GET', `${path}/deliveries`)).json<{ data: DeliveryJson[] }>().data;
const settled = () =>
  eventually<WebhookJson>(desk, path, ({ pending }) => {
    expect(pending).toBe(0);
  });
const told = (count: number) =>
  vi.waitFor(() => expect(receiver.told.length).toBeGreaterThanOrEqual(count), { timeout: 20_000 });
const requests = (count: number) =>
  vi.waitFor(() => expect(receiver.count()).toBeGreaterThanOrEqual(count), { timeout: 20_000 });

/** Moves the clock of what delivers ahead. */
async function pass(seconds: number): Promise<'reached' | 'ended'> {
  return fastForward(desk.app.parts.temporal.client, webhookWorkflowId(desk.taskQueue, id), `${seconds}s`);
}

async function test1(): Promise<DeliveryJson> {
  const answer = await desk.call('POST', `${path}/test`);
  expect(answer.statusCode, answer.body).toBe(202);
  return answer.json<DeliveryJson>();
}

const delivery = async (which: string): Promise<DeliveryJson> =>
  (await desk.call('GET', `${path}/deliveries/${which}`)).json<DeliveryJson>();

test('a program elsewhere is told what happens to tickets, signed, in order, and of nothing else', async () => {
  const tickets = await Promise.all([handIn(desk), handIn(desk), handIn(desk)]);
  for (const { id } of tickets)
    await tell(desk, id, 'messages', { author: 'agent', body: 'Which tray?', public: true });
  await told(9);
  await settled();
  expect(receiver.violations).toEqual([]);
  for (const { id: ticket } of tickets) {
    const of = receiver.told.filter(({ data }) => data['ticket'] === ticket);
    expect(of.map(({ type }) => type)).toEqual(['ticket.created', 'message.added', 'message.added']);
    const events = (await desk.call('GET', `/v1/tickets/${ticket}/events?type=ticket.created`)).json<{
      data: object[];
    }>();
    expect(of[0]?.data).toEqual(events.data[0]);
  }
  const shown = await deliveries();
  expect(shown.map((one) => one.id).toSorted()).toEqual(receiver.told.map((one) => one.id).toSorted());
  // What a receiver says may hold an address.
  expect(shown[0]?.log).toEqual([
    { at: expect.any(String), ms: expect.any(Number), status: 200, answer: '{"thanks":"…"}' },
  ]);
  expect(await status()).toMatchObject({ pending: 0, health: { state: 'good', lastDeliveredAt: expect.any(String) } });
});

test('a test arrives at once, and says what was answered', async () => {
  const { id: sent } = await test1();
  await eventually<DeliveryJson>(desk, `${path}/deliveries/${sent}`, (one) => expect(one.state).toBe('delivered'));
  expect(receiver.told).toEqual([expect.objectContaining({ id: sent, type: 'webhook.test', data: { test: true } })]);
});

test('what fails is tried again, later and later, under the same id', async () => {
  receiver.failNext(500, 0, 200);
  const { id: sent } = await test1();
  await requests(1);
  expect(await pass(6)).toBe('reached');
  await requests(2);
  expect((await delivery(sent)).state).toBe('pending');
  expect(await pass(70)).toBe('ended');
  const { state, attempts, log, nextAttemptAt } = await delivery(sent);
  expect({ state, attempts, nextAttemptAt }).toEqual({ state: 'delivered', attempts: 3, nextAttemptAt: null });
  expect(log.map((one) => one.status)).toEqual([500, null, 200]);
  expect(log[0]?.answer).toContain('it is 500');
  expect((await status()).health.state).toBe('good');
});

test('a ticket’s later events wait for its first, and other tickets’ for none', async () => {
  receiver.failNext(503);
  const stuck = await handIn(desk);
  await requests(1);
  await tell(desk, stuck.id, 'messages', { author: 'agent', body: 'Which tray?', public: true });
  const other = await handIn(desk);
  await told(2);
  expect(new Set(receiver.told.map(({ data }) => data['ticket']))).toEqual(new Set([other.id]));
  expect(await pass(6)).toBe('ended');
  await settled();
  const types = receiver.told.filter(({ data }) => data['ticket'] === stuck.id).map(({ type }) => type);
  expect(types).toEqual(['ticket.created', 'message.added', 'message.added']);
});

test('it comes when the receiver says', async () => {
  receiver.failNext({ status: 429, headers: { 'retry-after': '1000' } });
  await test1();
  await requests(1);
  expect(await pass(950)).toBe('reached');
  expect(receiver.count()).toBe(1);
  expect(await pass(60)).toBe('ended');
  expect(receiver.count()).toBe(2);
});

test('what a receiver refuses is given up after four attempts, and can be sent again', async () => {
  receiver.failNext(400, 404, 422, 301);
  const { id: sent } = await test1();
  await requests(1);
  expect(await pass(1000)).toBe('ended');
  expect((await delivery(sent)).log.map((one) => one.status)).toEqual([400, 404, 422, 301]);
  expect((await delivery(sent)).state).toBe('failed');
  expect((await desk.call('POST', `${path}/redeliver`)).json()).toEqual({ redelivered: 1 });
  await eventually<DeliveryJson>(desk, `${path}/deliveries/${sent}`, (one) => expect(one.state).toBe('delivered'));
  const again = await desk.call('POST', `${path}/deliveries/${sent}/redeliver`);
  expect(again.json()).toMatchObject({ id: sent, state: 'pending' });
  await told(2);
  expect(receiver.told.map((one) => one.id)).toEqual([sent, sent]);
});

test('an address that is away rests, loses nothing, and is believed again with the first delivery', async () => {
  receiver.failNext(...Array<number>(10).fill(502));
  for (let i = 0; i < 8; i += 1) await test1();
  await requests(5);
  await eventually<WebhookJson>(desk, path, ({ health }) => expect(health.state).toBe('resting'));
  const before = receiver.count();
  expect(await pass(30)).toBe('reached');
  expect(receiver.count()).toBe(before);
  expect(await pass(24 * 3600)).toBe('ended');
  await settled();
  expect(new Set(receiver.told.map((one) => one.id)).size).toBe(8);
  expect(await status()).toMatchObject({ enabled: true, health: { state: 'good', failures: 0 } });
});

test('an address that is away for three days is switched off, admins are told, and what waited goes out afterwards', async () => {
  receiver.failNext(...Array<number>(2000).fill(500));
  const { id: sent } = await test1();
  await requests(1);
  expect(await pass(4 * 24 * 3600)).toBe('ended');
  expect(await status()).toMatchObject({
    ...{ enabled: false, pending: 1 },
    health: { state: 'given-up', givenUp: 'three-days' },
  });
  const notice = pager.notices.find(({ data }) => data['webhook'] === id);
  expect(notice?.title).toMatch(/^Webhook switched off: Receiver/);
  const trail = (await desk.database.db.select().from(auditEvents)).filter(({ items }) => items[0]?.id === id);
  expect(trail.map(({ actorName, items }) => [actorName, items[0]?.action])).toContainEqual(['Vigil', 'switched-off']);

  const elsewhere = await startWebhookReceiver();
  const changed = await desk.call('PATCH', path, { enabled: true, url: elsewhere.url });
  expect(changed.json()).toMatchObject({ enabled: true, health: { state: 'good', givenUp: null } });
  await eventually<DeliveryJson>(desk, `${path}/deliveries/${sent}`, (one) => expect(one.state).toBe('delivered'));
  expect(elsewhere.told.map((one) => one.id)).toEqual([sent]);
  await elsewhere.close();
});

test('an address that is gone is switched off at once', async () => {
  receiver.failNext(410);
  await test1();
  await eventually<WebhookJson>(desk, path, ({ enabled }) => expect(enabled).toBe(false));
  expect((await status()).health.givenUp).toBe('gone');
});

test('a renewed key signs at once, and the old one for a day, too', async () => {
  const renewed = await desk.call('POST', `${path}/key`);
  const { key, oldKeyUntil } = renewed.json<{ key: string; oldKeyUntil: string }>();
  expect(Math.round((Date.parse(oldKeyUntil) - Date.now()) / 3_600_000)).toBe(24);
  // It still trusts the old one.
  await test1();
  await told(1);
  receiver.trust(key);
  await test1();
  await told(2);
  await desk.database.pool.query(`update webhooks set old_key_until = now() where id = $1`, [id]);
  await test1();
  await told(3);
  expect(receiver.violations).toEqual([]);
});

test('what is off is told nothing, and what is deleted is forgotten', async () => {
  receiver.failNext(500);
  await test1();
  await requests(1);
  await desk.call('PATCH', path, { enabled: false });
  expect(await pass(10)).toBe('ended');
  expect(receiver.count()).toBe(1);
  await desk.call('PATCH', path, { enabled: true });
  await told(1);

  receiver.failNext(500);
  await test1();
  await requests(3);
  await desk.call('DELETE', path);
  expect(await pass(10)).toBe('ended');
  expect(receiver.count()).toBe(3);
});
