import { afterAll, beforeAll, expect, test } from 'vitest';
import { userRoles } from '../../domain/user.ts';
import type { Visitor } from '../support/visitor.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { signedIn } from './signed-in.ts';

const nobody = '/v1/tickets/0000-0000-0000';
let desk: DeskApp;
const browsers = new Map<string, Visitor>();

beforeAll(async () => {
  desk = await startDeskApp();
  for (const role of userRoles) browsers.set(role, (await signedIn(desk, role)).browser);
});
afterAll(() => desk.close());

const everybody = [...userRoles];
const intake = ['admin', 'manager', 'agent', 'trainee'];
const work = ['admin', 'manager', 'agent'];
const configure = ['admin', 'manager'];

test.each([
  ['GET', '/v1/tickets', undefined, everybody],
  ['GET', `${nobody}/sla`, undefined, everybody],
  ['GET', '/v1/users', undefined, everybody],
  ['GET', '/v1/session', undefined, everybody],
  ['GET', '/v1/sessions', undefined, everybody],
  ['POST', '/v1/tickets', {}, intake],
  ['POST', '/v1/attachments', undefined, intake],
  ['POST', `${nobody}/messages`, { author: 'customer', body: '' }, intake],
  ['POST', `${nobody}/messages`, { author: 'agent', body: 'x' }, work],
  ['POST', `${nobody}/messages`, { author: 'agent', body: 'x', public: false }, intake],
  ['POST', `${nobody}/messages`, { author: 'agent', body: 'x', public: false, status: 'open' }, work],
  ['PUT', `${nobody}/presence`, { state: 'viewing' }, everybody],
  ['GET', '/v1/mentions', undefined, everybody],
  ['GET', '/v1/views', undefined, everybody],
  ['POST', '/v1/macros', {}, work],
  ['POST', `${nobody}/solve`, { unknown: 1 }, work],
  ['POST', '/v1/users/usr_0/test-notifications', undefined, work],
  ['POST', '/v1/teams', {}, configure],
  ['POST', '/v1/users', {}, configure],
  ['GET', '/v1/api-keys', undefined, ['admin']],
  ['POST', '/v1/api-keys', {}, ['admin']],
  ['POST', '/v1/users/usr_0/invitations', undefined, ['admin']],
] as const)('%s %s, with %j, is for %j', async (method, url, body, expected) => {
  const through: string[] = [];
  for (const [role, browser] of browsers) {
    const answer = await browser.call(method, url, body);
    expect(answer.statusCode, answer.body).not.toBe(401);
    if (answer.statusCode !== 403) through.push(role);
  }
  expect(through).toEqual([...expected]);
});
