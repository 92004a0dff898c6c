import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditEvent } from '../../db/audit-events.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import { startPageReceiver, type PageReceiver } from '../support/page-receiver.ts';
import { totp } from '../support/totp.ts';
import type { Visitor } from '../support/visitor.ts';
import { type DeskApp, secret, startDeskApp } from './desk-app.ts';
import { invitationFor, type Person, password, signedIn } from './signed-in.ts';

/**
 * Every route that changes something is listed here: either with a way to call it, which has to leave one event in the
 * trail, and one that is refused, which has to leave none; or among those that change no configuration.
 */

let desk: DeskApp;
let receiver: PageReceiver;
let ann: { person: Person; browser: Visitor };
let bob: { person: Person; browser: Visitor };
const ids: Record<string, string> = {};

beforeAll(async () => {
  desk = await startDeskApp();
  receiver = await startPageReceiver(secret);
  ann = await signedIn(desk, 'agent');
  bob = await signedIn(desk, 'agent');
  const shifts = { name: 'Written', timeZone: 'UTC', layers: [{ shifts: [] }] };
  ids['written'] = (await desk.call('POST', '/v1/schedules', shifts)).json<{ id: string }>().id;
});
afterAll(async () => {
  await desk.close();
  await receiver.close();
});

const day = 24 * 60 * 60 * 1000;
const midnight = Math.ceil(Date.now() / day + 7) * day;
const at = (days: number): string => new Date(midnight + days * day).toISOString().replace('.000', '');
const on = (days: number): string => at(days).slice(0, 10).replaceAll('-', '');
const calendar = (summary: string): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', `SUMMARY:${summary}`],
    ...[`DTSTART;VALUE=DATE:${on(30)}`, `DTEND;VALUE=DATE:${on(31)}`, 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
const asCalendar = { 'content-type': 'text/calendar' };

/** The status of the answer; what it made is kept under the name. */
async function call(
  method: Parameters<DeskApp['call']>[0],
  url: string,
  body?: unknown,
  { made, headers }: { made?: string; headers?: Record<string, string> } = {},
): Promise<number> {
  const answer = await desk.call(method, url, body, headers);
  if (made !== undefined) ids[made] = answer.json<{ id: string }>().id;
  return answer.statusCode;
}

async function as(who: { browser: Visitor }, ...request: Parameters<Visitor['call']>): Promise<number> {
  return (await who.browser.call(...request)).statusCode;
}

const daily = (participants: string[]) => ({
  rotation: { type: 'daily', shiftLength: 1, start: at(-30) },
  participants,
});
const urgent = { urgent: { firstReply: 'PT1H' } };
const article = { title: 'Export', url: 'https://help.example.com/export', language: 'en' };
let secondFactor = '';

interface Row {
  readonly told: () => Promise<number>;
  /** Of the first item. */
  readonly as: readonly [action: string, resource: string];
  readonly refused: () => Promise<number>;
}

const row = (as: Row['as'], told: Row['told'], refused: Row['refused']): Row => ({ as, told, refused });
const nobody = () => call('DELETE', '/v1/users/usr_gone');

/** In the order in which they are called: what one makes, another needs. */
const told: Readonly<Record<string, Row>> = {
  'POST /v1/users': row(
    ['created', 'users'],
    () => call('POST', '/v1/users', { name: 'Eve', email: 'eve@example.com', role: 'agent' }, { made: 'eve' }),
    () => call('POST', '/v1/users', { name: 'Eve', email: 'EVE@example.com', role: 'agent' }),
  ),
  'PATCH /v1/users/{id}': row(
    ['changed', 'users'],
    () => call('PATCH', `/v1/users/${ids['eve']}`, { skills: ['dns'] }),
    () => call('PATCH', `/v1/users/${ids['eve']}`, { manager: ids['eve'] }),
  ),
  'PATCH /v1/me': row(
    ['changed', 'users'],
    () => as(ann, 'PATCH', '/v1/me', { timeZone: 'Europe/Berlin' }),
    () => as(ann, 'PATCH', '/v1/me', { timeZone: 'Mars/Olympus' }),
  ),
  'POST /v1/teams': row(
    ['created', 'teams'],
    () => call('POST', '/v1/teams', { name: 'Line' }, { made: 'team' }),
    () => call('POST', '/v1/teams', { name: 'line' }),
  ),
  'PATCH /v1/teams/{id}': row(
    ['changed', 'teams'],
    () => call('PATCH', `/v1/teams/${ids['team']}`, { members: [ids['eve']] }),
    () => call('PATCH', `/v1/teams/${ids['team']}`, { members: ['usr_gone'] }),
  ),
  'POST /v1/calendars': row(
    ['created', 'calendars'],
    () => call('POST', '/v1/calendars', { name: 'Days', timeZone: 'UTC', hours: {} }, { made: 'calendar' }),
    () => call('POST', '/v1/calendars', { name: 'Days', timeZone: 'UTC', hours: {} }),
  ),
  'PATCH /v1/calendars/{id}': row(
    ['changed', 'calendars'],
    () => call('PATCH', `/v1/calendars/${ids['calendar']}`, { timeZone: 'Europe/Berlin' }),
    () => call('PATCH', `/v1/calendars/${ids['calendar']}`, { timeZone: 'Mars/Olympus' }),
  ),
  'POST /v1/sla-policies': row(
    ['created', 'sla-policies'],
    () => call('POST', '/v1/sla-policies', { name: 'Fast', targets: urgent }, { made: 'policy' }),
    () => call('POST', '/v1/sla-policies', { name: 'fast', targets: urgent }),
  ),
  'PATCH /v1/sla-policies/{id}': row(
    ['changed', 'sla-policies'],
    () => call('PATCH', `/v1/sla-policies/${ids['policy']}`, { active: false }),
    () => call('PATCH', `/v1/sla-policies/${ids['policy']}`, { calendar: 'cal_gone' }),
  ),
  'POST /v1/schedules': row(
    ['created', 'schedules'],
    () =>
      call(
        'POST',
        '/v1/schedules',
        { name: 'Duty', timeZone: 'UTC', layers: [daily([ann.person.id, bob.person.id])] },
        { made: 'schedule' },
      ),
    () => call('POST', '/v1/schedules', { name: 'Other', timeZone: 'UTC', layers: [daily(['usr_gone'])] }),
  ),
  'PATCH /v1/schedules/{id}': row(
    ['changed', 'schedules'],
    () => call('PATCH', `/v1/schedules/${ids['schedule']}`, { name: 'First line' }),
    () => call('PATCH', `/v1/schedules/${ids['schedule']}`, { name: 'written' }),
  ),
  'PUT /v1/schedules/{id}/layers/{layer}/calendar': row(
    ['changed', 'schedules'],
    () =>
      call('PUT', `/v1/schedules/${ids['written']}/layers/0/calendar`, calendar(ann.person.email), {
        headers: asCalendar,
      }),
    () =>
      call('PUT', `/v1/schedules/${ids['schedule']}/layers/0/calendar`, calendar(ann.person.email), {
        headers: asCalendar,
      }),
  ),
  'POST /v1/schedules/{id}/overrides': row(
    ['created', 'overrides'],
    () =>
      call(
        'POST',
        `/v1/schedules/${ids['schedule']}/overrides`,
        { start: at(10), end: at(11), user: ids['eve'] },
        { made: 'override' },
      ),
    () => call('POST', `/v1/schedules/${ids['schedule']}/overrides`, { start: at(11), end: at(10), user: ids['eve'] }),
  ),
  'DELETE /v1/schedules/{id}/overrides/{override}': row(
    ['deleted', 'overrides'],
    () => call('DELETE', `/v1/schedules/${ids['schedule']}/overrides/${ids['override']}`),
    () => call('DELETE', `/v1/schedules/${ids['schedule']}/overrides/${ids['override']}`),
  ),
  'POST /v1/schedules/{id}/swaps': row(
    ['created', 'swaps'],
    () => swap('swap'),
    () => swap('refused', bob.person.id),
  ),
  'POST /v1/schedules/{id}/swaps/{swap}/accept': row(
    ['created', 'overrides'],
    () => call('POST', `/v1/schedules/${ids['schedule']}/swaps/${ids['swap']}/accept`),
    () => as(ann, 'POST', `/v1/schedules/${ids['schedule']}/swaps/${ids['swap']}/decline`),
  ),
  'POST /v1/schedules/{id}/swaps/{swap}/decline': row(
    ['declined', 'swaps'],
    async () => {
      await swapBefore('declined');
      return call('POST', `/v1/schedules/${ids['schedule']}/swaps/${ids['declined']}/decline`);
    },
    () => call('POST', `/v1/schedules/${ids['schedule']}/swaps/${ids['declined']}/accept`),
  ),
  'POST /v1/schedules/{id}/swaps/{swap}/withdraw': row(
    ['withdrawn', 'swaps'],
    async () => {
      await swapBefore('withdrawn');
      return call('POST', `/v1/schedules/${ids['schedule']}/swaps/${ids['withdrawn']}/withdraw`);
    },
    () => call('POST', `/v1/schedules/${ids['schedule']}/swaps/${ids['withdrawn']}/accept`),
  ),
  'POST /v1/trainings': row(
    ['created', 'trainings'],
    () => call('POST', '/v1/trainings', training(0), { made: 'training' }),
    () => call('POST', '/v1/trainings', training(7)),
  ),
  'POST /v1/trainings/{id}/confirm': row(
    ['confirmed', 'trainings'],
    () => call('POST', `/v1/trainings/${ids['training']}/confirm`),
    () => call('POST', '/v1/trainings/trn_gone/confirm'),
  ),
  'DELETE /v1/trainings/{id}': row(
    ['deleted', 'trainings'],
    () => call('DELETE', `/v1/trainings/${ids['training']}`),
    () => call('DELETE', `/v1/trainings/${ids['training']}`),
  ),
  'POST /v1/absences': row(
    ['created', 'absences'],
    () => call('POST', '/v1/absences', { user: ids['eve'], start: at(1), end: at(2) }, { made: 'absence' }),
    () => call('POST', '/v1/absences', { user: ids['eve'], start: at(2), end: at(1) }),
  ),
  'DELETE /v1/absences/{id}': row(
    ['deleted', 'absences'],
    () => call('DELETE', `/v1/absences/${ids['absence']}`),
    () => call('DELETE', `/v1/absences/${ids['absence']}`),
  ),
  'PUT /v1/users/{id}/absences/calendar': row(
    ['read-from-calendar', 'absences'],
    () => call('PUT', `/v1/users/${ids['eve']}/absences/calendar`, calendar('Leave'), { headers: asCalendar }),
    () => call('PUT', '/v1/users/usr_gone/absences/calendar', calendar('Leave'), { headers: asCalendar }),
  ),
  'POST /v1/calendar-feeds': row(
    ['created', 'calendar-feeds'],
    () => call('POST', '/v1/calendar-feeds', { user: ids['eve'] }, { made: 'feed' }),
    () => call('POST', '/v1/calendar-feeds', { user: 'usr_gone' }),
  ),
  'DELETE /v1/calendar-feeds/{id}': row(
    ['revoked', 'calendar-feeds'],
    () => call('DELETE', `/v1/calendar-feeds/${ids['feed']}`),
    () => call('DELETE', `/v1/calendar-feeds/${ids['feed']}`),
  ),
  'POST /v1/escalation-policies': row(
    ['created', 'escalation-policies'],
    () => call('POST', '/v1/escalation-policies', escalation('Up', ids['eve']), { made: 'escalation' }),
    () => call('POST', '/v1/escalation-policies', escalation('Down', 'usr_gone')),
  ),
  'PATCH /v1/escalation-policies/{id}': row(
    ['changed', 'escalation-policies'],
    () => call('PATCH', `/v1/escalation-policies/${ids['escalation']}`, { rounds: 3 }),
    () => call('PATCH', `/v1/escalation-policies/${ids['escalation']}`, { next: ids['escalation'] }),
  ),
  'POST /v1/routing-keys': row(
    ['created', 'routing-keys'],
    () => call('POST', '/v1/routing-keys', { name: 'Prometheus', team: ids['team'] }, { made: 'routing' }),
    () => call('POST', '/v1/routing-keys', { name: 'Prometheus', team: ids['team'] }),
  ),
  'DELETE /v1/routing-keys/{id}': row(
    ['deleted', 'routing-keys'],
    () => call('DELETE', `/v1/routing-keys/${ids['routing']}`),
    () => call('DELETE', `/v1/routing-keys/${ids['routing']}`),
  ),
  'POST /v1/api-keys': row(
    ['created', 'api-keys'],
    () => call('POST', '/v1/api-keys', { name: 'Import', role: 'intake' }, { made: 'key' }),
    () => call('POST', '/v1/api-keys', { name: 'Import', role: 'intake', expiresAt: at(-100) }),
  ),
  'DELETE /v1/api-keys/{id}': row(
    ['revoked', 'api-keys'],
    () => call('DELETE', `/v1/api-keys/${ids['key']}`),
    () => call('DELETE', '/v1/api-keys/key_environment'),
  ),
  'POST /v1/views': row(
    ['created', 'views'],
    () => call('POST', '/v1/views', { name: 'All', filters: {}, shared: true }, { made: 'view' }),
    () => as(ann, 'POST', '/v1/views', { name: 'All', filters: {}, shared: true }),
  ),
  'PATCH /v1/views/{id}': row(
    ['changed', 'views'],
    () => call('PATCH', `/v1/views/${ids['view']}`, { name: 'Everything' }),
    () => as(ann, 'PATCH', `/v1/views/${ids['view']}`, { name: 'Mine' }),
  ),
  'DELETE /v1/views/{id}': row(
    ['deleted', 'views'],
    () => call('DELETE', `/v1/views/${ids['view']}`),
    () => call('DELETE', `/v1/views/${ids['view']}`),
  ),
  'POST /v1/macros': row(
    ['created', 'macros'],
    () => call('POST', '/v1/macros', { name: 'Thanks', body: 'Thank you.', shared: true }, { made: 'macro' }),
    () => as(ann, 'POST', '/v1/macros', { name: 'Thanks', body: 'Thank you.', shared: true }),
  ),
  'PATCH /v1/macros/{id}': row(
    ['changed', 'macros'],
    () => call('PATCH', `/v1/macros/${ids['macro']}`, { body: 'Many thanks.' }),
    () => as(ann, 'PATCH', `/v1/macros/${ids['macro']}`, { body: 'Mine' }),
  ),
  'DELETE /v1/macros/{id}': row(
    ['deleted', 'macros'],
    () => call('DELETE', `/v1/macros/${ids['macro']}`),
    () => call('DELETE', `/v1/macros/${ids['macro']}`),
  ),
  'POST /v1/articles': row(
    ['created', 'articles'],
    () => call('POST', '/v1/articles', article, { made: 'article' }),
    () => call('POST', '/v1/articles', { ...article, url: 'nowhere' }),
  ),
  'PATCH /v1/articles/{id}': row(
    ['changed', 'articles'],
    () => call('PATCH', `/v1/articles/${ids['article']}`, { body: 'Orders, then Export.' }),
    () => call('PATCH', '/v1/articles/art_gone', { body: 'Nothing' }),
  ),
  'DELETE /v1/articles/{id}': row(
    ['deleted', 'articles'],
    () => call('DELETE', `/v1/articles/${ids['article']}`),
    () => call('DELETE', `/v1/articles/${ids['article']}`),
  ),
  'POST /v1/channels/{channel}/test': row(
    ['tested', 'channels'],
    () => call('POST', '/v1/channels/webhook/test', { address: receiver.url }),
    () => call('POST', '/v1/channels/sms/test', { address: '+4915112345678' }),
  ),
  'POST /v1/users/{id}/invitations': row(
    ['invited', 'sign-in'],
    async () => {
      ids['invitation'] = await invitationFor(desk, ids['eve'] ?? '');
      return 201;
    },
    () => call('POST', '/v1/users/usr_gone/invitations'),
  ),
  'POST /v1/invitations/{token}': row(
    ['invitation-accepted', 'sign-in'],
    () => call('POST', `/v1/invitations/${ids['invitation']}`, { password }, { headers: { 'x-vigil-request': '1' } }),
    () => call('POST', `/v1/invitations/${ids['invitation']}`, { password }, { headers: { 'x-vigil-request': '1' } }),
  ),
  'PUT /v1/session/password': row(
    ['password-changed', 'sign-in'],
    () => as(bob, 'PUT', '/v1/session/password', { current: password, new: `${password} 2` }),
    () => as(bob, 'PUT', '/v1/session/password', { current: password, new: `${password} 3` }),
  ),
  'POST /v1/session/second-factor/confirm': row(
    ['second-factor-added', 'sign-in'],
    async () => {
      const begun = await ann.browser.call('POST', '/v1/session/second-factor', { password });
      secondFactor = begun.json<{ uri: string }>().uri;
      return as(ann, 'POST', '/v1/session/second-factor/confirm', { code: totp(secondFactor) });
    },
    () => as(ann, 'POST', '/v1/session/second-factor/confirm', { code: '000000x' }),
  ),
  'DELETE /v1/session/second-factor': row(
    ['second-factor-removed', 'sign-in'],
    () => as(ann, 'DELETE', '/v1/session/second-factor', { password }),
    () => as(ann, 'DELETE', '/v1/session/second-factor', { password: 'wrong' }),
  ),
  'POST /v1/session': row(
    ['signed-in', 'sign-in'],
    () => as(ann, 'POST', '/v1/session', { email: ann.person.email, password }),
    () => as(ann, 'POST', '/v1/session', { email: ann.person.email, password: 'wrong' }),
  ),
  'DELETE /v1/sessions/{id}': row(
    ['session-ended', 'sign-in'],
    async () => {
      const { data } = (await ann.browser.call('GET', '/v1/sessions')).json<{
        data: { id: string; current: boolean }[];
      }>();
      return as(ann, 'DELETE', `/v1/sessions/${data.find(({ current }) => !current)?.id}`);
    },
    () => as(ann, 'DELETE', '/v1/sessions/gone'),
  ),
  'DELETE /v1/session': row(
    ['signed-out', 'sign-in'],
    () => as(bob, 'DELETE', '/v1/session'),
    () => as(bob, 'DELETE', '/v1/session'),
  ),
  'POST /v1/webhooks': row(
    ['created', 'webhooks'],
    () => call('POST', '/v1/webhooks', { name: 'Chat', url: receiver.url, events: ['*'] }, { made: 'webhook' }),
    () => call('POST', '/v1/webhooks', { name: 'Chat', url: receiver.url, events: ['*'] }),
  ),
  'PATCH /v1/webhooks/{id}': row(
    ['changed', 'webhooks'],
    () => call('PATCH', `/v1/webhooks/${ids['webhook']}`, { events: ['sla.*'] }),
    () => call('PATCH', `/v1/webhooks/${ids['webhook']}`, { url: 'nowhere' }),
  ),
  'POST /v1/webhooks/{id}/key': row(
    ['key-renewed', 'webhooks'],
    () => call('POST', `/v1/webhooks/${ids['webhook']}/key`),
    () => call('POST', '/v1/webhooks/whk_gone/key'),
  ),
  'DELETE /v1/webhooks/{id}': row(
    ['deleted', 'webhooks'],
    () => call('DELETE', `/v1/webhooks/${ids['webhook']}`),
    () => call('DELETE', `/v1/webhooks/${ids['webhook']}`),
  ),
  'DELETE /v1/schedules/{id}': row(
    ['deleted', 'schedules'],
    () => call('DELETE', `/v1/schedules/${ids['schedule']}`),
    () => call('DELETE', `/v1/schedules/${ids['schedule']}`),
  ),
  'DELETE /v1/users/{id}': row(
    ['deleted', 'users'],
    async () => {
      const { id } = (
        await desk.call('POST', '/v1/users', { name: 'Sam', email: 'sam@example.com', role: 'viewer' })
      ).json<{ id: string }>();
      await latest();
      return call('DELETE', `/v1/users/${id}`);
    },
    nobody,
  ),
  'DELETE /v1/escalation-policies/{id}': row(
    ['deleted', 'escalation-policies'],
    () => call('DELETE', `/v1/escalation-policies/${ids['escalation']}`),
    () => call('DELETE', `/v1/escalation-policies/${ids['escalation']}`),
  ),
  'DELETE /v1/sla-policies/{id}': row(
    ['deleted', 'sla-policies'],
    () => call('DELETE', `/v1/sla-policies/${ids['policy']}`),
    () => call('DELETE', `/v1/sla-policies/${ids['policy']}`),
  ),
  'DELETE /v1/calendars/{id}': row(
    ['deleted', 'calendars'],
    () => call('DELETE', `/v1/calendars/${ids['calendar']}`),
    () => call('DELETE', `/v1/calendars/${ids['calendar']}`),
  ),
  'DELETE /v1/teams/{id}': row(
    ['deleted', 'teams'],
    () => call('DELETE', `/v1/teams/${ids['team']}`),
    () => call('DELETE', `/v1/teams/${ids['team']}`),
  ),
};

/** What changes tickets and incidents is in their own events; the rest changes nothing, or nothing that stays. */
const elsewhere: readonly RegExp[] = [
  / \/v1\/(?:tickets|incidents|attachments|channels\/(?:slack|twilio|pagerduty)|codec)\b/,
  /^POST \/(?:v2\/enqueue|codec\/)/,
  /\/(?:preview|test-notifications)$/,
  // A second factor that is not confirmed asks for nothing.
  /^POST \/v1\/session\/second-factor$/,
  // What one has read is one's own.
  / \/v1\/mentions\b/,
  // What webhooks are told again is in the log of their deliveries.
  /^POST \/v1\/webhooks\/.*(?:test|redeliver)$/,
  // The whole desk goes with it.
  /^DELETE \/v1\/demonstration$/,
];

function swap(made: string, asked = bob.person.id): Promise<number> {
  const asker = ann.person.id === asked ? bob.person.id : ann.person.id;
  const wrong = made === 'refused' ? { asker: asked } : { asker };
  const given = { start: at(20), end: at(24) };
  return call('POST', `/v1/schedules/${ids['schedule']}/swaps`, { ...wrong, asked, given }, { made });
}

/** Made before what is looked at. */
async function swapBefore(made: string): Promise<void> {
  const given = { start: at(24), end: at(28) };
  const body = { asker: ann.person.id, asked: bob.person.id, given };
  expect(await call('POST', `/v1/schedules/${ids['schedule']}/swaps`, body, { made })).toBe(201);
  await latest();
}

const training = (layer: number) => ({
  ...{ schedule: ids['schedule'], layer, user: ids['eve'], start: at(1), weeks: 4, needsConfirmation: true },
});
const escalation = (name: string, user: string | undefined) => ({
  name,
  steps: [{ targets: [{ type: 'user', user }], ackTimeout: 'PT5M' }],
});

let seen = 0;
/** The events since it was last asked for. */
async function latest(): Promise<AuditEvent[]> {
  const all = await desk.database.db.select().from(auditEvents).orderBy(auditEvents.id);
  const fresh = all.slice(seen);
  seen = all.length;
  return fresh;
}

test('every route that changes something is known here', async () => {
  const { paths } = (await desk.call('GET', '/openapi.json')).json<{ paths: Record<string, object> }>();
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const unknown = routes.filter(
    (route) => !route.startsWith('GET ') && !(route in told) && !elsewhere.some((pattern) => pattern.test(route)),
  );
  expect(unknown).toEqual([]);
  expect(Object.keys(told).filter((route) => !routes.includes(route))).toEqual([]);
});

test.each(Object.entries(told))('%s leaves one event, and none where it is refused', async (_route, row) => {
  await latest();
  expect(await row.told()).toBeLessThan(300);
  const events = await latest();
  expect(events.map(({ items }) => [items[0]?.action, items[0]?.resource])).toEqual([row.as]);
  expect(await row.refused()).toBeGreaterThanOrEqual(400);
  expect(await latest()).toEqual([]);
});

test('and none of them has left a secret', async () => {
  const { rows } = await desk.database.pool.query<{ secret: string }>(
    `select hash as secret from api_keys union all select hash from routing_keys union all select hash from calendar_feeds
     union all select hash from invitations union all select password from sign_in_accounts where password is not null
     union all select token from sign_in_sessions union all select secret from sign_in_second_factors`,
  );
  const text = JSON.stringify(await desk.database.db.select().from(auditEvents));
  const secrets = [...rows.map(({ secret }) => secret), password, ids['invitation'] ?? '', secondFactor];
  expect(secrets.length).toBeGreaterThan(6);
  for (const one of secrets) expect(text).not.toContain(one);
});
