import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ComeAgain, type Page, Refused } from '../../channels/page.ts';
import { webhook } from '../../channels/webhook/deliver.ts';
import { startPageReceiver, type PageReceiver } from '../support/page-receiver.ts';

const secret = 'a secret of the desk';
const page: Page = {
  incident: 'i',
  ticket: 't',
  step: 1,
  round: 1,
  user: 'usr_ann',
  dedupKey: 'key',
  reason: 'First reply breached',
  priority: 'normal',
  dueAt: Date.parse('2026-01-05T11:00:00Z'),
  acknowledgeUrl: 'http://localhost/',
};

let receiver: PageReceiver;
beforeAll(async () => {
  receiver = await startPageReceiver(secret);
});
afterAll(() => receiver.close());

const deliver = (as = secret) => webhook({ secret: as })([page], receiver.url);

describe('a webhook', () => {
  it('is signed so that the receiver can check it', async () => {
    expect(await deliver()).toBe('HTTP 202');
    expect(receiver.violations).toEqual([]);
  });

  it('with another secret is refused for good', async () => {
    await expect(deliver('another secret!!')).rejects.toBeInstanceOf(Refused);
    expect(receiver.violations).toEqual(['bad signature']);
  });

  it.each([500, 503, 429, 408])('may be tried again after %i', async (status) => {
    receiver.failNext(status);
    const failure = deliver();
    await expect(failure).rejects.toThrow(`HTTP ${status}`);
    await expect(failure).rejects.not.toBeInstanceOf(Refused);
  });

  it('may be tried again when the receiver says', async () => {
    receiver.failNext(429);
    const failure = deliver();
    await expect(failure).rejects.toBeInstanceOf(ComeAgain);
    await expect(failure).rejects.toMatchObject({ afterMs: 1000 });
  });

  it.each([301, 400, 404, 410])('is not tried again after %i', async (status) => {
    receiver.failNext(status);
    await expect(deliver()).rejects.toBeInstanceOf(Refused);
  });

  it('may be tried again when the connection breaks', async () => {
    receiver.failNext(0);
    await expect(deliver()).rejects.not.toBeInstanceOf(Refused);
  });
});
