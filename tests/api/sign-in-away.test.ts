import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openGate, type Gate } from '../support/gate.ts';
import { Visitor } from '../support/visitor.ts';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { password, signedIn } from './signed-in.ts';

let desk: DeskApp;
let gate: Gate;
beforeAll(async () => {
  gate = await openGate(new URL(inject('databaseServer')).host);
  const through = (url: string): string => Object.assign(new URL(url), { host: gate.address }).href;
  desk = await startDeskApp({}, { databaseUrl: through });
});
afterAll(async () => {
  await desk.close();
  await gate.close();
});

it('while PostgreSQL is away nobody signs in, and who was just here stays', async () => {
  const { person, browser } = await signedIn(desk, 'agent');
  const stale = new Visitor(desk);
  await stale.call('POST', '/v1/session', { email: person.email, password });
  stale.cookies.delete('vigil.session_data');
  gate.shut();
  const away = { status: 503, type: 'urn:vigil:problem:unavailable' };
  const refused = [
    await new Visitor(desk).call('POST', '/v1/session', { email: person.email, password }),
    await new Visitor(desk).call('GET', '/v1/invitations/token'),
    await new Visitor(desk).call('POST', '/v1/invitations/token', { password }),
    await stale.call('GET', '/v1/session'),
    await stale.call('DELETE', '/v1/session'),
    await browser.call('PUT', '/v1/session/password', { current: password, new: 'another long one' }),
    await browser.call('POST', '/v1/session/second-factor', { password }),
    await browser.call('DELETE', '/v1/session'),
    await browser.call('GET', '/v1/sessions'),
    await browser.call('DELETE', '/v1/sessions/some'),
  ];
  for (const answer of refused) expect(answer.json()).toMatchObject(away);
  expect((await browser.call('GET', '/v1/session')).statusCode).toBe(200);
  gate.open();
  expect((await stale.call('GET', '/v1/session')).statusCode).toBe(200);
  const again = await new Visitor(desk).call('POST', '/v1/session', { email: person.email, password });
  expect(again.statusCode).toBe(200);
});
