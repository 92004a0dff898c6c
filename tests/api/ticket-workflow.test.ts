import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskApp, startDeskApp } from './desk-app.ts';
import { keyOf } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp({ TEMPORAL_UI_URL: 'https://ui.example', TEMPORAL_NAMESPACE: 'desk.a1b2c' });
});
afterAll(() => desk.close());

test('who may configure is told where the ticket’s process is', async () => {
  const answer = await desk.call('GET', '/v1/tickets/k7q2-9mzp-4wtx/workflow');
  expect(answer.json()).toEqual({
    namespace: 'desk.a1b2c',
    workflowId: 'ticket/K7Q29MZP4WTX',
    url: 'https://ui.example/namespaces/desk.a1b2c/workflows/ticket%2FK7Q29MZP4WTX',
  });
  expect((await desk.call('GET', '/v1/tickets/nonsense/workflow')).statusCode).toBe(404);
});

test('and nobody else', async () => {
  for (const role of ['agent', 'read-only', 'intake']) {
    const answer = await desk.call('GET', '/v1/tickets/K7Q29MZP4WTX/workflow', undefined, await keyOf(desk, role));
    expect(answer.statusCode, role).toBe(403);
  }
});
