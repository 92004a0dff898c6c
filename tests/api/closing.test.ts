import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { startDeskApp } from './desk-app.ts';
import { handIn } from './tickets-by-rest.ts';

it('a server that closes answers what it has begun, and waits for nothing else', async () => {
  const desk = await startDeskApp();
  const { id } = await handIn(desk);
  await desk.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(desk.app.server.address() as AddressInfo).port}/v1/tickets/${id}`;
  // Fetch keeps connections; this one is free again when the server closes.
  expect((await fetch(url, { headers: desk.headers })).status).toBe(404);
  // No worker answers, so that this takes its time.
  const arrived = once(desk.app.server, 'request');
  const begun = fetch(`${url}/solve`, { method: 'POST', headers: desk.headers });
  await arrived;
  const began = performance.now();
  await desk.close();
  expect(performance.now() - began).toBeLessThan(10_000);
  const answer = await begun;
  expect(answer.status).toBe(503);
  expect(answer.headers.get('connection')).toBe('close');
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
