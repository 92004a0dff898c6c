import { startPageReceiver, type PageReceiver } from '../tests/support/page-receiver.ts';
import { heading, load, quantile, row, settled, type Measured } from './measure.ts';
import { handIn } from './throughput.ts';

/** Somebody who is on call in a schedule, with rules of their own, and an escalation policy that pages whoever that is. */
async function startDesk(stack: Measured): Promise<{ receiver: PageReceiver; team: string }> {
  const receiver = await startPageReceiver(stack.secret);
  const now = Date.now();
  const user = await create(stack, '/v1/users', {
    name: 'Ann Pager',
    email: `ann-${now}@example.com`,
    role: 'agent',
    contacts: [
      { type: 'webhook', address: receiver.url },
      { type: 'mail', address: 'later@example.com' },
    ],
    notificationRules: [{ contact: 'webhook' }, { contact: 'mail', delay: 'PT1H' }],
  });
  const schedule = await create(stack, '/v1/schedules', {
    name: `On call ${now}`,
    timeZone: 'Europe/Berlin',
    layers: [{ rotation: { type: 'weekly', shiftLength: 1, start: '2026-01-05T08:00:00Z' }, participants: [user.id] }],
  });
  const steps = [{ targets: [{ type: 'schedule', schedule: schedule.id }], ackTimeout: 'PT1H' }];
  const { id: team } = await create(stack, '/v1/teams', { name: `Bench ${now}` });
  await create(stack, '/v1/escalation-policies', { name: `Bench ${now}`, conditions: { team: [team] }, steps });
  return { receiver, team };
}

async function policy(stack: Measured, firstReply: string): Promise<string> {
  const targets = Object.fromEntries(['low', 'normal', 'high', 'urgent'].map((p) => [p, { firstReply }]));
  return (await create(stack, '/v1/sla-policies', { name: `Bench ${firstReply} ${Date.now()}`, warnAt: [], targets }))
    .id;
}

export async function create(stack: Measured, path: string, body: object): Promise<{ id: string }> {
  const response = await stack.request('POST', path, body);
  if (response.status !== 201)
    throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
  return (await response.json()) as { id: string };
}

/** From the due instant to the page's arrival at a webhook on this machine, for breaches that come one by one. */
export async function singleBreaches(stack: Measured, count: number, everyMs: number): Promise<void> {
  heading(`From breach to page: ${count} breaches, ${everyMs / 1000} s apart`);
  await settled(stack);
  const { receiver, team } = await startDesk(stack);
  const slaPolicy = await policy(stack, 'PT10S');
  for (let i = 0; i < count; i++) {
    const due = Date.now() + everyMs;
    await handIn(stack, i, { team, slaPolicy });
    await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
  }
  const late = (await receiver.waitFor(count, 60_000)).map((page) => page.at - Date.parse(page.dueAt));
  const known = 'an alerting system in common use, on such a machine: ';
  row('p50, ms', quantile(late, 0.5).toFixed(0), `${known}4,300`);
  row('p99, ms', quantile(late, 0.99).toFixed(0), `${known}6,100; aim under 1,000`);
  await receiver.close();
}

/** All due at one instant. */
export async function herd(stack: Measured, count: number): Promise<void> {
  heading(`${count} breaches due at the same instant`);
  await settled(stack);
  const { receiver, team } = await startDesk(stack);
  // Every ticket counts from its own start; the wait grows shorter as the instant comes nearer.
  const waits = new Map<number, Promise<string>>();
  const due = Math.ceil(Date.now() / 1000) * 1000 + Math.max(30_000, count * 20);
  await load(count, 24, async (i) => {
    const seconds = Math.round((due - Date.now()) / 1000);
    const slaPolicy = waits.get(seconds) ?? policy(stack, `PT${seconds}S`);
    waits.set(seconds, slaPolicy);
    await handIn(stack, i, { team, slaPolicy: await slaPolicy });
  });
  const pages = await receiver.waitFor(count, 120_000);
  const first = Math.min(...pages.map((page) => page.at));
  const last = Math.max(...pages.map((page) => page.at));
  const late = pages.map((page) => page.at - Date.parse(page.dueAt));
  const twice = [...receiver.deliveries.values()].filter((times) => times > 1).length;
  row('paged', `${pages.length} of ${count}, ${twice} twice`, 'aim all, none twice');
  row('drained per second', (count / ((last - Math.max(first, due)) / 1000)).toFixed(0), 'aim 50');
  row(
    'p50 and p99 from due to page, ms',
    `${quantile(late, 0.5).toFixed(0)} and ${quantile(late, 0.99).toFixed(0)}`,
    '',
  );
  await receiver.close();
}
