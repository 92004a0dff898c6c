import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Visitor } from '../support/visitor.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { password, signedIn } from './signed-in.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
beforeEach(() => desk.database.db.execute(sql`delete from sign_in_tries`));
afterAll(() => desk.close());

async function attempt(email: string, given: string, network = '10.0.0.1'): Promise<number> {
  const answer = await new Visitor(desk, network).call('POST', '/v1/session', { email, password: given });
  if (answer.statusCode === 429) {
    expect(answer.json()).toMatchObject({ type: 'urn:vigil:problem:too-many-requests' });
    const seconds = Number(answer.headers['retry-after']);
    expect(seconds).toBeGreaterThan(800);
    expect(seconds).toBeLessThanOrEqual(900);
  }
  return answer.statusCode;
}

async function wrongTries(email: string, count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => attempt(email, `wrong ${i}`, `10.0.1.${i}`)));
}

describe('tries to sign in', () => {
  it('are ten for one address, wherever they come from, known or not', async () => {
    const { person } = await signedIn(desk, 'agent');
    for (const email of [person.email, 'nobody@example.com']) {
      const statuses = await wrongTries(email, 12);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([...Array<number>(10).fill(401), 429, 429]);
    }
    expect(await attempt(person.email, password)).toBe(429);
    const { person: other } = await signedIn(desk, 'agent');
    expect(await attempt(other.email, password)).toBe(200);
  });

  it('begin anew after a quarter of an hour, and after one that succeeded', async () => {
    const { person } = await signedIn(desk, 'agent');
    await wrongTries(person.email, 11);
    await desk.database.db.execute(sql`update sign_in_tries set ends_at = now()`);
    await wrongTries(person.email, 9);
    expect(await attempt(person.email, password)).toBe(200);
    await wrongTries(person.email, 9);
    expect(await attempt(person.email, password)).toBe(200);
  });

  it('are a hundred from one address of the network, in all processes together', async () => {
    const { person } = await signedIn(desk, 'agent');
    expect(await attempt('one@example.com', 'wrong', '10.0.2.1')).toBe(401);
    await desk.database.db.execute(sql`update sign_in_tries set count = 100`);
    expect(await attempt(person.email, password, '10.0.2.1')).toBe(429);
    expect(await attempt(person.email, password, '10.0.2.2')).toBe(200);
  });

  it('that succeed do not use up those of the others in the house', async () => {
    const { person } = await signedIn(desk, 'agent');
    for (let i = 0; i < 3; i++) expect(await attempt(person.email, password, '10.0.3.1')).toBe(200);
    const { rows } = await desk.database.db.execute(sql`select count from sign_in_tries`);
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('leave no address in the database', async () => {
    const { person } = await signedIn(desk, 'agent');
    await attempt(person.email, 'wrong', '10.0.4.1');
    const { rows } = await desk.database.db.execute(sql`select * from sign_in_tries`);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows).toLowerCase()).not.toMatch(/example|10\.0\.4/);
  });

  it('count for those who have signed in and are asked for their password', async () => {
    const { browser } = await signedIn(desk, 'agent');
    const body = { current: 'wrong', new: 'another long password' };
    for (let i = 0; i < 10; i++) expect((await browser.call('PUT', '/v1/session/password', body)).statusCode).toBe(422);
    const answer = await browser.call('PUT', '/v1/session/password', { ...body, current: password });
    expect(answer.statusCode).toBe(429);
  });
});
