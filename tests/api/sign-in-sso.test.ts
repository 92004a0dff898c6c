import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '../support/visitor.ts';
import { type OidcStandIn, startOidc } from '../support/stand-ins/oidc.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { newPerson } from './signed-in.ts';

const publicUrl = 'http://desk.example';
const client = { id: 'vigil', secret: 'a-secret-between-us', redirectUri: `${publicUrl}/v1/sso/callback` };
let provider: OidcStandIn;
let desk: DeskApp;

const settings = (issuer: string): Record<string, string> => ({
  VIGIL_PUBLIC_URL: publicUrl,
  VIGIL_OIDC_ISSUER: issuer,
  VIGIL_OIDC_CLIENT_ID: client.id,
  VIGIL_OIDC_CLIENT_SECRET: client.secret,
  VIGIL_OIDC_NAME: 'Our directory',
});

beforeAll(async () => {
  provider = await startOidc(client);
  desk = await startDeskApp(settings(provider.issuer));
});
afterAll(async () => {
  await desk.close();
  await provider.stop();
});

/** From the button to where the browser is in the end. */
async function signOn(browser: Visitor): Promise<string> {
  const begun = await browser.call('GET', '/v1/sso/start');
  expect(begun.statusCode, begun.body).toBe(302);
  const back = await provider.visit(begun.headers.location ?? '');
  const answer = await browser.call('GET', `${back.pathname}${back.search}`);
  expect(answer.statusCode, answer.body).toBe(302);
  return answer.headers.location ?? '';
}

const problem = (word: string): string => `${publicUrl}/sign-in?problem=${word}`;

describe('single sign-on', () => {
  it('is offered where it is set up', async () => {
    const answer = await desk.app.inject({ url: '/v1/sign-in-methods' });
    expect(answer.json()).toEqual({ password: true, sso: { name: 'Our directory', url: '/v1/sso/start' } });
    const without = await startDeskApp();
    expect((await without.app.inject({ url: '/v1/sign-in-methods' })).json()).toEqual({ password: true, sso: null });
    expect((await without.app.inject({ url: '/v1/sso/start' })).statusCode).toBe(404);
    await without.close();
  });

  it('lets in whom the desk knows by the address, every time', async () => {
    const { id, email } = await newPerson(desk, 'agent');
    provider.person = { email: email.toLowerCase(), verified: true };
    for (let i = 0; i < 2; i++) {
      const browser = new Visitor(desk);
      expect(await signOn(browser)).toBe(`${publicUrl}/`);
      expect((await browser.call('GET', '/v1/session')).json()).toMatchObject({ user: { id }, secondFactor: false });
      expect((await browser.call('DELETE', '/v1/session')).statusCode).toBe(204);
    }
    const { rows } = await desk.database.db.execute(
      sql`select access_token, refresh_token, id_token, password from sign_in_accounts where user_id = ${id}`,
    );
    expect(rows).toEqual([{ access_token: null, refresh_token: null, id_token: null, password: null }]);
  });

  it('lets in whoever has the address now, and not who had it before', async () => {
    const before = await newPerson(desk, 'agent');
    provider.person = { email: before.email, verified: true };
    expect(await signOn(new Visitor(desk))).toBe(`${publicUrl}/`);
    await desk.call('PATCH', `/v1/users/${before.id}`, { email: 'moved@example.com' });
    const now = await newPerson(desk, 'viewer', { email: before.email });
    const browser = new Visitor(desk);
    expect(await signOn(browser)).toBe(`${publicUrl}/`);
    expect((await browser.call('GET', '/v1/session')).json()).toMatchObject({ user: { id: now.id } });
  });

  it('lets in nobody whom the desk does not know, or no longer has', async () => {
    provider.person = { email: 'stranger@example.com', verified: true };
    expect(await signOn(new Visitor(desk))).toBe(problem('sso-unknown'));
    const { id, email } = await newPerson(desk, 'agent');
    await desk.call('PATCH', `/v1/users/${id}`, { active: false });
    provider.person = { email, verified: true };
    const browser = new Visitor(desk);
    expect(await signOn(browser)).toBe(problem('sso-unknown'));
    expect((await browser.call('GET', '/v1/session')).statusCode).toBe(401);
  });

  it('lets in nobody by an address that the provider does not vouch for', async () => {
    const { email } = await newPerson(desk, 'admin');
    provider.person = { email, verified: false };
    expect(await signOn(new Visitor(desk))).toBe(problem('sso-unverified'));
  });

  it('says so where the provider lets somebody not in', async () => {
    provider.person = null;
    expect(await signOn(new Visitor(desk))).toBe(problem('sso-refused'));
  });

  it('ends only in the browser in which it began, and once', async () => {
    const { email } = await newPerson(desk, 'agent');
    provider.person = { email, verified: true };
    const browser = new Visitor(desk);
    const begun = await browser.call('GET', '/v1/sso/start');
    const back = await provider.visit(begun.headers.location ?? '');
    const url = `${back.pathname}${back.search}`;
    const elsewhere = await new Visitor(desk).call('GET', url);
    expect(elsewhere.headers.location).toBe(problem('sso-failed'));
    expect((await browser.call('GET', url)).headers.location).toBe(`${publicUrl}/`);
    expect((await browser.call('GET', url)).headers.location).toBe(problem('sso-failed'));
    expect((await desk.app.inject({ url: '/v1/sso/callback' })).headers.location).toBe(problem('sso-failed'));
  });

  it('says so while the provider is away, or is not who it should be', async () => {
    for (const issuer of ['http://127.0.0.1:1', `${provider.issuer}/`]) {
      const away = await startDeskApp(settings(issuer));
      const answer = await away.app.inject({ url: '/v1/sso/start' });
      expect(answer.headers.location).toBe(problem('sso-unavailable'));
      expect((await away.call('GET', '/v1/users')).statusCode).toBe(200);
      await away.close();
    }
  });
});
