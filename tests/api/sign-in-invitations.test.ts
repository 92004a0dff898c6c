import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '../support/visitor.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { invitationFor, newPerson, password, signedIn } from './signed-in.ts';
import { keyOf } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp({ VIGIL_PUBLIC_URL: 'https://desk.example' });
});
afterAll(() => desk.close());

async function accept(token: string, given = password): Promise<number> {
  return (await new Visitor(desk).call('POST', `/v1/invitations/${token}`, { password: given })).statusCode;
}

async function signIn(email: string, given: string): Promise<number> {
  return (await new Visitor(desk).call('POST', '/v1/session', { email, password: given })).statusCode;
}

describe('an invitation', () => {
  it('is a link of seven days, which says whom it is for and lets set a password', async () => {
    const { id, email } = await newPerson(desk, 'manager');
    const made = await desk.call('POST', `/v1/users/${id}/invitations`);
    expect(made.statusCode).toBe(201);
    const { url, expiresAt } = made.json<{ url: string; expiresAt: string }>();
    expect(url).toMatch(/^https:\/\/desk\.example\/welcome\/[\w-]{43}$/);
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThanOrEqual(7);
    const token = url.split('/').at(-1) ?? '';
    const shown = await desk.app.inject({ url: `/v1/invitations/${token}` });
    expect(shown.json()).toEqual({ name: expect.any(String), email });
    const { rows } = await desk.database.db.execute(sql`select * from invitations`);
    expect(JSON.stringify(rows)).not.toContain(token);
    const browser = new Visitor(desk);
    const answer = await browser.call('POST', `/v1/invitations/${token}`, { password });
    expect(answer.json()).toMatchObject({ user: { id, email, role: 'manager' }, secondFactor: false });
    expect((await browser.call('GET', '/v1/session')).json()).toMatchObject({ user: { id } });
    expect(await signIn(email, password)).toBe(200);
  });

  it('works once, and for one of two who come at once', async () => {
    const { id, email } = await newPerson(desk, 'agent');
    const token = await invitationFor(desk, id);
    const statuses = await Promise.all([accept(token, 'the first password'), accept(token, 'the second password')]);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404]);
    const [first, second] = [await signIn(email, 'the first password'), await signIn(email, 'the second password')];
    expect([first, second]).toEqual(statuses.map((status) => (status === 200 ? 200 : 401)));
    expect(await accept(token)).toBe(404);
    expect((await desk.app.inject({ url: `/v1/invitations/${token}` })).statusCode).toBe(404);
  });

  it('is void after its end, after another, and when its user leaves', async () => {
    const { id } = await newPerson(desk, 'agent');
    const before = await invitationFor(desk, id);
    const late = await invitationFor(desk, id);
    expect(await accept(before)).toBe(404);
    await desk.database.db.execute(sql`update invitations set expires_at = now() where "user" = ${id}`);
    expect(await accept(late)).toBe(404);
    const gone = await invitationFor(desk, id);
    await desk.call('PATCH', `/v1/users/${id}`, { active: false });
    expect(await accept(gone)).toBe(404);
    expect((await desk.call('POST', `/v1/users/${id}/invitations`)).statusCode).toBe(404);
    await desk.call('DELETE', `/v1/users/${id}`);
    expect(await accept(gone)).toBe(404);
    expect(await accept('unknown')).toBe(404);
  });

  it('is the way back for a forgotten password, also for who is out of tries', async () => {
    const { person } = await signedIn(desk, 'agent');
    for (let i = 0; i < 11; i++) await signIn(person.email, 'forgotten');
    expect(await signIn(person.email, password)).toBe(429);
    expect(await accept(await invitationFor(desk, person.id), 'a new password then')).toBe(200);
  });

  it('takes passwords of 12 to 256 characters', async () => {
    const { id } = await newPerson(desk, 'agent');
    const token = await invitationFor(desk, id);
    for (const bad of ['short', 'a'.repeat(11), 'a'.repeat(257)]) expect(await accept(token, bad)).toBe(400);
    expect(await accept(token, 'ä'.repeat(256))).toBe(200);
  });

  it('is made by admins alone', async () => {
    const { id } = await newPerson(desk, 'agent');
    const url = `/v1/users/${id}/invitations`;
    expect((await desk.call('POST', url, undefined, await keyOf(desk, 'manager'))).statusCode).toBe(403);
    const { browser } = await signedIn(desk, 'manager');
    expect((await browser.call('POST', url)).statusCode).toBe(403);
    const { browser: admin } = await signedIn(desk, 'admin');
    expect((await admin.call('POST', url)).statusCode).toBe(201);
  });
});
