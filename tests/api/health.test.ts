import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { startDeskWorker } from './desk-worker.ts';
import { handIn } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
afterAll(() => desk.close());

it('is ready once a worker takes tasks', async () => {
  const before = await desk.app.inject('/readyz');
  expect(before.statusCode).toBe(503);
  expect(before.json()).toEqual({ ready: false, database: 'ok', temporal: 'ok', worker: 'away' });
  const stop = await startDeskWorker(desk);
  await expect.poll(async () => (await desk.app.inject('/readyz')).statusCode, { timeout: 20_000 }).toBe(200);
  expect((await desk.app.inject('/readyz')).json()).toMatchObject({ ready: true, worker: 'ok' });
  await stop();
});

it('measures requests by route, and counts tickets once', async () => {
  await handIn(desk, { channel: 'metered' }, 'the same');
  await handIn(desk, { channel: 'metered' }, 'the same');
  await desk.call('GET', '/v1/tickets/0000-0000-0000');
  const { headers, body } = await desk.app.inject('/metrics');
  expect(headers['content-type']).toContain('text/plain');
  expect(body).toContain('vigil_tickets_accepted_total{channel="metered"} 1');
  expect(body).toContain('vigil_http_request_seconds_count{method="POST",route="/v1/tickets",status="201"} 2');
  expect(body).toContain('vigil_http_request_seconds_count{method="GET",route="/v1/tickets/:id",status="404"} 1');
  expect(body).toContain('process_cpu_seconds_total');
});
