import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../db/audit-events.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import { startPageReceiver, type PageReceiver } from '../support/page-receiver.ts';
import { withShortTimeouts } from '../support/stand-ins/failures.ts';
import { startPagerDuty, type PagerDutyStandIn } from '../support/stand-ins/pagerduty.ts';
import { startSlack, type SlackStandIn } from '../support/stand-ins/slack.ts';
import { startSmtp, type SmtpStandIn } from '../support/stand-ins/smtp.ts';
import { startTwilio, type TwilioStandIn } from '../support/stand-ins/twilio.ts';
import type { Visitor } from '../support/visitor.ts';
import { type DeskApp, secret, startDeskApp } from './desk-app.ts';
import { signedIn } from './signed-in.ts';

const publicUrl = 'https://desk.example';
const secrets = {
  VIGIL_SLACK_TOKEN: 'xoxb-test',
  VIGIL_SLACK_SIGNING_SECRET: 'slack-signing-secret',
  VIGIL_TWILIO_ACCOUNT_SID: 'AC1',
  VIGIL_TWILIO_AUTH_TOKEN: 'twilio-auth-token',
  VIGIL_TWILIO_FROM: '+15550001111',
};

let desk: DeskApp;
let bare: DeskApp;
let receiver: PageReceiver;
let pagerDuty: PagerDutyStandIn;
let slack: SlackStandIn;
let twilio: TwilioStandIn;
let smtp: SmtpStandIn;

beforeAll(async () => {
  receiver = await startPageReceiver(secret);
  pagerDuty = await startPagerDuty();
  slack = await startSlack(secrets.VIGIL_SLACK_TOKEN);
  twilio = await startTwilio(secrets.VIGIL_TWILIO_ACCOUNT_SID, secrets.VIGIL_TWILIO_AUTH_TOKEN);
  smtp = await startSmtp();
  desk = await startDeskApp({
    ...secrets,
    VIGIL_PUBLIC_URL: publicUrl,
    VIGIL_SLACK_API_URL: slack.apiUrl,
    VIGIL_SMTP_URL: smtp.url,
    VIGIL_PAGERDUTY_EVENTS_URL: pagerDuty.eventsUrl,
    VIGIL_TWILIO_API_URL: twilio.url,
    VIGIL_FALLBACK_CONTACT: 'slack:C012AB3CD',
  });
  bare = await startDeskApp();
});
afterAll(async () => {
  await desk.close();
  await bare.close();
  for (const standIn of [receiver, pagerDuty, slack, twilio, smtp]) await standIn.close();
});

const phone = '+4915112345678';
const integrationKey = 'e93facc04764012d7bfb002500d5d1a6';
const contacts = () => [
  { type: 'mail', address: 'ann@example.com' },
  { type: 'slack', address: 'U012AB3CD' },
  { type: 'sms', address: phone },
  { type: 'voice', address: phone },
  { type: 'pagerduty', address: integrationKey },
  { type: 'webhook', address: receiver.url },
];

/** Somebody new, whose tests are counted on their own, with a contact of each type. */
async function somebody(role = 'agent'): Promise<Visitor> {
  const { person, browser } = await signedIn(desk, role);
  const answer = await desk.call('PATCH', `/v1/users/${person.id}`, { contacts: contacts() });
  expect(answer.statusCode, answer.body).toBe(200);
  return browser;
}

const send = (by: Visitor, channel: string, body: object = {}, headers: Record<string, string> = {}) =>
  by.call('POST', `/v1/channels/${channel}/test`, body, headers);

async function told(): Promise<AuditEvent['items'][]> {
  const all = await desk.database.db.select().from(auditEvents).orderBy(auditEvents.id);
  return all.map(({ items }) => items).filter(([item]) => item?.resource === 'channels');
}

interface Listed {
  readonly data: readonly {
    readonly channel: string;
    readonly configured: boolean;
    readonly variables: readonly { readonly name: string; readonly needed: boolean; readonly set: boolean }[];
    readonly answers: { readonly url: string; readonly variable: string; readonly ready: boolean } | null;
  }[];
  readonly fallback: { readonly variable: string; readonly channel: string | null };
}

describe('the channels of an installation', () => {
  test('are listed with what configures them, where answers are brought, and no value', async () => {
    const answer = await desk.call('GET', '/v1/channels');
    const { data, fallback } = answer.json<Listed>();
    expect(data.map(({ channel, configured }) => [channel, configured])).toEqual([
      ['mail', true],
      ['slack', true],
      ['sms', true],
      ['voice', true],
      ['pagerduty', true],
      ['webhook', true],
    ]);
    expect(Object.fromEntries(data.map(({ channel, answers }) => [channel, answers]))).toEqual({
      mail: null,
      slack: {
        url: `${publicUrl}/v1/channels/slack/interactions`,
        variable: 'VIGIL_SLACK_SIGNING_SECRET',
        ready: true,
      },
      sms: { url: `${publicUrl}/v1/channels/twilio/messages`, variable: 'VIGIL_TWILIO_AUTH_TOKEN', ready: true },
      voice: null,
      pagerduty: {
        url: `${publicUrl}/v1/channels/pagerduty/webhook`,
        variable: 'VIGIL_PAGERDUTY_WEBHOOK_SECRET',
        ready: false,
      },
      webhook: null,
    });
    expect(data[0]?.variables).toEqual([
      { name: 'VIGIL_SMTP_URL', needed: true, set: true },
      { name: 'VIGIL_MAIL_FROM', needed: false, set: false },
    ]);
    expect(fallback).toEqual({ variable: 'VIGIL_FALLBACK_CONTACT', channel: 'slack' });
    for (const value of [...Object.values(secrets), secret, 'C012AB3CD', smtp.url]) {
      expect(answer.body).not.toContain(value);
    }
  });

  test('are those that need no account where nothing is configured', async () => {
    const { data, fallback } = (await bare.call('GET', '/v1/channels')).json<Listed>();
    expect(data.filter(({ configured }) => configured).map(({ channel }) => channel)).toEqual(['pagerduty', 'webhook']);
    expect(fallback.channel).toBeNull();
  });

  test('bring answers to routes that are there', async () => {
    const { data } = (await desk.call('GET', '/v1/channels')).json<Listed>();
    const urls = data.flatMap(({ answers }) => answers?.url ?? []);
    expect(urls).toHaveLength(3);
    for (const url of urls) {
      const answer = await desk.call('POST', new URL(url).pathname, '', { 'content-type': 'text/plain' });
      expect(answer.statusCode, url).toBe(403);
    }
  });

  test.each(['agent', 'trainee', 'viewer'])('are not for the role %s to read', async (role) => {
    const { browser } = await signedIn(desk, role);
    expect((await browser.call('GET', '/v1/channels')).statusCode).toBe(403);
  });
});

describe('a test', () => {
  test('reaches one’s own contacts by every channel, and says what the service answered', async () => {
    const ann = await somebody('viewer');
    const answered = async (channel: string): Promise<unknown> => {
      const answer = await send(ann, channel);
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json();
    };
    const accepted = (answer: unknown) => ({ outcome: 'accepted', answer, trouble: null, retryAfter: null });
    expect(await answered('mail')).toEqual(accepted(expect.stringMatching(/^250 OK: queued/)));
    expect(smtp.mails.at(-1)?.to).toEqual(['ann@example.com']);
    expect(smtp.mails.at(-1)?.headers.get('subject')).toBe('A test of Vigil');
    expect(await answered('slack')).toEqual(accepted(expect.stringMatching(/^posted /)));
    expect(slack.messages.at(-1)).toMatchObject({ channel: 'U012AB3CD' });
    expect(await answered('sms')).toEqual(accepted('HTTP 201'));
    expect(twilio.calls.at(-1)).toMatchObject({ resource: 'Messages', to: phone });
    expect(twilio.calls.at(-1)?.content).toMatch(/^Vigil: A test of Vigil\. Person \d+ tests whether/);
    expect(await answered('voice')).toEqual(accepted('HTTP 201'));
    // A key pressed in a call acknowledges what waits: none is asked for.
    expect(twilio.calls.at(-1)?.content).toMatch(/<Say>This is Vigil\. A test of Vigil\./);
    expect(twilio.calls.at(-1)?.content).not.toContain('Gather');
    expect(await answered('pagerduty')).toEqual(accepted('HTTP 202'));
    const [trigger, resolve] = pagerDuty.events.slice(-2);
    expect(trigger).toMatchObject({ event_action: 'trigger', payload: { severity: 'info' } });
    expect(resolve).toMatchObject({ event_action: 'resolve', dedup_key: trigger?.dedup_key });
    expect(await answered('webhook')).toEqual(accepted('HTTP 202'));
    expect(receiver.notices.at(-1)).toMatchObject({ title: 'A test of Vigil', data: { type: 'test' } });
    for (const { violations } of [receiver, pagerDuty, slack, twilio, smtp]) expect(violations).toEqual([]);
    expect(await told()).toEqual([]);
  });

  test.each([
    ['sms', () => twilio.failNext({ status: 429, headers: { 'retry-after': '30' } }), 'busy', 'PT30S'],
    ['sms', () => twilio.failNext(503), 'failing', null],
    ['sms', () => twilio.failNext(401), 'credentials', null],
    ['sms', () => twilio.failNext({ status: 400, body: { code: 21211, message: 'Invalid To' } }), 'address', null],
    ['voice', () => twilio.failNext({ status: 400, body: { code: 21210, message: 'Not yours' } }), 'sender', null],
    ['voice', () => twilio.failNext(0), 'unreachable', null],
    ['slack', () => slack.refuseNext('invalid_auth'), 'credentials', null],
    ['slack', () => slack.refuseNext('channel_not_found'), 'address', null],
    ['slack', () => slack.failNext({ status: 429, headers: { 'retry-after': '5' } }), 'busy', 'PT5S'],
    ['mail', () => smtp.failNext(550), 'address', null],
    ['mail', () => smtp.failNext(451), 'failing', null],
    ['mail', () => smtp.failNext(0), 'unreachable', null],
    ['pagerduty', () => pagerDuty.failNext(400), 'address', null],
    ['pagerduty', () => pagerDuty.failNext(500), 'failing', null],
    ['webhook', () => receiver.failNext(404), 'address', null],
    ['webhook', () => receiver.failNext(401), 'credentials', null],
    ['webhook', () => receiver.failNext(422), 'refused', null],
  ] as const)('by %s says what is to be looked at (%#)', async (channel, fail, trouble, retryAfter) => {
    const ann = await somebody();
    fail();
    const answer = await send(ann, channel);
    expect(answer.json()).toEqual({ outcome: 'failed', answer: expect.stringMatching(/\w+ \w+/), trouble, retryAfter });
    expect(answer.body).not.toContain(phone);
    // What it failed by is over.
    expect((await send(ann, channel)).json()).toMatchObject({ outcome: 'accepted' });
  });

  test('of a service that does not answer ends all the same', async () => {
    const ann = await somebody();
    twilio.failNext('hang');
    const asked = await withShortTimeouts(async () => {
      const answer = (await send(ann, 'sms')).json<{ answer: string }>();
      expect(answer).toMatchObject({ outcome: 'failed', trouble: 'time-out' });
      expect(answer.answer).toBe('The service did not answer within 10 s.');
    });
    expect(asked).toEqual([10_000]);
  });

  test('that PagerDuty took and did not close says so', async () => {
    const ann = await somebody();
    // The first event is taken, the second is not.
    pagerDuty.failNext({ status: 202, body: {} }, 500);
    const answer = (await send(ann, 'pagerduty')).json<{ outcome: string; answer: string }>();
    expect(answer.outcome).toBe('accepted');
    expect(answer.answer).toMatch(/^HTTP 202; the test alert stays open there: .*HTTP 500/);
  });

  test('goes to another address for who may configure, and the trail tells of it without keys', async () => {
    const manager = await somebody('manager');
    const before = (await told()).length;
    const other = 'ffffffffffffffffffffffffffffffff';
    expect((await send(manager, 'sms', { address: '+4915187654321' })).json()).toMatchObject({ outcome: 'accepted' });
    expect(twilio.calls.at(-1)).toMatchObject({ to: '+4915187654321' });
    expect((await send(manager, 'pagerduty', { address: other })).json()).toMatchObject({ outcome: 'accepted' });
    // One's own, though it is named.
    expect((await send(manager, 'sms', { address: phone })).json()).toMatchObject({ outcome: 'accepted' });
    const events = (await told()).slice(before);
    expect(events).toHaveLength(2);
    expect(events[0]?.[0]).toMatchObject({ action: 'tested', resource: 'channels', id: 'sms' });
    expect(JSON.stringify(events[0])).toContain('+4915187654321');
    expect(JSON.stringify(events[1])).not.toContain(other);
  });

  test.each(['agent', 'trainee', 'viewer'])('to another address is refused to the role %s', async (role) => {
    const ann = await somebody(role);
    const count = twilio.calls.length;
    expect((await send(ann, 'sms', { address: '+4915187654321' })).statusCode).toBe(403);
    expect(twilio.calls).toHaveLength(count);
  });

  test('is refused where there is nobody to send it to, or nothing to send it by', async () => {
    const { browser } = await signedIn(desk, 'manager');
    const errors = (answer: Awaited<ReturnType<typeof send>>) => answer.json<{ errors: { path: string }[] }>().errors;
    const nobody = await send(browser, 'sms');
    expect(nobody.statusCode).toBe(422);
    expect(errors(nobody)[0]?.path).toBe('address');
    const wrong = await send(browser, 'sms', { address: '0151 234' });
    expect(wrong.statusCode).toBe(422);
    expect(errors(wrong)).toMatchObject([{ path: 'address', message: expect.stringContaining('a phone number') }]);
    expect((await send(browser, 'pigeon')).statusCode).toBe(400);
    const unset = await bare.call('POST', '/v1/channels/sms/test', { address: phone });
    expect(unset.statusCode).toBe(409);
    expect(unset.json<{ detail: string }>().detail).toContain(
      'set VIGIL_TWILIO_ACCOUNT_SID, VIGIL_TWILIO_AUTH_TOKEN, VIGIL_TWILIO_FROM',
    );
    const { rowCount } = await bare.database.pool.query("select 1 from audit_events where items::text like '%tested%'");
    expect(rowCount).toBe(0);
  });

  test('is not for keys that only hand in', async () => {
    const made = await desk.call('POST', '/v1/api-keys', { name: 'Form', role: 'intake' });
    const headers = { authorization: `Bearer ${made.json<{ key: string }>().key}` };
    const answer = await desk.call('POST', '/v1/channels/sms/test', { address: phone }, headers);
    expect(answer.statusCode).toBe(403);
  });

  test('is sent once for each Idempotency-Key, also when it is repeated meanwhile', async () => {
    const ann = await somebody();
    const count = twilio.calls.length;
    const headers = { 'idempotency-key': 'one' };
    const [first, second] = await Promise.all([send(ann, 'sms', {}, headers), send(ann, 'sms', {}, headers)]);
    const third = await send(ann, 'sms', {}, headers);
    expect(twilio.calls).toHaveLength(count + 1);
    expect([second?.json(), third.json()]).toEqual([first?.json(), first?.json()]);
    expect(third.headers['idempotency-replayed']).toBe('true');
    expect((await send(ann, 'voice', {}, headers)).statusCode).toBe(422);
    expect(twilio.calls).toHaveLength(count + 1);
  });

  test('is sent six times a minute at most, by each person', async () => {
    const [ann, bob] = [await somebody(), await somebody()];
    for (let i = 0; i < 6; i += 1) expect((await send(ann, 'sms')).statusCode).toBe(200);
    const count = twilio.calls.length;
    const refused = await send(ann, 'mail');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(twilio.calls).toHaveLength(count);
    expect((await send(bob, 'sms')).statusCode).toBe(200);
  });
});
