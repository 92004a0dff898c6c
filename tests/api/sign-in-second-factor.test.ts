import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '../support/visitor.ts';
import { totp } from '../support/totp.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { password, signedIn, type Person } from './signed-in.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
afterAll(() => desk.close());

interface SecondFactor {
  readonly uri: string;
  readonly backupCodes: readonly string[];
}

const path = '/v1/session/second-factor';

async function withSecondFactor(): Promise<{ person: Person; browser: Visitor } & SecondFactor> {
  const { person, browser } = await signedIn(desk, 'agent');
  const begun = await browser.call('POST', path, { password });
  expect(begun.statusCode, begun.body).toBe(200);
  const factor = begun.json<SecondFactor>();
  const confirmed = await browser.call('POST', `${path}/confirm`, { code: totp(factor.uri) });
  expect(confirmed.statusCode, confirmed.body).toBe(204);
  return { person, browser, ...factor };
}

function signIn({ email }: Person, code?: string): Promise<LightMyRequestResponse> {
  return new Visitor(desk).call('POST', '/v1/session', { email, password, ...(code !== undefined && { code }) });
}

const failed = { status: 401, type: 'urn:vigil:problem:sign-in-failed' };
const needed = { status: 401, type: 'urn:vigil:problem:second-factor-needed' };

describe('a second factor', () => {
  it('is asked for from the moment it is confirmed', async () => {
    const { person, browser } = await signedIn(desk, 'agent');
    const { uri, backupCodes } = (await browser.call('POST', path, { password })).json<SecondFactor>();
    expect(decodeURIComponent(uri)).toMatch(`otpauth://totp/Vigil:${person.email}?secret=`);
    expect(new Set(backupCodes).size).toBe(10);
    expect((await signIn(person)).statusCode).toBe(200);
    const wrong = await browser.call('POST', `${path}/confirm`, { code: '000000' });
    expect(wrong.json()).toMatchObject({ status: 422, errors: [{ path: 'code' }] });
    expect((await browser.call('POST', `${path}/confirm`, { code: totp(uri) })).statusCode).toBe(204);
    expect((await browser.call('GET', '/v1/session')).json()).toMatchObject({ secondFactor: true });
    expect((await signIn(person)).json()).toMatchObject(needed);
    const answer = await signIn(person, totp(uri));
    expect(answer.json()).toMatchObject({ user: { id: person.id }, secondFactor: true });
    expect((await browser.call('POST', path, { password })).statusCode).toBe(409);
  });

  it('does not help with a wrong password, and a wrong code does not let in', async () => {
    const { person, uri } = await withSecondFactor();
    const wrong = { email: person.email, password: 'incorrect horse', code: totp(uri) };
    const answer = await new Visitor(desk).call('POST', '/v1/session', wrong);
    expect(answer.json()).toMatchObject(failed);
    expect((await signIn(person, 'abcde-fghij')).json()).toMatchObject(failed);
    const other = totp(uri) === '123456' ? '123457' : '123456';
    const refused = await signIn(person, other);
    expect(refused.json()).toMatchObject(failed);
    expect(refused.headers['set-cookie']).toBeUndefined();
  });

  it('takes each code once, also of two who come at once', async () => {
    const { person, uri } = await withSecondFactor();
    const code = totp(uri, 1);
    const answers = await Promise.all([signIn(person, code), signIn(person, code)]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect((await signIn(person, code)).json()).toMatchObject(failed);
  });

  it('takes each backup code once, also of two who come at once', async () => {
    const { person, backupCodes } = await withSecondFactor();
    const [one = '', two = ''] = backupCodes;
    expect((await signIn(person, one)).statusCode).toBe(200);
    expect((await signIn(person, one)).json()).toMatchObject(failed);
    const answers = await Promise.all([signIn(person, two), signIn(person, two)]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 401]);
  });

  it('is removed by the password', async () => {
    const { person, browser } = await withSecondFactor();
    const wrong = await browser.call('DELETE', path, { password: 'incorrect horse' });
    expect(wrong.json()).toMatchObject({ status: 422, errors: [{ path: 'password' }] });
    expect((await browser.call('DELETE', path, { password })).statusCode).toBe(204);
    expect((await browser.call('GET', '/v1/session')).json()).toMatchObject({ secondFactor: false });
    expect((await signIn(person)).statusCode).toBe(200);
  });

  it('is gone after another invitation, with all sessions', async () => {
    const { person, browser } = await withSecondFactor();
    const { url } = (await desk.call('POST', `/v1/users/${person.id}/invitations`)).json<{ url: string }>();
    const token = url.split('/').at(-1) ?? '';
    const elsewhere = new Visitor(desk);
    const accepted = await elsewhere.call('POST', `/v1/invitations/${token}`, { password: 'quite another one' });
    expect(accepted.json()).toMatchObject({ user: { id: person.id }, secondFactor: false });
    browser.cookies.delete('vigil.session_data');
    expect((await browser.call('GET', '/v1/session')).statusCode).toBe(401);
    expect((await signIn(person)).json()).toMatchObject(failed);
  });
});
