import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { slack } from '../../channels/slack/deliver.ts';
import { failureOf, withShortTimeouts } from '../support/stand-ins/failures.ts';
import { pageOf, pagesOf } from '../support/stand-ins/pages.ts';
import type { SlackButton, SlackText } from '../support/stand-ins/slack-blocks.ts';
import { startSlack, type SlackStandIn } from '../support/stand-ins/slack.ts';

const token = 'xoxb-of-the-tests';
const member = 'U0ANN';

let service: SlackStandIn;
beforeAll(async () => {
  service = await startSlack(token);
});
afterEach(() => {
  service.messages.length = 0;
  service.violations.length = 0;
});
afterAll(() => service.close());

const deliver = (pages = pagesOf(1), { to = member, as = token } = {}) =>
  slack({ token: as, apiUrl: service.apiUrl })(pages, to);

describe('a page by Slack', () => {
  it('is a message with a button that acknowledges and one that opens the link', async () => {
    const page = pageOf();
    expect(await deliver([page])).toBe('posted 1767610800.000001');
    expect(service.violations).toEqual([]);
    const value = '7GQ2M9ZPWTXA WyJpbmNpZGVudCJd.c2lnbmF0dXJl';
    const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
    const due = '<!date^1767610800^{date_short_pretty} {time}|2026-01-05T11:00:00.000Z>';
    expect(service.messages).toMatchObject([
      {
        channel: member,
        text: 'An incident waits for you: First reply breached · ticket K7Q2-9MZP-4WTX',
        blocks: [
          { type: 'header', text: plain('An incident waits for you') },
          {
            type: 'section',
            text: { type: 'mrkdwn', text: `*First reply breached*\nTicket K7Q2-9MZP-4WTX · due ${due}` },
          },
          {
            type: 'actions',
            elements: [
              { type: 'button', style: 'primary', text: plain('Acknowledge'), action_id: 'acknowledge', value },
              { type: 'button', text: plain('Open'), action_id: 'open', url: page.acknowledgeUrl },
            ],
          },
        ],
      },
    ]);
  });

  it('about several incidents is one message with buttons for each', async () => {
    const pages = pagesOf(3);
    await deliver(pages, { to: 'C0DESK' });
    expect(service.violations).toEqual([]);
    expect(service.messages).toHaveLength(1);
    const [message] = service.messages;
    expect(message?.channel).toBe('C0DESK');
    expect(message?.blocks[0]?.text?.text).toBe('3 incidents wait for you');
    const [first, , third] = buttonsIn(message);
    expect([first?.value, third?.value]).toEqual([
      '7GQ2M9ZP0001 WyJpbmNpZGVudCJd.c2lnbmF0dXJl',
      '7GQ2M9ZP0003 WyJpbmNpZGVudCJd.c2lnbmF0dXJl',
    ]);
  });

  it.each([
    [20, undefined],
    [21, 'and 1 more'],
    [60, 'and 40 more'],
  ])('about %i incidents lists twenty', async (count, more) => {
    await deliver(pagesOf(count));
    expect(service.violations).toEqual([]);
    const [message] = service.messages;
    expect(buttonsIn(message)).toHaveLength(20);
    const note = message?.blocks.find((block) => block.type === 'context')?.elements?.[0] as SlackText | undefined;
    expect(note?.text).toBe(more);
    expect(message?.text.endsWith(more ?? '0020')).toBe(true);
  });

  it('shows what people wrote as they wrote it', async () => {
    await deliver([pageOf({ reason: '<script>&amp; <!channel> *now* 🔥' })]);
    expect(service.violations).toEqual([]);
    const shown = '&lt;script&gt;&amp;amp; &lt;!channel&gt; *now* 🔥';
    expect(service.messages[0]?.text).toContain(shown);
    expect(service.messages[0]?.blocks[1]?.text?.text).toContain(shown);
  });

  it('keeps within the limits', async () => {
    await deliver(pagesOf(60, { reason: '&'.repeat(5000) }));
    expect(service.violations).toEqual([]);
  });

  it('is not written to the console, whatever Slack says of it', async () => {
    const written = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    const metadata = { messages: ['[ERROR] a secret'], warnings: ['a secret'] };
    service.failNext({ status: 200, body: { ok: false, error: 'fatal_error', response_metadata: metadata } }, 0);
    await failureOf(deliver());
    await failureOf(deliver());
    for (const spy of written) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

function buttonsIn(message: SlackStandIn['messages'][number] | undefined): SlackButton[] {
  const rows = message?.blocks.filter((block) => block.type === 'actions') ?? [];
  return rows.map((row) => row.elements?.[0] as SlackButton);
}

describe('Slack', () => {
  it.each([
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'invalid_auth',
    'account_inactive',
    'token_revoked',
    'not_authed',
    'missing_scope',
    'user_not_found',
    'invalid_blocks',
    'msg_too_long',
    'no_text',
    'restricted_action',
  ])('refuses for good by %s', async (error) => {
    service.refuseNext(error);
    expect(await failureOf(deliver())).toEqual(['Refused', `Slack answered ${error}.`]);
  });

  it.each(['internal_error', 'fatal_error', 'service_unavailable', 'ratelimited', 'something_new'])(
    'may take it later after %s',
    async (error) => {
      service.refuseNext(error);
      expect(await failureOf(deliver())).toEqual(['Error', `Slack answered ${error}.`]);
    },
  );

  it('says by 429 when to come again, and is not asked before', async () => {
    service.failNext({ status: 429, headers: { 'retry-after': '30' } });
    const why = 'Slack answered that there are too many messages.';
    expect(await failureOf(deliver())).toEqual(['ComeAgain', why, 30_000]);
    service.failNext({ status: 429, headers: { 'retry-after': '3600' } });
    expect(await failureOf(deliver())).toEqual(['ComeAgain', why, 900_000]);
    expect(service.messages).toEqual([]);
  });

  it('is not asked again by its client', async () => {
    service.failNext(500);
    expect(await failureOf(deliver())).toEqual([
      'Error',
      'The service answered HTTP 500: {"ok":false,"error":"internal_error"}',
    ]);
    expect(service.messages).toEqual([]);
  });

  it.each([
    ['429 without a time', 429, 'Error'],
    ['502', 502, 'Error'],
    ['a broken connection', 0, 'Error'],
    ['404', 404, 'Refused'],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'Error'],
    ['no JSON', { status: 200, body: 'hello' }, 'Error'],
    ['null', { status: 200, body: 'null' }, 'Error'],
    ['no reason', { status: 200, body: { ok: false } }, 'Error'],
  ] as const)('that answers with %s is judged as any service', async (_case, failure, name) => {
    service.failNext(failure);
    expect((await failureOf(deliver()))[0]).toBe(name);
    expect(service.messages).toEqual([]);
  });

  it('may say when to come again by 503', async () => {
    service.failNext({ status: 503, headers: { 'retry-after': '5' } });
    expect(await failureOf(deliver())).toMatchObject(['ComeAgain', /HTTP 503/, 5000]);
  });

  it('is not quoted where it quotes token or address', async () => {
    service.refuseNext(`bad token ${token} for ${member}`);
    expect(await failureOf(deliver())).toEqual(['Error', 'Slack answered bad token … for ….']);
  });

  it('is not told what is wrong with a token that cannot be sent', async () => {
    expect((await failureOf(deliver(pagesOf(1), { as: 'xoxb-a\nsecret' })))[1]).not.toMatch('secret');
  });

  it('is waited for ten seconds', async () => {
    service.failNext('hang');
    const asked = await withShortTimeouts(() => expect(deliver()).rejects.toThrow('within 10 s'));
    expect(asked).toEqual([10_000]);
  });
});

it('the stand-in sees another token', async () => {
  await failureOf(deliver(pagesOf(1), { as: 'xoxb-another' }));
  expect(service.violations).toEqual(['not the token']);
});
