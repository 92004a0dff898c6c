import type { Page } from 'playwright-core';
import { type Desk, unique } from './desk.ts';

/** A desk with everything that pages look different for, and the addresses of all pages on it. */
export async function furnish(desk: Desk, me: string): Promise<Readonly<Record<string, string>>> {
  const channel = await desk.addPromise({
    low: { firstReply: 'PT8H' },
    normal: { firstReply: 'PT2H', nextReply: 'PT2H', resolution: 'PT24H' },
    high: { firstReply: 'PT10M', resolution: 'PT4H' },
    urgent: { firstReply: 'PT1S', nextReply: 'PT10M', resolution: 'PT1H' },
  });
  const team = await desk.addTeam(unique('Front line'));
  const urgent = await desk.addTicket({
    channel,
    priority: 'urgent',
    subject: 'The whole shop is down',
    team: team.id,
  });
  await desk.addTicket({ channel, priority: 'high', subject: 'The invoice is wrong', team: team.id, assignee: me });
  await desk.addTicket({
    channel,
    priority: 'low',
    team: team.id,
    subject: 'مرحبا، لا أستطيع تسجيل الدخول',
    requester: { email: 'layla@example.com', name: 'ليلى' },
  });
  const pending = await desk.addTicket({ channel, subject: 'Waits for the customer 🙈', team: team.id });
  await desk.post(`/v1/tickets/${pending.id}/messages`, { author: 'agent', body: 'Which printer is it?' });
  const long = await desk.addTicket({ channel, subject: 'Endless '.repeat(625), team: team.id });
  const talk = await desk.addTicket({ channel, subject: 'How do I export a report?', team: team.id, assignee: me });
  await desk.post(`/v1/tickets/${talk.id}/messages`, {
    author: 'agent',
    body: 'Here is how:\n\n1. Open Reports.\n2. Choose CSV.\n\nhttps://help.example.com/export',
    status: 'open',
  });
  await desk.post(`/v1/tickets/${talk.id}/messages`, {
    author: 'agent',
    public: false,
    body: 'Their plan has no CSV.',
  });
  await desk.post(`/v1/tickets/${talk.id}/messages`, { author: 'customer', body: 'There is no CSV to choose.' });
  await untilIncident(desk, urgent.id);
  return {
    queue: `/queue?team=${team.id}`,
    'queue-empty': `/queue?team=${team.id}&q=nothing-like-this`,
    ticket: `/tickets/${talk.id}`,
    'ticket-breached': `/tickets/${urgent.id}`,
    'ticket-long': `/tickets/${long.id}`,
    incidents: '/incidents',
    'not-found': '/nowhere',
  };
}

/** Waits until the page shows what it has to show. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
}

async function untilIncident(desk: Desk, ticket: string): Promise<void> {
  for (const until = Date.now() + 20_000; ;) {
    const answer = await desk.request('GET', `/v1/incidents?ticket=${ticket}`);
    if (((await answer.json()) as { data: object[] }).data.length > 0) return;
    if (Date.now() > until) throw new Error(`the breach of ${ticket} opened no incident`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
