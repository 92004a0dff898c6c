import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { handIn, newTicket } from './tickets-by-rest.ts';

const limit = 100_000;
let desk: DeskApp;
let url: string;
beforeAll(async () => {
  desk = await startDeskApp({ VIGIL_ATTACHMENT_LIMIT: String(limit) });
  await desk.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(desk.app.server.address() as AddressInfo).port}/v1/attachments`;
});
afterAll(() => desk.close());

interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

async function store(
  body: string | Buffer<ArrayBuffer> | FormData,
  headers: Record<string, string> = {},
  query = '',
): Promise<Attachment> {
  const answer = await fetch(`${url}${query}`, { method: 'POST', headers: { ...desk.headers, ...headers }, body });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return (await answer.json()) as Attachment;
}

const get = (id: string) => fetch(`${url}/${id}`, { headers: desk.headers });
const form = (content: string | Buffer<ArrayBuffer>, name: string): FormData => {
  const data = new FormData();
  data.append('file', new Blob([content], { type: 'text/html' }), name);
  return data;
};
const octets = { 'content-type': 'application/octet-stream' };
const unfinished = () => readdir(path.join(desk.app.parts.config.dataDir, 'attachments', 'incoming'));
const png: Buffer<ArrayBuffer> = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==',
  'base64',
);

describe('an attachment', () => {
  it.each([
    ['as it is', (content: Buffer<ArrayBuffer>) => store(content, { 'content-type': 'image/gif' }, '?name=shot.png')],
    ['as a form', (content: Buffer<ArrayBuffer>) => store(form(content, 'shot.png'))],
  ])('sent %s comes back byte by byte, under the hash of its content', async (_how, send) => {
    const stored = await send(png);
    const id = createHash('sha256').update(png).digest('hex');
    expect(stored).toEqual({ id, name: 'shot.png', size: png.length, type: 'image/png' });
    const answer = await get(id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png.length),
      'content-disposition': "attachment; filename*=UTF-8''shot.png",
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['a page', '<!doctype html><script>alert(1)</script>', 'text/plain; charset=utf-8'],
    ['text', 'Grüße', 'text/plain; charset=utf-8'],
    ['text of another encoding', Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]), 'application/octet-stream'],
    ['text with a NUL', 'a\0b', 'application/octet-stream'],
    // Cut in the middle of a character where the sniffing ends, which is no fault of the text.
    ['long text', `${'x'.repeat(64 * 1024 - 1)}ä`, 'text/plain; charset=utf-8'],
    ['text after that', 'plain', 'text/plain; charset=utf-8'],
  ])('that is %s is served as what it is, whatever it was sent as', async (_what, content, type) => {
    const { id } = await store(content, { 'content-type': 'text/html' });
    expect((await get(id)).headers.get('content-type')).toBe(type);
  });

  it.each([
    ['attachment; filename="a \\"b\\".txt"', 'a "b".txt'],
    ["attachment; filename=plain.txt; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt", 'grüße.txt'],
    ["attachment; filename=plain.txt; filename*=UTF-8''%ff", 'plain.txt'],
    ['attachment', 'file'],
  ])('is named by %s', async (disposition, name) => {
    expect(await store('x', { 'content-disposition': disposition })).toMatchObject({ name });
  });

  it('of an odd name is given back under it', async () => {
    const { id, name } = await store(form('odd', 'a";\r\nb (1)*\u{1f525}.txt'));
    const disposition = (await get(id)).headers.get('content-disposition') ?? '';
    const [, encoded = ''] = /^attachment; filename\*=UTF-8''([A-Za-z0-9%._~!-]+)$/.exec(disposition) ?? [];
    expect(decodeURIComponent(encoded)).toBe(name);
  });

  it('may be as large as the limit', async () => {
    expect(await store(Buffer.alloc(limit, 7))).toMatchObject({ size: limit });
    expect((await desk.call('POST', '/v1/attachments', Buffer.alloc(limit + 1), octets)).statusCode).toBe(413);
  });

  it.each([
    ['that says so', false],
    ['in chunks', true],
  ])('that is too large, %s, is refused, and nothing of it is kept', async (_how, chunked) => {
    const [head = '', body = ''] = (await postBytes(50 * limit, chunked)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 413 /);
    expect(JSON.parse(body)).toMatchObject({ status: 413, type: 'urn:vigil:problem:too-large' });
    expect(await unfinished()).toEqual([]);
  });

  it('that is too large in a form is refused too', async () => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: desk.headers,
      body: form(Buffer.alloc(2 * limit), 'f'),
    });
    expect(answer.status).toBe(413);
    expect(await unfinished()).toEqual([]);
  });

  it('that breaks off is not kept', async () => {
    const sending = request(url, { method: 'POST', headers: { ...desk.headers, 'content-length': '1000' } });
    sending.on('error', () => undefined);
    sending.write('a part');
    await vi.waitFor(async () => expect(await unfinished()).toHaveLength(1));
    sending.destroy();
    await vi.waitFor(async () => expect(await unfinished()).toEqual([]));
  });

  it.each([
    ['nothing', {}, undefined],
    ['a form without a file', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--\r\n'],
    ['a form without an end', { 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\n'],
    ['a form that says no boundary', { 'content-type': 'multipart/form-data' }, 'x'],
  ])('sent as %s is refused', async (_what, headers, body) => {
    const answer = await desk.call('POST', '/v1/attachments', body, headers);
    expect(answer.json()).toMatchObject({ status: 400 });
  });

  it('of an unknown or impossible id is not found', async () => {
    expect((await get('0'.repeat(64))).status).toBe(404);
    expect((await get('..%2f..%2fsecret')).status).toBe(400);
  });
});

it('tickets and messages refer to attachments by id, under names of their own', async () => {
  const { id } = await store('the log', {}, '?name=first.log');
  const ticket = await handIn(desk, { attachments: [{ id }, { id, name: 'again.log' }] });
  const { client } = desk.app.parts.temporal;
  const { events } = await client.workflow.getHandle(`ticket/${ticket.id}`).fetchHistory();
  const input = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  const { message } = (JSON.parse(Buffer.from(input ?? []).toString()) as { input: { message: object } }).input;
  expect(message).toMatchObject({
    body: newTicket.body,
    attachments: [
      { id, name: 'first.log' },
      { id, name: 'again.log' },
    ],
  });
});

/** Sends all that many bytes before it reads the answer, as plain clients do. */
async function postBytes(size: number, chunked: boolean): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const length = chunked ? 'transfer-encoding: chunked' : `content-length: ${size}`;
  const { authorization } = desk.headers;
  socket.write(`POST /v1/attachments HTTP/1.1\r\nhost: vigil\r\nauthorization: ${authorization}\r\n${length}\r\n\r\n`);
  const body = Buffer.alloc(size);
  const sent = chunked
    ? Buffer.concat([Buffer.from(`${size.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
    : body;
  await new Promise<void>((resolve, reject) => socket.write(sent, (error) => (error ? reject(error) : resolve())));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString();
}
