import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { keyOf, newTicket } from './tickets-by-rest.ts';

const roles = ['admin', 'manager', 'agent', 'intake', 'read-only'];
const nobody = '/v1/tickets/0000-0000-0000';
let desk: DeskApp;
const keys = new Map<string, { authorization: string }>();

beforeAll(async () => {
  desk = await startDeskApp();
  for (const role of roles) keys.set(role, await keyOf(desk, role));
});
afterAll(() => desk.close());

/** Which roles a request gets past the check of. */
async function allowed(method: 'GET' | 'POST', url: string, body?: object): Promise<string[]> {
  const through: string[] = [];
  for (const role of roles) {
    const answer = await desk.call(method, url, body, keys.get(role));
    if (answer.statusCode !== 403) through.push(role);
    else expect(answer.json<{ detail: string }>().detail).toMatch(`A key with the role ${role} lacks the permission "`);
  }
  return through;
}

describe('an API key', () => {
  it('may do what its role says', async () => {
    const reading = ['admin', 'manager', 'agent', 'read-only'];
    const intake = ['admin', 'manager', 'agent', 'intake'];
    const customer = { author: 'customer', body: '' };
    expect(await allowed('GET', '/v1/tickets')).toEqual(reading);
    expect(await allowed('GET', `${nobody}/sla`)).toEqual(reading);
    expect(await allowed('GET', `/v1/attachments/${'0'.repeat(64)}`)).toEqual(reading);
    expect(await allowed('POST', '/v1/tickets', {})).toEqual(intake);
    expect(await allowed('POST', '/v1/attachments')).toEqual(intake);
    expect(await allowed('POST', `${nobody}/messages`, customer)).toEqual(intake);
    expect(await allowed('POST', `${nobody}/solve`, { unknown: 1 })).toEqual(['admin', 'manager', 'agent']);
    expect(await allowed('POST', '/v1/teams', {})).toEqual(['admin', 'manager']);
    expect(await allowed('POST', '/v1/api-keys', {})).toEqual(['admin']);
  });

  it("for intake may not write an agent's messages", async () => {
    const answer = await desk.call('POST', `${nobody}/messages`, { author: 'agent', body: 'x' }, keys.get('intake'));
    expect(answer.json()).toMatchObject({ status: 403 });
  });

  it.each([undefined, '', 'Bearer', 'Bearer wrong', 'Basic YTpi', 'Bearer a b'])(
    'sent as %j lets nobody in',
    async (authorization) => {
      const answer = await desk.app.inject({
        url: '/v1/tickets',
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(answer.json()).toMatchObject({ status: 401, type: 'urn:vigil:problem:unauthorized' });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="vigil"');
    },
  );

  it('is asked for before anything of the request is judged', async () => {
    const answer = await desk.app.inject({ method: 'POST', url: '/v1/tickets', payload: { unknown: 1 } });
    expect(answer.statusCode).toBe(401);
  });
});

describe('requests', () => {
  it('of one key are limited, whatever others send', async () => {
    const limited = await startDeskApp({ VIGIL_RATE_LIMIT: '3' });
    const other = await keyOf(limited, 'agent');
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await limited.call('POST', '/v1/tickets', newTicket));
    expect(answers.map((a) => a.statusCode)).toEqual([201, 201, 429]);
    expect(answers.map((a) => a.headers['ratelimit-remaining'])).toEqual(['1', '0', '0']);
    expect(answers[2]?.json()).toMatchObject({ status: 429, type: 'urn:vigil:problem:too-many-requests' });
    expect(Number(answers[2]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await limited.call('GET', '/v1/tickets', undefined, other)).statusCode).toBe(200);
    for (let i = 0; i < 5; i++) expect((await limited.call('GET', '/healthz')).statusCode).toBe(200);
    await limited.close();
  });
});
