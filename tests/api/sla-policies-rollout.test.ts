import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DeskApp } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';

let desk: DeskApp;

beforeAll(async () => {
  desk = await startWorkingDesk();
});

afterAll(() => desk.close());

test('an edit of a policy, and of its calendar, reaches the tickets that are open under it', async () => {
  const always = { name: 'Always', timeZone: 'UTC', hours: 'always' };
  const calendar = (await desk.call('POST', '/v1/calendars', always)).json<{ id: string }>();
  const policy = (
    await desk.call('POST', '/v1/sla-policies', {
      name: 'By calendar',
      calendar: calendar.id,
      targets: { normal: { firstReply: 'PT2H' } },
    })
  ).json<{ id: string }>();
  const ticket = (
    await desk.call('POST', '/v1/tickets', {
      subject: 'Printer',
      body: 'It is on fire.',
      requester: { email: 'kim@example.com', name: 'Kim' },
      slaPolicy: policy.id,
    })
  ).json<{ id: string }>();
  const firstReply = async (): Promise<{ target: string; dueAt: string | null } | undefined> => {
    const answer = (await desk.call('GET', `/v1/tickets/${ticket.id}/sla`)).json<{
      clocks?: { name: string; target: string; dueAt: string | null }[];
    }>();
    return answer.clocks?.find((clock) => clock.name === 'firstReply');
  };
  await vi.waitFor(async () => expect((await firstReply())?.target).toBe('PT2H'), 20_000);

  await desk.call('PATCH', `/v1/sla-policies/${policy.id}`, { targets: { normal: { firstReply: 'PT3H' } } });
  await vi.waitFor(async () => expect((await firstReply())?.target).toBe('PT3H'), 30_000);
  expect((await firstReply())?.dueAt).not.toBeNull();

  await desk.call('PATCH', `/v1/calendars/${calendar.id}`, { hours: {} });
  await vi.waitFor(async () => expect(await firstReply()).toMatchObject({ target: 'PT3H', dueAt: null }), 30_000);
}, 120_000);
