import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mail, type MailChannel } from '../../channels/mail/deliver.ts';
import { failureOf } from '../support/stand-ins/failures.ts';
import { pageOf, pagesOf } from '../support/stand-ins/pages.ts';
import { startSmtp, type SmtpStandIn } from '../support/stand-ins/smtp.ts';

const address = 'ann@example.com';

let server: SmtpStandIn;
let channel: MailChannel;
beforeAll(async () => {
  server = await startSmtp();
  channel = mail({ smtpUrl: server.url, from: 'Vigil <vigil@desk.example.com>' });
});
afterEach(() => {
  server.mails.length = 0;
  server.violations.length = 0;
});
afterAll(async () => {
  channel.close();
  await server.close();
});

const deliver = (pages = pagesOf(1), to = address) => channel.deliver(pages, to);
const header = (name: string) => server.mails.map((mail) => mail.headers.get(name));

describe('a page by mail', () => {
  it('has the link in text and HTML', async () => {
    const page = pageOf();
    expect(await deliver([page])).toBe(`250 OK: queued as 1 for <…> ${'and so on '.repeat(20)}`.slice(0, 100));
    expect(server.violations).toEqual([]);
    expect(server.mails).toMatchObject([{ from: 'vigil@desk.example.com', to: [address] }]);
    const [sent] = server.mails;
    const title = 'First reply breached · ticket K7Q2-9MZP-4WTX';
    expect(header('subject')).toEqual([title]);
    expect(header('from')).toEqual(['Vigil <vigil@desk.example.com>']);
    expect(sent?.text).toContain(`${title}\r\nDue 2026-01-05T11:00:00Z\r\nAcknowledge: ${page.acknowledgeUrl}\r\n`);
    expect(sent?.html).toContain(`<a href="${page.acknowledgeUrl}">Acknowledge</a>`);
    expect(sent?.html).toContain(`${title}<br>Due <time datetime="2026-01-05T11:00:00Z">`);
  });

  it('asks machines for no answer', async () => {
    await deliver();
    expect(header('auto-submitted')).toEqual(['auto-generated']);
    expect(header('x-auto-response-suppress')).toEqual(['All']);
    expect(header('precedence')).toEqual([undefined]);
  });

  it('about several incidents is one mail', async () => {
    const pages = pagesOf(3);
    await deliver(pages);
    expect(server.violations).toEqual([]);
    expect(header('subject')).toEqual(['3 incidents wait for you']);
    for (const { acknowledgeUrl } of pages) {
      expect(server.mails[0]?.text).toContain(`Acknowledge: ${acknowledgeUrl}\r\n`);
      expect(server.mails[0]?.html).toContain(`href="${acknowledgeUrl}"`);
    }
  });

  it('has the id of its first page', async () => {
    const [first, second] = pagesOf(2);
    await deliver([first]);
    await deliver([first, second as typeof first]);
    await deliver([second as typeof first]);
    const digest = createHash('sha256').update(first.dedupKey).digest('hex').slice(0, 32);
    const [once, again, other] = header('message-id');
    expect(once).toBe(`<${digest}@desk.example.com>`);
    expect(again).toBe(once);
    expect(other).not.toBe(once);
  });

  it('has an id also where the sender is no more than a name', async () => {
    const { deliver, close } = mail({ smtpUrl: server.url, from: 'vigil' });
    await deliver(pagesOf(1), address);
    close();
    expect(header('message-id')[0]).toMatch(/^<[0-9a-f]{32}@vigil\.invalid>$/);
  });

  it('shows what people wrote as they wrote it', async () => {
    const acknowledgeUrl = `https://vigil.example.com/?a=1&b='"><script>`;
    await deliver([pageOf({ reason: '<script>"it\'s" &amp; 🔥', acknowledgeUrl })]);
    expect(server.violations).toEqual([]);
    expect(header('subject')).toEqual(['<script>"it\'s" &amp; 🔥 · ticket K7Q2-9MZP-4WTX']);
    expect(server.mails[0]?.text).toContain('<script>"it\'s" &amp; 🔥');
    expect(server.mails[0]?.html).toContain('&lt;script&gt;&quot;it&#39;s&quot; &amp;amp; 🔥');
    expect(server.mails[0]?.html).toContain(
      'href="https://vigil.example.com/?a=1&amp;b=&#39;&quot;&gt;&lt;script&gt;"',
    );
  });

  it('has no headers but ours, and no recipient but one', async () => {
    await deliver([pageOf({ reason: 'First\r\nBcc: bob@example.com\r\nreply' })]);
    await failureOf(deliver(pagesOf(1), 'ann@example.com, bob@example.com'));
    await failureOf(deliver(pagesOf(1), 'ann@example.com\r\nRCPT TO:<bob@example.com>'));
    expect(server.violations).toEqual([]);
    expect(header('bcc').filter((value) => value !== undefined)).toEqual([]);
    expect(server.mails.flatMap((mail) => mail.to).filter((to) => to.startsWith('bob'))).toEqual([]);
    expect(header('subject')[0]).toBe('First Bcc: bob@example.com reply · ticket K7Q2-9MZP-4WTX');
  });

  it('is not too long for a line', async () => {
    await deliver([pageOf({ reason: 'é'.repeat(3000) })]);
    expect(server.violations).toEqual([]);
    expect(header('subject')[0]).toBe(`${'é'.repeat(3000)} · ticket K7Q2-9MZP-4WTX`);
  });
});

describe('a mail server', () => {
  it.each([550, 552, 554])('refuses for good by %i, and is not quoted where it quotes the address', async (code) => {
    server.failNext(code);
    expect(await failureOf(deliver())).toEqual(['Refused', `The mail server answered: ${code} <…>: refused`]);
  });

  it.each([450, 451, 452])('may take it later after %i', async (code) => {
    server.failNext(code);
    expect(await failureOf(deliver())).toEqual(['Error', `The mail server answered: ${code} <…>: refused`]);
  });

  it('may take it later after 421, by which it hangs up', async () => {
    server.failNext(421);
    expect((await failureOf(deliver()))[0]).toBe('Error');
  });

  it('may take it later when the connection breaks, and is not asked again before', async () => {
    server.failNext(0);
    expect(await failureOf(deliver())).toEqual(['Error', 'The mail server took no mail: ECONNECTION.']);
    expect(server.mails).toEqual([]);
    expect(await deliver()).toMatch('250 OK');
  });

  it('may take it later when it cannot be reached, and neither it nor the account is named', async () => {
    const away = mail({ smtpUrl: 'smtp://vigil:a-secret@127.0.0.1:1', from: 'vigil@desk.example.com' });
    expect(await failureOf(away.deliver(pagesOf(1), address))).toEqual([
      'Error',
      'The mail server took no mail: ESOCKET.',
    ]);
    away.close();
  });

  it('is waited for ten seconds', async () => {
    server.failNext('hang');
    const start = performance.now();
    expect(await failureOf(deliver())).toEqual(['Error', 'The mail server took no mail: ECONNECTION.']);
    expect(performance.now() - start).toBeGreaterThan(9000);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it('is told nothing more once the channel is closed', async () => {
    const closed = mail({ smtpUrl: server.url, from: 'vigil@desk.example.com' });
    closed.close();
    expect(await failureOf(closed.deliver(pagesOf(1), address))).toEqual([
      'Error',
      'The mail server took no mail: ECONNECTION.',
    ]);
  });
});
