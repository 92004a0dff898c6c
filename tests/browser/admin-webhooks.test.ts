import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/stand-ins/webhook-receiver.ts';
import { unique } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
let receiver: WebhookReceiver;
beforeAll(async () => {
  browser = await launchChromium();
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await receiver.close();
  await browser.close();
});

const deliveries = (page: Page) => page.getByRole('region', { name: 'Deliveries' });
const tick = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true });

it('adds a webhook, whose key is shown once, tells it of tickets, and sends again what failed', async () => {
  const { page, complaints } = await visit(browser, { role: 'manager' });
  await go(page, '/admin/webhooks');
  await page.getByRole('link', { name: 'Add a webhook' }).click();
  const name = unique('Chat');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Address' }).fill('https://ann:secret@example.com');
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  await page.getByText('a name or a password in it').waitFor();
  await page.getByRole('textbox', { name: 'Address' }).fill(`${receiver.url}/vigil`);
  expect(await tick(page, 'ticket.created').isDisabled()).toBe(true);
  await tick(page, 'Everything').uncheck();
  await tick(page, 'ticket.created').check();
  await tick(page, 'All of promises').check();
  expect(await tick(page, 'sla.breached').isChecked()).toBe(true);
  // Other tests' tickets keep promises, too.
  await tick(page, 'All of promises').uncheck();
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  const key = await page.getByRole('textbox', { name: 'Signature key' }).inputValue();
  receiver.trust(key);

  await page.getByRole('link', { name: 'To its deliveries' }).click();
  await deliveries(page).getByText('Nothing has been sent yet.').waitFor();
  await deliveries(page).getByRole('button', { name: 'Send a test' }).click();
  await deliveries(page).getByText('✓ Delivered').waitFor();
  expect(receiver.told.map(({ type }) => type)).toEqual(['webhook.test']);

  receiver.failNext({ status: 429, headers: { 'retry-after': '600' } });
  const { id, reference } = await desk().addTicket();
  const entry = deliveries(page).getByRole('listitem').filter({ hasText: 'ticket.created' });
  await entry.getByText('HTTP 429').first().waitFor();
  await entry.locator('summary').click();
  await entry.getByText('it is 429').first().waitFor();
  await entry.getByText(`"ticket": "${id}"`).waitFor();
  await entry.getByRole('link', { name: reference }).waitFor();
  await entry.getByRole('button', { name: 'Try now' }).click();
  await entry.getByText('✓ Delivered').waitFor();
  await entry.getByText('2 attempts').waitFor();
  await entry.getByRole('button', { name: 'Send again' }).click();
  await expect
    .poll(() => receiver.told.filter(({ type, data }) => type === 'ticket.created' && data['ticket'] === id).length)
    .toBe(2);
  expect(receiver.violations).toEqual([]);
  expect(complaints).toEqual([]);
});

it('is changed, given another key, switched off and deleted', async () => {
  const { page } = await visit(browser, { role: 'admin' });
  const name = unique('Data');
  await desk().post('/v1/webhooks', { name, url: 'https://data.example/in', events: ['incident.*'] });
  await go(page, '/admin/webhooks');
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByText('data.example').waitFor();
  await row.getByText('✓ Works').waitFor();
  await row.getByRole('link', { name }).click();

  await page.getByRole('button', { name: 'Make a new key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new key' }).click();
  expect(await page.getByRole('textbox', { name: 'New key' }).inputValue()).toMatch(/^whsec_/);
  await page.getByText('The key before this one signs, too').waitFor();

  await tick(page, 'Switched on').uncheck();
  await tick(page, 'message.added').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  await deliveries(page).getByText('Switched off: nothing is sent.').waitFor();
  expect(await deliveries(page).getByRole('button', { name: 'Send a test' }).isDisabled()).toBe(true);

  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Webhooks' }).waitFor();
  expect(await page.getByRole('link', { name }).count()).toBe(0);
});

it('says why a webhook was switched off, and what to do', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const body = { name: unique('Gone'), url: `${receiver.url}/gone`, events: ['sla.breached'] };
  const { id, key } = await desk().post<{ id: string; key: string }>('/v1/webhooks', body);
  receiver.trust(key);
  receiver.failNext(410);
  await go(page, `/admin/webhooks/${id}`);
  await deliveries(page).getByRole('button', { name: 'Send a test' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Switched off by Vigil' });
  await alert.getByText('HTTP 410').waitFor();
  await alert.getByText('1 delivery waits.').waitFor();
  await tick(page, 'Switched on').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await deliveries(page).getByText('✓ Delivered').waitFor();
  await alert.waitFor({ state: 'detached' });
});

it.each(['agent', 'trainee', 'viewer'])('is not for the role %s', async (role) => {
  const { page, context } = await visit(browser, { role });
  await go(page, '/admin/webhooks');
  await page.getByRole('heading', { name: 'Administration is not for your role' }).waitFor();
  expect((await context.request.get(`${desk().url}/v1/webhooks`)).status()).toBe(403);
});
