import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDeskApp, type DeskApp } from './desk-app.ts';

interface Operation {
  readonly summary?: string;
  readonly security?: object[];
  readonly responses: Readonly<Record<string, object>>;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let desk: DeskApp;
let document: Document;
beforeAll(async () => {
  desk = await startDeskApp();
  document = (await desk.app.inject('/openapi.json')).json();
});
afterAll(() => desk.close());

const operations = (): [route: string, operation: Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]): [string, Operation] => [`${method.toUpperCase()} ${path}`, op]),
  );

it('says of each what it does, what it answers, and which are open to everybody', () => {
  const open = operations().filter(([, op]) => op.security?.length === 0);
  expect(open.map(([route]) => route).toSorted()).toEqual([
    'GET /healthz',
    'GET /metrics',
    'GET /readyz',
    'GET /v1/calendar-feeds/{token}.ics',
    'GET /v1/incidents/{id}/acknowledge',
    'GET /v1/invitations/{token}',
    'GET /v1/sign-in-methods',
    'GET /v1/sso/callback',
    'GET /v1/sso/start',
    'POST /v1/channels/pagerduty/webhook',
    'POST /v1/channels/slack/interactions',
    'POST /v1/channels/twilio/messages',
    'POST /v1/channels/twilio/voice',
    'POST /v1/incidents/{id}/acknowledge',
    'POST /v1/incidents/{id}/escalate',
    'POST /v1/incidents/{id}/reassign',
    'POST /v1/incidents/{id}/resolve',
    'POST /v1/incidents/{id}/snooze',
    'POST /v1/invitations/{token}',
    'POST /v1/session',
    'POST /v2/enqueue',
  ]);
  for (const [route, op] of operations()) {
    expect(op.summary, route).toBeDefined();
    if (route.includes('/v1/'))
      expect(Object.keys(op.responses), route).toEqual(expect.arrayContaining(['4XX', '5XX']));
  }
});

it('says of each POST that it takes an Idempotency-Key', () => {
  // What services send has an identity of its own; and to sign in twice, or to be invited twice, does no harm.
  const pure = /preview|\/v1\/channels\/|\/v2\/enqueue|\/v1\/session|invitations/;
  for (const [route, { parameters = [] }] of operations()) {
    if (!route.startsWith('POST') || pure.test(route)) continue;
    expect(parameters, route).toContainEqual(expect.objectContaining({ in: 'header', name: 'idempotency-key' }));
  }
});

it('is readable as a page', async () => {
  const page = await desk.app.inject('/docs/');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toContain('text/html');
});
