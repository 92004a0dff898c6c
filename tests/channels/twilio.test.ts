import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sms, voice } from '../../channels/twilio/deliver.ts';
import { failureOf, withShortTimeouts } from '../support/stand-ins/failures.ts';
import { pageOf, pagesOf } from '../support/stand-ins/pages.ts';
import { startTwilio, type TwilioStandIn } from '../support/stand-ins/twilio.ts';

const accountSid = 'AC0123456789abcdef0123456789abcdef';
const authToken = 'a token of the tests';
const from = '+15550001111';
const to = '+15552223333';
const answerUrl = 'https://vigil.example.com/v1/answers?a=1&b="2"';

let service: TwilioStandIn;
beforeAll(async () => {
  service = await startTwilio(accountSid, authToken);
});
afterEach(() => {
  service.calls.length = 0;
  service.violations.length = 0;
});
afterAll(() => service.close());

const account = () => ({ accountSid, authToken, from, apiUrl: service.url });
const text = (pages = pagesOf(1), more: object = {}) => sms({ ...account(), ...more })(pages, to);
const call = (pages = pagesOf(1)) => voice({ ...account(), answerUrl: () => answerUrl })(pages, to);

describe('a page by text message', () => {
  it('is short', async () => {
    const page = pageOf();
    expect(await text([page])).toBe('HTTP 201');
    expect(service.violations).toEqual([]);
    const content = `Vigil: First reply breached, ticket K7Q2-9MZP-4WTX. Reply 1 to acknowledge or open ${page.acknowledgeUrl}`;
    expect(service.calls).toEqual([{ resource: 'Messages', to, from, content }]);
  });

  it('about several incidents is one', async () => {
    await text(pagesOf(3));
    expect(service.violations).toEqual([]);
    expect(service.calls.map((call) => call.content)).toEqual([
      'Vigil: 3 incidents: First reply breached, ticket K7Q2-9MZP-0001; First reply breached, ticket K7Q2-9MZP-0002; ' +
        'First reply breached, ticket K7Q2-9MZP-0003; reply 1 to acknowledge all',
    ]);
  });

  it('about very many lists as many as it can hold', async () => {
    await text(pagesOf(200));
    expect(service.violations).toEqual([]);
    const { content = '' } = service.calls[0] ?? {};
    const listed = content.match(/ticket/g)?.length ?? 0;
    expect(content.length).toBeLessThan(1600);
    expect(content.length).toBeGreaterThan(1500);
    expect(content.endsWith(`, and ${200 - listed} more; reply 1 to acknowledge all`)).toBe(true);
  });

  it('has the reason as it is, if not all of it', async () => {
    await text([pageOf({ reason: `<script>& 🔥${'x'.repeat(300)}` })]);
    expect(service.violations).toEqual([]);
    expect(service.calls[0]?.content).toMatch(/^Vigil: <script>& 🔥x{188}, ticket K7Q2-9MZP-4WTX\. Reply 1/);
  });

  it('does without a link that is too long', async () => {
    await text([pageOf({ acknowledgeUrl: `https://vigil.example.com/?token=${'t'.repeat(1600)}` })]);
    expect(service.violations).toEqual([]);
    expect(service.calls[0]?.content).toBe(
      'Vigil: First reply breached, ticket K7Q2-9MZP-4WTX. Reply 1 to acknowledge',
    );
  });

  it('goes to the API under any prefix', async () => {
    await text(pagesOf(1), { apiUrl: `${service.url}/` });
    expect(service.violations).toEqual([]);
  });
});

describe('a page by call', () => {
  it('says it twice and listens for a digit', async () => {
    expect(await call()).toBe('HTTP 201');
    expect(service.violations).toEqual([]);
    const say =
      '<Say>This is Vigil. First reply breached, ticket K 7 Q 2, 9 M Z P, 0 0 0 1. Press 1 to acknowledge.</Say>';
    const action = 'https://vigil.example.com/v1/answers?a=1&amp;b=&quot;2&quot;';
    expect(service.calls).toEqual([
      {
        resource: 'Calls',
        to,
        from,
        content:
          '<?xml version="1.0" encoding="UTF-8"?><Response>' +
          `<Gather numDigits="1" timeout="10" method="POST" action="${action}">${say}<Pause length="1"/>${say}</Gather>` +
          '</Response>',
      },
    ]);
  });

  it('names three incidents, and how many more there are', async () => {
    await call(pagesOf(3));
    await call(pagesOf(5));
    expect(service.violations).toEqual([]);
    const [three = '', five = ''] = service.calls.map(({ content }) => /<Say>(.*?)<\/Say>/.exec(content)?.[1]);
    expect(three).toMatch(/^This is Vigil\. 3 incidents wait for you\..*0 0 0 3\. Press 1 to acknowledge all\.$/);
    expect(five).toMatch(/^This is Vigil\. 5 incidents wait for you\..*0 0 0 3\. And 2 more\. Press 1 to/);
    expect(five).not.toContain('0 0 0 4');
  });

  it('asks for the answer to these pages', async () => {
    const asked: unknown[] = [];
    const pages = pagesOf(2);
    await voice({ ...account(), answerUrl: (pages) => (asked.push(pages), answerUrl) })(pages, to);
    expect(asked).toEqual([pages]);
  });

  it('reads out what people wrote, and takes none of it for TwiML', async () => {
    await call([pageOf({ reason: `</Say><Dial>"it's" & 🔥\u0007` })]);
    expect(service.violations).toEqual([]);
    expect(service.calls[0]?.content).toContain('&lt;/Say&gt;&lt;Dial&gt;&quot;it&apos;s&quot; &amp; 🔥, ticket');
  });

  it('keeps within the limits', async () => {
    await call(pagesOf(200, { reason: '"'.repeat(5000) }));
    expect(service.violations).toEqual([]);
  });
});

describe.each([
  ['a text message', () => text()],
  ['a call', () => call()],
])('%s', (_case, deliver) => {
  it('may be refused for good', async () => {
    const body = { code: 21211, message: `The 'To' number ${to} is not valid: 15552223333`, status: 400 };
    service.failNext({ status: 400, body });
    const why = "The service answered HTTP 400: 21211 The 'To' number … is not valid: …";
    expect(await failureOf(deliver())).toEqual(['Refused', why]);
  });

  it('may be one too many, whatever the status', async () => {
    const body = { code: 20429, message: 'Too many requests', status: 429 };
    const why = 'The service answered HTTP 429: 20429 Too many requests';
    service.failNext(429, { status: 400, body }, { status: 400, headers: { 'retry-after': '2' }, body });
    expect((await failureOf(deliver()))[0]).toBe('Error');
    expect(await failureOf(deliver())).toEqual(['Error', why]);
    expect(await failureOf(deliver())).toEqual(['ComeAgain', why, 2000]);
  });

  it.each([408, 500, 503, 0] as const)('may be taken later after %i', async (failure) => {
    service.failNext(failure);
    expect((await failureOf(deliver()))[0]).toBe('Error');
  });

  it.each(['<h1>Bad gateway</h1>', '{"code":"x"}', 'null'])('may be answered by a proxy: %s', async (body) => {
    service.failNext({ status: 502, body });
    expect(await failureOf(deliver())).toEqual(['Error', `The service answered HTTP 502: ${body}`]);
  });

  it('waits for ten seconds', async () => {
    service.failNext('hang');
    const asked = await withShortTimeouts(() => expect(deliver()).rejects.toThrow('within 10 s'));
    expect(asked).toEqual([10_000]);
  });
});

it('no error quotes what gives access to the account', async () => {
  const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  service.failNext({ status: 401, body: `${accountSid} ${authToken} ${basic} ${from}` });
  expect(await failureOf(text())).toEqual(['Refused', 'The service answered HTTP 401: … … … …']);
});

it('the stand-in sees another token', async () => {
  expect((await failureOf(text(pagesOf(1), { authToken: 'another' })))[0]).toBe('Refused');
  expect(service.violations).toEqual(['not authorized']);
});
