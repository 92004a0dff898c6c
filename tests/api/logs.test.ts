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

const private_ = 'Xq7private';
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
    subject: private_,
    body: private_,
    requester: { email: `${private_}@example.com`, name: private_ },
    tags: [private_],
    customFields: { [private_]: private_ },
  };
  const headers = { 'idempotency-key': private_, 'user-agent': private_, cookie: private_, referer: private_ };
  const { id } = (await desk.call('POST', '/v1/tickets', secret, headers)).json<{ id: string }>();
  await desk.call('POST', '/v1/tickets', { ...secret, subject: 'other' }, headers);
  await desk.call('POST', '/v1/tickets', { ...secret, [private_]: 1, priority: private_ }, headers);
  await desk.call('POST', '/v1/tickets', `{"${private_}`, { ...headers, 'content-type': 'application/json' });
  await desk.call('POST', `/v1/tickets/${id}/messages`, { author: 'customer', body: private_ }, headers);
  await desk.call('POST', `/v1/attachments?name=${private_}`, private_, { 'content-type': 'text/plain' });
  await desk.call('GET', `/v1/tickets?q=${private_}&requester=${private_}&cursor=${private_}`);
  await desk.call('GET', `/v1/tickets/${private_}`);
  await desk.call('GET', `/${private_}`, undefined, { authorization: `Bearer ${private_}` });
  await desk.call('GET', '/v1/tickets', undefined, { authorization: `Bearer ${private_}` });
  await desk.call('POST', '/v1/users', { name: private_, email: `${private_}@example.com`, role: 'agent' });
  await desk.call('POST', '/v1/users', { name: private_, email: `${private_}@example.com`, role: 'agent' });
  const fail = vi.spyOn(desk.directory, 'termsFor').mockImplementation(() => {
    throw new Error(private_);
  });
  const failed = await desk.call('POST', '/v1/tickets', newTicket);
  fail.mockRestore();
  const socket = connect((desk.app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(`${private_}\r\n\r\n`);
  socket.resume();
  await once(socket, 'close');

  expect(failed.json()).toMatchObject({ status: 500, detail: expect.not.stringContaining(private_) as string });
  expect(lines.length).toBeGreaterThan(25);
  const leaks = lines.filter((line) => line.includes(private_) || line.includes('example.com'));
  // The one part of an address that is logged is what stands for an id.
  expect(leaks.map((line) => (JSON.parse(line) as { req?: object }).req)).toEqual([
    { method: 'GET', route: '/v1/tickets/:id', id: private_ },
  ]);
  const key = desk.headers['authorization']?.slice('Bearer '.length) ?? '-';
  expect(lines.filter((line) => line.includes(key))).toEqual([]);
  const failure = log().find((line) => line['msg'] === 'request failed');
  expect(failure).toMatchObject({ level: 50, stack: expect.stringContaining('tickets.ts') as string });
});
