import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';

let desk: DeskApp;

beforeAll(async () => {
  desk = await startDeskApp();
});

afterAll(() => desk.close());

async function idOf(url: string, body: unknown): Promise<string> {
  return (await desk.call('POST', url, body)).json<{ id: string }>().id;
}

test('members are seen from both sides, and the pager knows them', async () => {
  const ann = await idOf('/v1/users', { name: 'Ann', email: 'ann@example.com', role: 'agent' });
  const boss = await idOf('/v1/users', { name: 'Mia', email: 'mia@example.com', role: 'manager' });
  const team = await idOf('/v1/teams', { name: 'Premium', manager: boss, members: [ann] });
  expect((await desk.call('GET', `/v1/users/${ann}`)).json()).toMatchObject({ teams: [team] });
  expect(desk.directory.people().teams.get(team)).toMatchObject({ manager: boss, members: [ann] });
  const changed = await desk.call('PATCH', `/v1/teams/${team}`, { members: [], manager: null });
  expect(changed.json()).toMatchObject({ name: 'Premium', manager: null, members: [] });
});

test('a name that is taken is refused, and so is the removal of a team that a policy asks for', async () => {
  const team = await idOf('/v1/teams', { name: 'First line' });
  const again = await desk.call('POST', '/v1/teams', { name: 'FIRST LINE' });
  expect(again.statusCode).toBe(409);
  expect(again.json()).toMatchObject({ errors: [{ path: 'name' }] });
  const targets = { high: { firstReply: 'PT1H' } };
  const policy = await idOf('/v1/sla-policies', { name: 'First', conditions: { team: [team] }, targets });
  const refused = await desk.call('DELETE', `/v1/teams/${team}`);
  expect(refused.statusCode).toBe(409);
  expect(refused.json<{ detail: string }>().detail).toContain('"First"');
  await desk.call('DELETE', `/v1/sla-policies/${policy}`);
  expect((await desk.call('DELETE', `/v1/teams/${team}`)).statusCode).toBe(204);
});
