import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Visitor } from '../support/visitor.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { newPerson, password, signedIn } from './signed-in.ts';
import { newTicket } from './tickets-by-rest.ts';

interface OwnSession {
  readonly id: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
  readonly current: boolean;
}

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
afterAll(() => desk.close());

const problem = (type: string): object => ({ type: `urn:vigil:problem:${type}` });

describe('signing in', () => {
  it('answers who one is, and is remembered by the cookie until one signs out', async () => {
    const { person } = await signedIn(desk, 'agent');
    const browser = new Visitor(desk);
    expect((await browser.call('GET', '/v1/session')).json()).toMatchObject({ status: 401 });
    const answer = await browser.call('POST', '/v1/session', { email: person.email.toUpperCase(), password });
    const session = {
      user: { id: person.id, name: expect.any(String), email: person.email, role: 'agent', timeZone: null },
      permissions: ['read', 'intake', 'note', 'work'],
      secondFactor: false,
    };
    expect(answer.json()).toEqual(session);
    const now = (await browser.call('GET', '/v1/session')).json<object>();
    expect(now).toEqual({ ...session, position: expect.stringMatching(/^\d+-\d+$/) });
    expect((await browser.call('GET', '/v1/tickets')).statusCode).toBe(200);
    const left = await browser.call('DELETE', '/v1/session');
    expect(left.statusCode, left.body).toBe(204);
    expect(browser.cookies.size).toBe(0);
    expect((await browser.call('GET', '/v1/session')).statusCode).toBe(401);
  });

  it('sets cookies that scripts cannot read and other sites cannot send', async () => {
    const { person } = await signedIn(desk, 'viewer');
    const answer = await new Visitor(desk).call('POST', '/v1/session', { email: person.email, password });
    const cookies = [answer.headers['set-cookie'] ?? []].flat();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['vigil.session_token', 'vigil.session_data']);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
      expect(cookie).not.toContain('Secure');
    }
  });

  it('sets cookies for encrypted connections alone where the desk is reached by them', async () => {
    const secure = await startDeskApp({ VIGIL_PUBLIC_URL: 'https://desk.example' });
    const { browser, person } = await signedIn(secure, 'viewer');
    const answer = await browser.call('POST', '/v1/session', { email: person.email, password });
    const cookies = [answer.headers['set-cookie'] ?? []].flat();
    for (const cookie of cookies) expect(cookie).toMatch(/^__Secure-vigil\..*; Secure/);
    expect((await browser.call('GET', '/v1/session')).statusCode).toBe(200);
    await secure.close();
  });

  it('says the same for a wrong password, an unknown address, and people without a password', async () => {
    const { person } = await signedIn(desk, 'agent');
    const without = await newPerson(desk, 'agent');
    const gone = await signedIn(desk, 'agent');
    await desk.call('PATCH', `/v1/users/${gone.person.id}`, { active: false });
    const tries = [
      { email: person.email, password: 'incorrect horse' },
      { email: 'nobody@example.com', password },
      { email: without.email, password },
      { email: gone.person.email, password },
    ];
    const bodies = [];
    for (const body of tries) {
      const answer = await new Visitor(desk).call('POST', '/v1/session', body);
      expect(answer.json()).toMatchObject({ status: 401, ...problem('sign-in-failed') });
      expect(answer.headers['set-cookie']).toBeUndefined();
      bodies.push(answer.body);
    }
    expect(new Set(bodies).size).toBe(1);
  });

  it('keeps no password, token or code that could be used', async () => {
    const { browser } = await signedIn(desk, 'agent');
    const { rows } = await desk.database.db.execute<{ password: string }>(sql`select password from sign_in_accounts`);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const cookie = decodeURIComponent(browser.cookies.get('vigil.session_token') ?? '');
    const token = cookie.split('.')[0] ?? '';
    expect(token).not.toBe('');
    const forged = await desk.app.inject({ url: '/v1/session', headers: { cookie: `vigil.session_token=${token}` } });
    expect(forged.statusCode).toBe(401);
  });
});

describe('a session', () => {
  it('is listed with where it is, and ends where one says so', async () => {
    const { person, browser } = await signedIn(desk, 'agent');
    const elsewhere = new Visitor(desk);
    const agent = { 'user-agent': 'A browser on a telephone' };
    await elsewhere.call('POST', '/v1/session', { email: person.email, password }, agent);
    const { data } = (await browser.call('GET', '/v1/sessions')).json<{ data: OwnSession[] }>();
    expect(data).toMatchObject([
      { userAgent: 'A browser on a telephone', current: false },
      { userAgent: 'lightMyRequest', current: true },
    ]);
    for (const { createdAt, lastUsedAt, expiresAt } of data) {
      expect(Date.parse(lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(createdAt));
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    }
    expect(JSON.stringify(data)).not.toContain('token');
    const other = await signedIn(desk, 'admin');
    const id = data[0]?.id ?? '';
    expect((await other.browser.call('DELETE', `/v1/sessions/${id}`)).statusCode).toBe(404);
    expect((await browser.call('DELETE', `/v1/sessions/${id}`)).statusCode).toBe(204);
    expect((await browser.call('DELETE', `/v1/sessions/${id}`)).statusCode).toBe(404);
    expect((await browser.call('GET', '/v1/sessions')).json<{ data: unknown[] }>().data).toHaveLength(1);
    elsewhere.cookies.delete('vigil.session_data');
    expect((await elsewhere.call('GET', '/v1/session')).statusCode).toBe(401);
  });

  it('that was ended elsewhere is over within half a minute', async () => {
    const { person, browser } = await signedIn(desk, 'agent');
    const elsewhere = new Visitor(desk);
    await elsewhere.call('POST', '/v1/session', { email: person.email, password });
    const { data } = (await browser.call('GET', '/v1/sessions')).json<{ data: OwnSession[] }>();
    await browser.call('DELETE', `/v1/sessions/${data.find(({ current }) => !current)?.id}`);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    try {
      expect((await elsewhere.call('GET', '/v1/tickets')).statusCode).toBe(401);
      expect((await browser.call('GET', '/v1/tickets')).statusCode).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is believed without asking the database each time', async () => {
    const { browser } = await signedIn(desk, 'agent');
    const query = vi.spyOn(desk.database.pool, 'query');
    for (let i = 0; i < 5; i++) expect((await browser.call('GET', '/v1/session')).statusCode).toBe(200);
    const texts = query.mock.calls.map(([given]) => JSON.stringify(given));
    query.mockRestore();
    expect(texts.filter((text) => text.includes('sign_in_'))).toEqual([]);
  });

  it('goes on as long as it is used, and ends a week after', async () => {
    const { browser } = await signedIn(desk, 'agent');
    const days = async (later: number): Promise<number> => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + later * 86_400_000 });
      const { statusCode } = await browser.call('GET', '/v1/session');
      vi.useRealTimers();
      return statusCode;
    };
    expect([await days(6), await days(12), await days(19.1)]).toEqual([200, 200, 401]);
  });

  it('is over at once for whoever has left, and follows the role', async () => {
    const { person, browser } = await signedIn(desk, 'admin');
    expect((await browser.call('GET', '/v1/api-keys')).statusCode).toBe(200);
    await desk.call('PATCH', `/v1/users/${person.id}`, { role: 'viewer' });
    expect((await browser.call('GET', '/v1/api-keys')).statusCode).toBe(403);
    expect((await browser.call('GET', '/v1/session')).json()).toMatchObject({ permissions: ['read'] });
    await desk.call('PATCH', `/v1/users/${person.id}`, { leftAt: '2020-01-01T00:00:00Z' });
    expect((await browser.call('GET', '/v1/tickets')).json()).toMatchObject({
      status: 401,
      ...problem('unauthorized'),
    });
    await desk.call('PATCH', `/v1/users/${person.id}`, { leftAt: null });
    expect((await browser.call('GET', '/v1/tickets')).statusCode).toBe(200);
    await desk.call('PATCH', `/v1/users/${person.id}`, { active: false });
    expect((await browser.call('GET', '/v1/tickets')).statusCode).toBe(401);
    expect((await desk.call('DELETE', `/v1/users/${person.id}`)).statusCode).toBe(204);
    browser.cookies.delete('vigil.session_data');
    expect((await browser.call('GET', '/v1/tickets')).statusCode).toBe(401);
  });

  it('ends with a new password, but for the one that set it', async () => {
    const { person, browser } = await signedIn(desk, 'agent');
    const elsewhere = new Visitor(desk);
    await elsewhere.call('POST', '/v1/session', { email: person.email, password });
    const wrong = await browser.call('PUT', '/v1/session/password', { current: 'wrong', new: 'a new password' });
    expect(wrong.json()).toMatchObject({ status: 422, errors: [{ path: 'current' }] });
    const short = await browser.call('PUT', '/v1/session/password', { current: password, new: 'too short' });
    expect(short.json()).toMatchObject({ status: 400, errors: [{ path: 'new' }] });
    const changed = await browser.call('PUT', '/v1/session/password', { current: password, new: 'a new password' });
    expect(changed.statusCode, changed.body).toBe(204);
    expect((await browser.call('GET', '/v1/session')).statusCode).toBe(200);
    elsewhere.cookies.delete('vigil.session_data');
    expect((await elsewhere.call('GET', '/v1/session')).statusCode).toBe(401);
    const old = await elsewhere.call('POST', '/v1/session', { email: person.email, password });
    expect(old.statusCode).toBe(401);
    const body = { email: person.email, password: 'a new password' };
    expect((await elsewhere.call('POST', '/v1/session', body)).statusCode).toBe(200);
  });

  it('is a person’s: API keys have none', async () => {
    for (const url of ['/v1/session', '/v1/sessions']) {
      expect((await desk.call('GET', url)).json()).toMatchObject({ status: 403, ...problem('forbidden') });
    }
  });

  it('counts for nothing beside an API key', async () => {
    const { browser } = await signedIn(desk, 'admin');
    const wrong = await browser.call('GET', '/v1/tickets', undefined, { authorization: 'Bearer wrong' });
    expect(wrong.statusCode).toBe(401);
    const right = await browser.call('GET', '/v1/session', undefined, desk.headers);
    expect(right.statusCode).toBe(403);
  });

  it('lets the stream of events be read', async () => {
    const { browser } = await signedIn(desk, 'viewer');
    const address = await desk.app.listen({ host: '127.0.0.1', port: 0 });
    const abort = new AbortController();
    const headers = { ...browser.cookie() };
    const answer = await fetch(`${address}/v1/stream`, { headers, signal: abort.signal });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    abort.abort();
    expect((await fetch(`${address}/v1/stream`)).status).toBe(401);
  });

  it('acts in the name of the user', async () => {
    const { person, browser } = await signedIn(desk, 'agent');
    const made = await browser.call('POST', '/v1/tickets', newTicket, { 'idempotency-key': 'once' });
    expect(made.statusCode, made.body).toBe(201);
    await browser.call('DELETE', '/v1/session');
    await browser.call('POST', '/v1/session', { email: person.email, password });
    const again = await browser.call('POST', '/v1/tickets', newTicket, { 'idempotency-key': 'once' });
    expect(again.json<{ id: string }>().id).toBe(made.json<{ id: string }>().id);
  });
});

describe('a request with a cookie from another site', () => {
  const ticket = (browser: Visitor, headers: Record<string, string>) =>
    browser.call('POST', '/v1/tickets', newTicket, headers);

  it('changes nothing', async () => {
    const { browser } = await signedIn(desk, 'admin');
    const bad = [
      { 'x-vigil-request': '' },
      { 'x-vigil-request': '0' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:81' },
    ];
    for (const headers of bad) {
      expect((await ticket(browser, headers)).json()).toMatchObject({ status: 403, ...problem('cross-site') });
    }
    const { id } = (await browser.call('GET', '/v1/session')).json<{ user: { id: string } }>().user;
    for (const [method, url] of [
      ['PUT', '/v1/session/password'],
      ['PATCH', `/v1/users/${id}`],
      ['DELETE', '/v1/session'],
    ] as const) {
      const answer = await browser.call(method, url, undefined, { 'x-vigil-request': '' });
      expect(answer.json()).toMatchObject({ status: 403, ...problem('cross-site') });
    }
  });

  it('signs nobody in', async () => {
    const { person } = await signedIn(desk, 'agent');
    const body = { email: person.email, password };
    const bad: Record<string, string>[] = [{ 'x-vigil-request': '' }, { origin: 'https://evil.example' }];
    for (const headers of bad) {
      for (const url of ['/v1/session', '/v1/invitations/token']) {
        const answer = await new Visitor(desk).call('POST', url, body, headers);
        expect(answer.json()).toMatchObject({ status: 403, ...problem('cross-site') });
      }
    }
  });

  it('is told from one of our own pages', async () => {
    const { browser } = await signedIn(desk, 'admin');
    for (const origin of ['http://127.0.0.1:8080', 'http://localhost:80', 'https://localhost:80']) {
      expect((await ticket(browser, { origin, host: 'localhost:80' })).statusCode).toBe(201);
    }
    expect((await browser.call('GET', '/v1/tickets', undefined, { 'x-vigil-request': '' })).statusCode).toBe(200);
    const key = { ...desk.headers, origin: 'https://other.example' };
    expect((await desk.call('POST', '/v1/tickets', newTicket, key)).statusCode).toBe(201);
  });
});
