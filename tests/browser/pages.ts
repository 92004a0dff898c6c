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
    body: 'Their plan has no CSV. @Ann Agent, is that so?',
  });
  await desk.post(`/v1/tickets/${talk.id}/messages`, { author: 'customer', body: 'There is no CSV to choose.' });
  let solved = '';
  for (const [rating, comment] of [
    ['good', 'Quick, and it worked at once.'],
    ['bad', 'I had to write three times until somebody read what I had written, and by then the sale was over.'],
  ] as const) {
    const done = await desk.addTicket({ channel, subject: 'The sale begins tonight', team: team.id, assignee: me });
    await desk.post(`/v1/tickets/${done.id}/solve`, {});
    await desk.post(`/v1/tickets/${done.id}/rate`, { rating, comment });
    solved = done.id;
  }
  const person = await furnishPerson(desk, team.id);
  await untilIncident(desk, urgent.id);
  const colleague = await desk.addPerson('Bob Backup');
  await desk.post('/v1/teams', {
    name: unique('Second line'),
    members: [me, colleague.id],
    ownership: { rule: 'least-loaded', capacity: 4 },
  });
  await desk.addTicket({ channel, subject: 'Give me another', assignee: colleague.id });
  await desk.post('/v1/macros', {
    name: unique('Ask for the plan'),
    shared: true,
    body: 'Dear {{ticket.requester.name}},\n\nwhich plan are you on?',
    actions: { status: 'pending', priority: 'low', assignee: 'me' },
  });
  await desk.post('/v1/articles', {
    title: unique('Export a report'),
    url: 'https://help.example.com/export',
    language: 'en',
    body: 'Open Reports, choose a report and a time, and then CSV. Plans without reports have no CSV.',
  });
  const schedule = await desk.addSchedule(unique('Front line duty'), [me, colleague.id]);
  const escalation = await furnishEscalation(desk, { team: team.id, schedule: schedule.id, person: person.id });
  const webhook = await furnishWebhook(desk);
  return {
    queue: `/queue?team=${team.id}`,
    'queue-empty': `/queue?team=${team.id}&q=nothing-like-this`,
    ticket: `/tickets/${talk.id}`,
    'ticket-breached': `/tickets/${urgent.id}`,
    'ticket-solved': `/tickets/${solved}`,
    'ticket-long': `/tickets/${long.id}`,
    incidents: '/incidents',
    'report-volume': '/reports/volume?span=week',
    'report-answer-times': '/reports/answer-times?by=priority',
    'report-on-call': '/reports/on-call',
    'on-call': '/on-call',
    schedule: `/on-call/${schedule.id}`,
    'schedule-new': '/on-call/new',
    'schedule-edit': `/on-call/${schedule.id}/edit`,
    articles: '/articles',
    macros: '/macros',
    wall: '/wall',
    settings: '/settings',
    'admin-people': '/admin/people',
    'admin-person': `/admin/people/${person.id}`,
    'admin-person-new': '/admin/people/new',
    'admin-teams': '/admin/teams',
    'admin-team': `/admin/teams/${team.id}`,
    'admin-sla-policies': '/admin/sla-policies',
    'admin-sla-policy-new': '/admin/sla-policies/new',
    'admin-calendars': '/admin/calendars',
    'admin-calendar-new': '/admin/calendars/new',
    'admin-simulator': `/admin/simulator?priority=urgent&assignee=${person.id}`,
    'admin-escalation-policies': '/admin/escalation-policies',
    'admin-escalation-policy': `/admin/escalation-policies/${escalation.id}`,
    'admin-escalation-policy-new': '/admin/escalation-policies/new',
    'admin-channels': '/admin/channels',
    'admin-webhooks': '/admin/webhooks',
    'admin-webhook': `/admin/webhooks/${webhook.id}`,
    'admin-webhook-new': '/admin/webhooks/new',
    'admin-keys': '/admin/keys',
    'admin-audit': '/admin/audit',
    'not-found': '/nowhere',
  };
}

/** Somebody of whom everything is said, and who was changed and invited. */
async function furnishPerson(desk: Desk, team: string): Promise<{ id: string }> {
  const person = await desk.addPerson('Petra Person');
  await desk.invite(person);
  const contacts = [
    { type: 'mail', address: 'petra@example.com' },
    { type: 'sms', address: '+4915112345678' },
  ];
  const said = {
    contacts,
    teams: [team],
    timeZone: 'Europe/Berlin',
    notificationRules: [{ contact: 'mail' }, { contact: 'sms', delay: 'PT5M', urgentOnly: true }],
    quietHours: { from: '22:00', to: '07:00' },
    skills: ['dns', 'billing'],
  };
  for (const body of [said, { contacts: contacts.slice(0, 1), role: 'manager' }]) {
    const answer = await desk.request('PATCH', `/v1/users/${person.id}`, body);
    if (!answer.ok) throw new Error(`the person cannot be changed: ${await answer.text()}`);
  }
  await desk.post('/v1/routing-keys', { name: unique('Prometheus'), team });
  return person;
}

/** One whose receiver is away. */
async function furnishWebhook(desk: Desk): Promise<{ id: string }> {
  const body = {
    name: unique('Chat of the front line'),
    url: 'http://127.0.0.1:9/vigil',
    events: ['sla.*', 'ticket.created'],
  };
  const webhook = await desk.post<{ id: string }>('/v1/webhooks', body);
  for (let i = 0; i < 6; i += 1) await desk.post(`/v1/webhooks/${webhook.id}/test`, {});
  return webhook;
}

/** A line by day with all kinds of steps, for incidents that no test opens, and who goes on after it. */
async function furnishEscalation(
  desk: Desk,
  { team, schedule, person }: { team: string; schedule: string; person: string },
): Promise<{ id: string }> {
  const weekday = [['08:00', '18:00']];
  const { id: calendar } = await desk.post<{ id: string }>('/v1/calendars', {
    name: unique('Office hours'),
    timeZone: 'Europe/Berlin',
    hours: { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday },
  });
  const { id: next } = await desk.post<{ id: string }>('/v1/escalation-policies', {
    name: unique('Directors'),
    active: false,
    steps: [{ targets: [{ type: 'user', user: person }], ackTimeout: 'PT15M' }],
  });
  return desk.post('/v1/escalation-policies', {
    name: unique('Second line by day'),
    conditions: { priority: ['low'], level: [3], team: [team] },
    hours: { calendar, while: 'open' },
    steps: [
      { targets: [{ type: 'assignee' }, { type: 'schedule', schedule }], ackTimeout: 'PT5M' },
      { targets: [{ type: 'teammate' }], ackTimeout: 'PT10M' },
      { targets: [{ type: 'manager' }], ackTimeout: 'PT1H30M' },
    ],
    rounds: 3,
    resolveTimeout: 'P1D',
    next,
  });
}

/** Waits until the page shows what it has to show. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
}

async function untilIncident(desk: Desk, ticket: string): Promise<void> {
  for (const until = Date.now() + 20_000; ;) {
    const answer = await desk.request('GET', `/v1/incidents?ticket=${ticket}`);
    if (((await answer.json()) as { data: object[] }).data.length > 0) return;
    if (Date.now() > until) throw new Error(`the breach of ${ticket} opened no incident`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
