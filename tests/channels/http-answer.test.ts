import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { comeAgain, failureOf, noAnswer, post, printable } from '../../channels/http-answer.ts';
import { failureOf as thrownBy, withShortTimeouts } from '../support/stand-ins/failures.ts';
import { startStandIn, type StandIn, type StandInRequest } from '../support/stand-ins/http-stand-in.ts';

const answer = (status: number, retryAfter: string | null = null) => ({ status, retryAfter });
const failure = (status: number, retryAfter: string | null = null) =>
  thrownBy(Promise.reject(failureOf(answer(status, retryAfter), '', [])));

describe('an answer outside 2xx', () => {
  it.each([301, 302, 400, 401, 403, 404, 409, 410, 422])('is for good with %i', async (status) => {
    expect(await failure(status, '5')).toEqual(['Refused', `The service answered HTTP ${status}.`]);
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 599])('may be another one later after %i', async (status) => {
    expect(await failure(status)).toEqual(['Error', `The service answered HTTP ${status}.`]);
  });

  it.each([429, 503])('says with %i and Retry-After when to come again', async (status) => {
    expect(await failure(status, '7')).toEqual(['ComeAgain', `The service answered HTTP ${status}.`, 7000]);
  });

  it.each([408, 425, 500, 502])('does not with %i, for which Retry-After is not defined', async (status) => {
    expect(await failure(status, '7')).toEqual(['Error', `The service answered HTTP ${status}.`]);
  });

  it.each(['soon', '', '-3', '1.5', 'Mon, 05 Foo 2026 11:00:00 GMT', '2026-01-05T11:00:00Z'])(
    'is a plain failure where Retry-After is "%s"',
    async (header) => expect((await failure(429, header))[0]).toBe('Error'),
  );

  it('says why in at most 200 characters', () => {
    const { message } = failureOf(answer(400), `${'a'.repeat(199)}🔥`, []);
    expect(message).toBe(`The service answered HTTP 400: ${'a'.repeat(199)}\uFFFD`);
  });
});

describe('Retry-After', () => {
  afterEach(() => void vi.useRealTimers());

  it('may be a date', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-01-05T11:00:00Z') });
    expect((await failure(429, 'Mon, 05 Jan 2026 11:01:30 GMT'))[2]).toBe(90_000);
    expect((await failure(429, 'Mon, 05 Jan 2026 10:00:00 GMT'))[2]).toBe(0);
    expect((await failure(429, 'Tue, 06 Jan 2026 11:00:00 GMT'))[2]).toBe(15 * 60_000);
  });

  it('counts for 15 minutes at most', async () => {
    expect((await failure(503, '900'))[2]).toBe(900_000);
    expect((await failure(503, '901'))[2]).toBe(900_000);
    expect((await failure(503, '0'))[2]).toBe(0);
    expect(comeAgain('', Number.MAX_SAFE_INTEGER).afterMs).toBe(900_000);
  });
});

describe('what an outside system said', () => {
  it.each([
    ['the key abc-123 is wrong', 'the key … is wrong'],
    ['<ann.lee+desk@mail.example.com>: unknown', '<…>: unknown'],
    ["The 'To' number +15551234567 is wrong", "The 'To' number … is wrong"],
    ['call (555) 123-4567 or +49 30 123456', 'call (… or …'],
    ['two\r\n\tlines\u0000 ', 'two lines'],
    ['21211 on 2026 at 250 2.0.0 OK', '21211 on 2026 at 250 2.0.0 OK'],
  ])('%j is told as %j', (said, told) => expect(printable(said, ['abc-123', ''])).toBe(told));

  it('is read in no time even where it is long', () => {
    const start = performance.now();
    printable('a'.repeat(1_000_000), ['b']);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('a request', () => {
  let service: StandIn;
  const requests: StandInRequest[] = [];
  beforeAll(async () => {
    service = await startStandIn({
      check: () => undefined,
      accept: (request) => {
        requests.push(request);
        return { status: 201, body: 'taken' };
      },
      failureBody: () => 'a reason',
    });
  });
  afterAll(() => service.close());
  const send = () => post(`${service.url}/path?secret`, { 'x-key': 'a secret' }, 'body 🔥');

  it('carries headers and body', async () => {
    expect(await send()).toEqual({ status: 201, retryAfter: null, body: 'taken' });
    expect(requests).toMatchObject([
      { method: 'POST', body: 'body 🔥', headers: { 'x-key': 'a secret', 'user-agent': 'Vigil' } },
    ]);
  });

  it('gives what was answered, whatever it is', async () => {
    service.failNext({ status: 503, headers: { 'retry-after': '3' }, body: 'a reason' });
    expect(await send()).toEqual({ status: 503, retryAfter: '3', body: 'a reason' });
  });

  it('follows no redirect', async () => {
    const before = requests.length;
    service.failNext({ status: 307, headers: { location: service.url } });
    expect(await send()).toMatchObject({ status: 307 });
    expect(requests.length).toBe(before);
  });

  it('fails without a word on where to and what when the connection breaks', async () => {
    service.failNext(0);
    expect(await thrownBy(send())).toEqual(['Error', 'The service gave no answer of use: UND_ERR_SOCKET.']);
  });

  it('fails so when it cannot be made', async () => {
    const wrong = [post('no url: a secret', {}, ''), post(service.url, { 'x-key': 'a secret\nof two lines' }, '')];
    for (const attempt of wrong) expect((await thrownBy(attempt))[1]).not.toMatch('secret');
  });

  it('waits for ten seconds', async () => {
    service.failNext('hang');
    let thrown: unknown;
    const asked = await withShortTimeouts(async () => (thrown = await thrownBy(send())));
    expect(asked).toEqual([10_000]);
    expect(thrown).toEqual(['Error', 'The service did not answer within 10 s.']);
  });
});

it('that nothing was answered can be said of anything thrown', () => {
  expect(noAnswer('a secret').message).toBe('The service gave no answer of use.');
});
