import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { handIn, newTicket } from './tickets-by-rest.ts';

const lines: string[] = [];
let desk: DeskApp;
beforeAll(async () => {
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  desk = await startDeskApp({}, { logger });
  await desk.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => desk.close());

const marker = 'Xq7marker';
const log = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

it('hold the ids of request and ticket', async () => {
  lines.length = 0;
  const { id } = await handIn(desk);
  expect(log().find((line) => line['msg'] === 'request completed')).toMatchObject({
    ticket: id,
    reqId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    res: { statusCode: 201 },
  });
  lines.length = 0;
  await desk.call('GET', `/v1/tickets/${id}`);
  expect(log().find((line) => line['msg'] === 'incoming request')).toMatchObject({
    req: { method: 'GET', route: '/v1/tickets/:id', id },
  });
});

it('hold nothing of what was sent', async () => {
  lines.length = 0;
  const secret = {
    subject: marker,
    body: marker,
    requester: { email: `${marker}@example.com`, name: marker },
    tags: [marker],
    customFields: { [marker]: marker },
  };
  const headers = { 'idempotency-key': marker, 'user-agent': marker, cookie: marker, referer: marker };
  const { id } = (await desk.call('POST', '/v1/tickets', secret, headers)).json<{ id: string }>();
  await desk.call('POST', '/v1/tickets', { ...secret, subject: 'other' }, headers);
  await desk.call('POST', '/v1/tickets', { ...secret, [marker]: 1, priority: marker }, headers);
  await desk.call('POST', '/v1/tickets', `{"${marker}`, { ...headers, 'content-type': 'application/json' });
  await desk.call('POST', `/v1/tickets/${id}/messages`, { author: 'customer', body: marker }, headers);
  await desk.call('POST', `/v1/attachments?name=${marker}`, marker, { 'content-type': 'text/plain' });
  await desk.call('GET', `/v1/tickets?q=${marker}&requester=${marker}&cursor=${marker}`);
  await desk.call('GET', `/v1/tickets/${marker}`);
  await desk.call('GET', `/${marker}`, undefined, { authorization: `Bearer ${marker}` });
  await desk.call('GET', '/v1/tickets', undefined, { authorization: `Bearer ${marker}` });
  await desk.call('POST', '/v1/users', { name: marker, email: `${marker}@example.com`, role: 'agent' });
  await desk.call('POST', '/v1/users', { name: marker, email: `${marker}@example.com`, role: 'agent' });
  const fail = vi.spyOn(desk.directory, 'termsFor').mockImplementation(() => {
    throw new Error(marker);
  });
  const failed = await desk.call('POST', '/v1/tickets', newTicket);
  fail.mockRestore();
  const socket = connect((desk.app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(`${marker}\r\n\r\n`);
  socket.resume();
  await once(socket, 'close');

  expect(failed.json()).toMatchObject({ status: 500, detail: expect.not.stringContaining(marker) as string });
  expect(lines.length).toBeGreaterThan(25);
  const leaks = lines.filter((line) => line.includes(marker) || line.includes('example.com'));
  // The one part of an address that is logged is what stands for an id.
  expect(leaks.map((line) => (JSON.parse(line) as { req?: object }).req)).toEqual([
    { method: 'GET', route: '/v1/tickets/:id', id: marker },
  ]);
  const key = desk.headers['authorization']?.slice('Bearer '.length) ?? '-';
  expect(lines.filter((line) => line.includes(key))).toEqual([]);
  const failure = log().find((line) => line['msg'] === 'request failed');
  expect(failure).toMatchObject({ level: 50, stack: expect.stringContaining('tickets.ts') as string });
});
