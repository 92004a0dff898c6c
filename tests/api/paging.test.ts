import { createHmac } from 'node:crypto';
import https from 'node:https';
import { connect, type Socket } from 'node:net';
import { event as sendToPagerDuty } from '@pagerduty/pdjs';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startPageReceiver, type PageReceiver } from '../support/page-receiver.ts';
import { startPagerDuty, type PagerDutyStandIn } from '../support/stand-ins/pagerduty.ts';
import { startSlack, type SlackStandIn } from '../support/stand-ins/slack.ts';
import { startSmtp, type SmtpStandIn } from '../support/stand-ins/smtp.ts';
import { startTwilio, type TwilioStandIn } from '../support/stand-ins/twilio.ts';
import { type DeskApp, secret } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';

const slackToken = 'xoxb-test';
const slackSecret = 'slack-signing-secret';
const pagerDutySecret = 'pagerduty-webhook-secret';
const twilioToken = 'twilio-auth-token';
const publicUrl = 'https://desk.example';

let desk: DeskApp;
let receiver: PageReceiver;
let pagerDuty: PagerDutyStandIn;
let slack: SlackStandIn;
let twilio: TwilioStandIn;
let smtp: SmtpStandIn;
let url: string;

beforeAll(async () => {
  receiver = await startPageReceiver(secret);
  pagerDuty = await startPagerDuty();
  slack = await startSlack(slackToken);
  twilio = await startTwilio('AC1', twilioToken);
  smtp = await startSmtp();
  desk = await startWorkingDesk({
    VIGIL_PUBLIC_URL: publicUrl,
    VIGIL_SLACK_TOKEN: slackToken,
    VIGIL_SLACK_SIGNING_SECRET: slackSecret,
    VIGIL_SLACK_API_URL: slack.apiUrl,
    VIGIL_SMTP_URL: smtp.url,
    VIGIL_PAGERDUTY_EVENTS_URL: pagerDuty.eventsUrl,
    VIGIL_PAGERDUTY_WEBHOOK_SECRET: `old, ${pagerDutySecret}`,
    VIGIL_TWILIO_ACCOUNT_SID: 'AC1',
    VIGIL_TWILIO_AUTH_TOKEN: twilioToken,
    VIGIL_TWILIO_FROM: '+15550001111',
    VIGIL_TWILIO_API_URL: twilio.url,
  });
  url = await desk.app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await desk.close();
  for (const standIn of [receiver, pagerDuty, slack, twilio, smtp]) {
    await standIn.close();
  }
});

let count = 0;
let user: string;
let routingKey: string;

interface Contact {
  readonly type: string;
  readonly address: string;
}

/** Somebody with these contacts, and a key whose incidents go to that person alone. */
async function pageable(contacts: readonly Contact[], more: object = {}): Promise<void> {
  const n = ++count;
  const person = { name: `Person ${n}`, email: `p${n}@example.com`, role: 'agent', contacts, ...more };
  user = (await desk.call('POST', '/v1/users', person)).json<{ id: string }>().id;
  const own = (await desk.call('POST', '/v1/teams', { name: `Team ${n}`, members: [user] })).json<{ id: string }>().id;
  const policy = {
    name: `Policy ${n}`,
    conditions: { team: [own] },
    steps: [{ targets: [{ type: 'user', user }], ackTimeout: 'PT1H' }],
  };
  expect((await desk.call('POST', '/v1/escalation-policies', policy)).statusCode).toBe(201);
  const key = await desk.call('POST', '/v1/routing-keys', { name: `Key ${n}`, team: own });
  routingKey = key.json<{ key: string }>().key;
}

const payload = { summary: 'Disk is full', source: 'db-1', severity: 'critical' };
const enqueue = (body: object) => desk.call('POST', '/v2/enqueue', { routing_key: routingKey, ...body });
const trigger = (dedupKey: string, summary = payload.summary) =>
  enqueue({ event_action: 'trigger', dedup_key: dedupKey, payload: { ...payload, summary } });

interface Incident {
  readonly id: string;
  readonly status: string;
  readonly ticket: string | null;
  readonly acknowledgedBy: string | null;
  readonly responders: readonly string[];
  readonly timeline: readonly { readonly type: string; readonly data: Record<string, unknown> }[];
}

async function incidents(): Promise<Incident[]> {
  return (await desk.call('GET', `/v1/incidents?responder=${user}`)).json<{ data: Incident[] }>().data;
}

/** The one incident of the present person, once it is as asked for. */
async function incident(expected: object = {}): Promise<Incident> {
  return vi.waitFor(async () => {
    const [one] = await incidents();
    expect(one).toMatchObject(expected);
    return one as Incident;
  }, 20_000);
}

const recorded = (type: string) =>
  vi.waitFor(async () => {
    const [one] = await incidents();
    expect(one?.timeline.map((e) => e.type)).toContain(type);
    return one as Incident;
  }, 20_000);

describe('pages go out by every channel', () => {
  test('and the incident says what was tried, with what answer', async () => {
    await pageable([
      { type: 'webhook', address: receiver.url },
      { type: 'pagerduty', address: 'a'.repeat(32) },
      { type: 'slack', address: 'U012AB3CD' },
      { type: 'sms', address: '+4915112345678' },
      { type: 'voice', address: '+4915112345678' },
      { type: 'mail', address: 'on-call@example.com' },
    ]);
    expect((await trigger('all')).statusCode).toBe(202);
    const found = await vi.waitFor(async () => {
      const [one] = await incidents();
      const paged = (one?.timeline ?? []).filter((e) => e.type === 'incident.paged').map((e) => e.data['channel']);
      expect(new Set(paged)).toEqual(new Set(['mail', 'pagerduty', 'slack', 'sms', 'voice', 'webhook']));
      return one as Incident;
    }, 20_000);
    expect(found).toMatchObject({ ticket: null, status: 'triggered', responders: [user] });
    expect(found.timeline[0]).toMatchObject({
      type: 'incident.triggered',
      data: { reason: 'Disk is full', ticket: null, alert: { severity: 'critical', source: 'db-1' } },
    });
    const own = receiver.pages.find((page) => page.incident === found.id);
    expect(own).toMatchObject({ ticket: null, reason: 'Disk is full', user });
    expect(pagerDuty.events.at(-1)).toMatchObject({
      event_action: 'trigger',
      dedup_key: `${found.id}:1:1:${user}:pagerduty2`,
    });
    expect(slack.messages.at(-1)).toMatchObject({ channel: 'U012AB3CD' });
    expect(smtp.mails.at(-1)?.to).toEqual(['on-call@example.com']);
    expect(twilio.calls.map((c) => c.resource).toSorted()).toEqual(['Calls', 'Messages']);

    await desk.call('POST', `/v1/incidents/${found.id}/resolve`);
    await vi.waitFor(() => expect(pagerDuty.events.at(-1)).toMatchObject({ event_action: 'resolve' }), 20_000);
  });

  test('after failures that pass, and by the next channel at once after one that does not', async () => {
    await pageable(
      [
        { type: 'slack', address: 'U0GONE' },
        { type: 'webhook', address: receiver.url },
      ],
      { notificationRules: [{ contact: 'slack' }, { contact: 'webhook', delay: 'PT1H' }] },
    );
    slack.failNext({ status: 200, body: { ok: false, error: 'channel_not_found' } });
    receiver.failNext(429, 503);
    await trigger('failing');
    const found = await recorded('incident.paged');
    expect(found.timeline.map((e) => [e.type, e.data['channel'], e.data['answer']])).toEqual([
      ['incident.triggered', undefined, undefined],
      ['incident.escalated', undefined, undefined],
      ['incident.page-failed', 'slack', 'Slack answered channel_not_found.'],
      ['incident.paged', 'webhook', 'HTTP 202'],
    ]);
  });

  test('bundled for one person within seconds', async () => {
    await pageable([{ type: 'slack', address: 'U0BUSY' }]);
    const before = slack.messages.length;
    await Promise.all(['a', 'b', 'c', 'd'].map((key) => trigger(`bundle ${key}`, `Alert ${key}`)));
    await vi.waitFor(async () => {
      const all = await incidents();
      expect(all.filter((i) => i.timeline.some((e) => e.type === 'incident.paged'))).toHaveLength(4);
    }, 20_000);
    const texts = slack.messages.slice(before).map((message) => message.text);
    expect(texts).toHaveLength(2);
    expect(texts[1]).toMatch(/^3 incidents wait for you/);
  });

  test('to somebody who wants to see whether they come', async () => {
    await pageable([{ type: 'webhook', address: receiver.url }]);
    const answer = await desk.call('POST', `/v1/users/${user}/test-notifications`);
    expect(answer.statusCode, answer.body).toBe(202);
    const found = await recorded('incident.paged');
    expect(found.id).toBe(answer.json<{ incident: string }>().incident);
    expect(receiver.pages.at(-1)).toMatchObject({ user, reason: 'Test of your notification rules' });
    expect((await desk.call('POST', '/v1/users/usr_nobody/test-notifications')).statusCode).toBe(404);
  });
});

describe('an acknowledgement comes back', () => {
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

  function fromSlack(value: string, signingSecret = slackSecret) {
    const body = form({
      payload: JSON.stringify({
        type: 'block_actions',
        user: { id: 'U0ACK' },
        actions: [{ action_id: 'acknowledge', value }],
      }),
    });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    return desk.call('POST', '/v1/channels/slack/interactions', body, {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
    });
  }

  test('by the button in Slack, and only with Slack’s signature', async () => {
    await pageable([{ type: 'slack', address: 'U0ACK' }]);
    await trigger('slack');
    const found = await recorded('incident.paged');
    const buttons = slack.messages.at(-1)?.blocks.flatMap((block) => block.elements ?? []);
    const { value } = (buttons ?? []).find((b) => (b as { action_id?: string }).action_id === 'acknowledge') as {
      value: string;
    };
    expect((await fromSlack(value, 'another secret')).statusCode).toBe(403);
    expect((await fromSlack(`${found.id} forged`)).statusCode).toBe(200);
    expect((await incident()).status).toBe('triggered');
    expect((await fromSlack(value)).statusCode).toBe(200);
    await incident({ status: 'acknowledged', acknowledgedBy: user });
  });

  function fromTwilio(path: string, fields: Record<string, string>, token = twilioToken) {
    const sorted = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const signed = `${publicUrl}/v1/channels/twilio/${path}${sorted.flat().join('')}`;
    return desk.call('POST', `/v1/channels/twilio/${path}`, form(fields), {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', token).update(signed).digest('base64'),
    });
  }

  test('by "1" in a text message, and by 1 in a call', async () => {
    const number = '+4915100000001';
    await pageable([{ type: 'sms', address: number }]);
    await trigger('sms');
    await recorded('incident.paged');
    expect((await fromTwilio('messages', { From: number, Body: '1' }, 'another token')).statusCode).toBe(403);
    const what = await fromTwilio('messages', { From: number, Body: 'what?' });
    expect(what.body).toContain('Reply 1 to acknowledge');
    const done = await fromTwilio('messages', { From: number, Body: ' 1 ' });
    expect(done.headers['content-type']).toContain('text/xml');
    expect(done.body).toContain('Acknowledged: it is yours now.');
    await incident({ status: 'acknowledged', acknowledgedBy: user });
    await trigger('second');
    await vi.waitFor(async () => expect(await incidents()).toHaveLength(2), 20_000);
    const call = { From: '+15550001111', To: number, Direction: 'outbound-api', Digits: '1' };
    expect((await fromTwilio('voice', call)).body).toContain('<Say>Acknowledged');
    expect((await fromTwilio('messages', { From: '+4915100000999', Body: '1' })).statusCode).toBe(403);
  });

  function fromPagerDuty(event: object, as = pagerDutySecret) {
    const body = JSON.stringify({ event });
    const signature = createHmac('sha256', as).update(body).digest('hex');
    return desk.call('POST', '/v1/channels/pagerduty/webhook', body, {
      'content-type': 'application/json',
      'x-pagerduty-signature': `v1=${signature}`,
    });
  }

  test('by PagerDuty’s webhooks: acknowledged, reassigned, resolved', async () => {
    await pageable([{ type: 'pagerduty', address: 'b'.repeat(32) }]);
    await trigger('pd');
    const found = await recorded('incident.paged');
    const other = await desk.call('POST', '/v1/users', {
      name: `Other ${count}`,
      email: `other${count}@example.com`,
      role: 'agent',
      contacts: [{ type: 'webhook', address: receiver.url }],
    });
    const { id: otherUser } = other.json<{ id: string }>();
    const key = `${found.id}:1:1:${user}:pagerduty1`;
    const about = (type: string, id: string, name = 'Somebody') => ({
      id,
      event_type: `incident.${type}`,
      agent: { id: 'PX', type: 'user_reference' },
      data: { incident_key: key, assignees: [{ id: 'PX', summary: name }] },
    });
    expect((await fromPagerDuty(about('acknowledged', 'e1'), 'wrong')).statusCode).toBe(403);
    expect((await fromPagerDuty(about('acknowledged', 'e1'))).statusCode).toBe(202);
    await incident({ status: 'acknowledged', acknowledgedBy: user });
    await fromPagerDuty(about('reassigned', 'e2', `Other ${count}`));
    user = otherUser;
    await incident({ status: 'triggered', responders: [otherUser] });
    await fromPagerDuty(about('resolved', 'e3'));
    await incident({ status: 'resolved' });
    expect((await fromPagerDuty(about('resolved', 'e3'))).statusCode).toBe(202);
    expect((await fromPagerDuty({ id: 'e4' })).statusCode).toBe(400);
  });
});

/** The client knows https alone; what would take the TLS off before the API is left out. */
class WithoutTls extends https.Agent {
  override createConnection({ host, port }: { host?: string; port?: number }): Socket {
    return connect({ host: host ?? '', port: Number(port) });
  }
}

describe('the Events API', () => {
  beforeEach(() => pageable([{ type: 'webhook', address: receiver.url }]));

  test('takes what an unmodified client of PagerDuty sends', async () => {
    const agent = new WithoutTls();
    const server = url.replace('http://', '');
    const send = (data: object) => {
      const parameters = { data: { routing_key: routingKey, ...data }, server, agent };
      return sendToPagerDuty(parameters as unknown as Parameters<typeof sendToPagerDuty>[0]);
    };
    const first = await send({ event_action: 'trigger', payload });
    expect(first.data).toMatchObject({ status: 'success', message: 'Event processed' });
    const { dedup_key: dedupKey } = first.data as { dedup_key: string };
    await recorded('incident.paged');
    await send({ event_action: 'acknowledge', dedup_key: dedupKey });
    await incident({ status: 'acknowledged' });
    await send({ event_action: 'resolve', dedup_key: dedupKey });
    await incident({ status: 'resolved' });
  });

  test('opens one incident for one key, and the next one after its end', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => trigger('same')));
    expect(new Set(all.map((a) => a.statusCode))).toEqual(new Set([202]));
    await recorded('incident.paged');
    await vi.waitFor(async () => {
      const [one, ...others] = await incidents();
      expect(others).toEqual([]);
      expect(one?.timeline.filter((e) => e.type === 'incident.triggered-again')).toHaveLength(7);
    }, 20_000);
    await enqueue({ event_action: 'resolve', dedup_key: 'same' });
    await incident({ status: 'resolved' });
    expect((await enqueue({ event_action: 'acknowledge', dedup_key: 'same' })).statusCode).toBe(202);
    await trigger('same');
    await vi.waitFor(async () => expect(await incidents()).toHaveLength(2), 20_000);
    expect((await incidents()).map((i) => i.status)).toEqual(['triggered', 'resolved']);
    await vi.waitFor(() => expect(receiver.pages.filter((page) => page.user === user)).toHaveLength(2), 20_000);
  });

  test('drops words about what it does not know', async () => {
    const answer = await enqueue({ event_action: 'resolve', dedup_key: 'never seen' });
    expect(answer.json()).toEqual({ status: 'success', message: 'Event processed', dedup_key: 'never seen' });
    expect(await incidents()).toEqual([]);
  });

  test('says what is wrong in PagerDuty’s words', async () => {
    const invalid = (errors: string[]) => ({ status: 'invalid event', message: 'Event object is invalid', errors });
    const empty = await desk.call('POST', '/v2/enqueue', { routing_key: 'short' });
    expect(empty.statusCode).toBe(400);
    expect(empty.json()).toEqual(
      invalid(["Length of 'routing_key' is incorrect (should be 32 characters)", "'event_action' is missing or blank"]),
    );
    const bare = await enqueue({ event_action: 'trigger', payload: { summary: 'x'.repeat(1025), severity: 'bad' } });
    expect(bare.json<{ errors: string[] }>().errors).toHaveLength(3);
    const unknown = await enqueue({ event_action: 'trigger', routing_key: 'f'.repeat(32), payload });
    expect(unknown.json()).toEqual(invalid(["'routing_key' is unknown"]));
    const broken = await desk.call('POST', '/v2/enqueue', '{', { 'content-type': 'application/json' });
    expect([broken.statusCode, broken.json<{ status: string }>().status]).toEqual([400, 'invalid event']);
    const large = await enqueue({
      event_action: 'trigger',
      payload: { ...payload, custom_details: 'x'.repeat(600_000) },
    });
    expect(large.statusCode).toBe(413);
  });

  test('throttles a key that comes too often', async () => {
    const answers = [];
    for (let i = 0; i < 121; i++) answers.push((await enqueue({ event_action: 'resolve', dedup_key: 'x' })).statusCode);
    expect(answers.filter((status) => status === 202)).toHaveLength(120);
    const late = await enqueue({ event_action: 'resolve', dedup_key: 'x' });
    expect(late.statusCode).toBe(429);
    expect(late.json<{ status: string }>().status).toBe('throttle exceeded');
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
  });
});

test('no request broke the contract of its service', () => {
  const standIns = [receiver, pagerDuty, slack, twilio, smtp];
  expect(standIns.flatMap((standIn) => standIn.violations)).toEqual([]);
});
