import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDeskApp, type DeskApp } from './desk-app.ts';
import { handIn, newTicket } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startDeskApp();
});
afterAll(() => desk.close());

const json = { 'content-type': 'application/json' };
/** Sends bytes as they are, which no JSON library would write. */
const post = (body: string | Buffer, headers: Record<string, string> = json) =>
  desk.call('POST', '/v1/tickets', body, headers);
const ticketWith = (field: string): Buffer =>
  Buffer.from(JSON.stringify({ ...newTicket, subject: '#' }).replace('#', field));

describe('every refusal', () => {
  it('is a problem document', async () => {
    const answer = await desk.call('GET', '/v1/tickets/0000-0000-0000');
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toEqual({
      type: 'urn:vigil:problem:not-found',
      title: 'There is no such thing',
      status: 404,
      detail: 'There is no ticket of this id.',
    });
  });

  it('says where nothing is, and which methods an address takes', async () => {
    expect((await desk.call('GET', '/v1/nothing')).json()).toMatchObject({ status: 404 });
    const wrong = await desk.call('DELETE', '/v1/tickets/0000-0000-0000');
    expect(wrong.json()).toMatchObject({ status: 405, type: 'urn:vigil:problem:method-not-allowed' });
    expect(wrong.headers.allow).toBe('GET, HEAD');
    expect((await desk.call('PUT', '/v1/tickets/0000/solve')).headers.allow).toBe('POST');
  });

  it.each([
    ['/v1/tickets?q=%00', 'query.q'],
    ['/v1/users/usr_%00', 'params.id'],
  ])('of %s names what PostgreSQL could not hold', async (address, path) => {
    expect((await desk.call('GET', address)).json()).toMatchObject({ status: 400, errors: [{ path }] });
  });

  it('of an address or a request that cannot be read is one too', async () => {
    const address = await desk.call('GET', '/v1/tickets/%E0%A4%A');
    expect(address.json()).toMatchObject({ status: 400, detail: 'The address is not valid.' });
    await desk.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = desk.app.server.address() as AddressInfo;
    for (const [sent, status] of [
      ['no HTTP at all\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ] as const) {
      const socket = connect(port, '127.0.0.1');
      socket.write(sent);
      let answer = '';
      socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
      await once(socket, 'close');
      expect(answer).toContain(`HTTP/1.1 ${status} `);
      expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status });
    }
  });
});

describe('a body', () => {
  it('is refused with everything that is wrong with it', async () => {
    const answer = await desk.call('POST', '/v1/tickets', {
      subject: 5,
      body: '',
      requester: { email: 'nobody', name: 'A', phone: '1' },
      priority: 'hot',
      customFields: { 'a\nb': { deep: true } },
      'a/b': 1,
    });
    expect(answer.statusCode).toBe(400);
    const { errors } = answer.json<{ errors: { path: string; message: string }[] }>();
    expect(Object.fromEntries(errors.map((e) => [e.path, e.message]))).toEqual({
      subject: 'must be string',
      body: 'must NOT have fewer than 1 characters',
      'requester.email': 'must match format "email"',
      'requester.phone': 'is not known here',
      priority: 'must be one of low, normal, high, urgent',
      'customFields.a\nb': 'must be string,number,boolean,null',
      'a/b': 'is not known here',
    });
  });

  it.each([
    ['no UTF-8', Buffer.concat([Buffer.from('{"subject":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]), ''],
    ['a NUL character', ticketWith('a\\u0000b'), 'subject'],
    ['half a surrogate pair', ticketWith('a\\ud800b'), 'subject'],
    ['a bad field name', Buffer.from('{"a\\u0000":1}'), ''],
    ['too many values', Buffer.from(JSON.stringify({ tags: Array(30_000).fill(1) })), ''],
    ['too much depth', Buffer.from('{"a":'.repeat(30) + '1' + '}'.repeat(30)), Array(21).fill('a').join('.')],
  ])('with %s is refused by name', async (_what, body, path) => {
    const answer = await post(body);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path }] });
  });

  it.each([
    ['that is no JSON', '{"subject":'],
    ['that poisons prototypes', '{"__proto__":{"admin":true}}'],
    ['that is empty', ''],
    ['that is not an object', '[]'],
  ])('%s is refused', async (_what, body) => {
    expect((await post(body)).statusCode).toBe(400);
  });

  it('of more than 1 MiB, or of another type, is refused', async () => {
    expect((await post(ticketWith('x'.repeat(1024 * 1024)))).json()).toMatchObject({ status: 413 });
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      expect((await post('x', { 'content-type': type })).json()).toMatchObject({ status: 415 });
    }
  });

  it('keeps every character that can be stored', async () => {
    const subject = 'Grüße, 日本語, 😀, \u202e, \ufffd, "quotes" \\ and \t tabs';
    expect(await handIn(desk, { subject })).toMatchObject({ subject });
  });
});

describe('a query', () => {
  it('is checked as strictly, and numbers in it are read as numbers', async () => {
    expect((await desk.call('GET', '/v1/tickets?limit=2')).statusCode).toBe(200);
    for (const [query, path] of [
      ['limit=0', 'query.limit'],
      ['limit=many', 'query.limit'],
      ['nothing=1', 'query.nothing'],
      ['status=new,unknown', 'query.status'],
      ['cursor=bogus', 'query.cursor'],
      ['dueBefore=tomorrow', 'query.dueBefore'],
      ['sort=subject', 'query.sort'],
    ]) {
      const answer = await desk.call('GET', `/v1/tickets?${query}`);
      expect(answer.json(), query).toMatchObject({ status: 400, errors: [{ path }] });
    }
  });
});

describe('an Idempotency-Key', () => {
  it.each(['', ' ', 'ä', 'x'.repeat(256), 'tab\there'])('such as %j is refused', async (key) => {
    const answer = await desk.call('POST', '/v1/tickets', newTicket, { 'idempotency-key': key });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: 'headers.idempotency-key' }] });
  });

  it('of 255 characters is taken', async () => {
    await handIn(desk, {}, 'x'.repeat(255));
  });
});
