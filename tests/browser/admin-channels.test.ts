import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { startStandIn, type StandIn } from '../support/stand-ins/http-stand-in.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
let receiver: StandIn;
const received: string[] = [];
beforeAll(async () => {
  browser = await launchChromium();
  receiver = await startStandIn({
    check: ({ headers }) => (headers['webhook-signature'] === undefined ? 'not signed' : undefined),
    accept: ({ body }) => {
      received.push((JSON.parse(body) as { text: string }).text);
      return { status: 202, body: {} };
    },
    failureBody: () => ({}),
  });
});
afterAll(async () => {
  await receiver.close();
  await browser.close();
});

it('shows what is set up, what is missing, and where answers are brought', async () => {
  const { page, complaints } = await visit(browser, { role: 'manager' });
  await go(page, '/admin/channels');
  const mail = page.getByRole('region', { name: 'Mail' });
  await mail.getByText('○ Not set up').waitFor();
  await mail.getByRole('listitem').filter({ hasText: 'VIGIL_SMTP_URL ⚠ missing' }).waitFor();
  expect(await mail.getByRole('button').count()).toBe(0);
  const slack = page.getByRole('region', { name: 'Slack' });
  const address = slack.getByRole('textbox', { name: 'Address for answers' });
  expect(await address.inputValue()).toBe(`${desk().url}/v1/channels/slack/interactions`);
  await slack.getByText('refused until VIGIL_SLACK_SIGNING_SECRET is set').waitFor();
  // This desk has no name that anybody else could call.
  await page.getByText('Set VIGIL_PUBLIC_URL').waitFor();
  await page.getByText('Nobody: set VIGIL_FALLBACK_CONTACT').waitFor();
  expect(complaints).toEqual([]);
});

it('sends a test to an address, and says what the service answered and what to do', async () => {
  const { page, person } = await visit(browser, { name: 'Mona Manager', role: 'manager' });
  await go(page, '/admin/channels');
  const webhook = page.getByRole('region', { name: 'Webhook' });
  const send = webhook.getByRole('button', { name: 'Send a test' });
  await webhook.getByRole('textbox', { name: 'Test to' }).fill('not an address');
  await send.click();
  await webhook.getByText('right is an http or https address').waitFor();
  await webhook.getByRole('textbox', { name: 'Test to' }).fill(`${receiver.url}/hook`);
  await send.click();
  await webhook.getByRole('status').getByText('✓ Accepted by the service: HTTP 202').waitFor();
  expect(received.at(-1)).toContain('Mona Manager tests whether Vigil reaches you by a webhook.');
  receiver.failNext(401);
  await send.click();
  await webhook.getByRole('status').getByText('✗ Not sent: The service answered HTTP 401').waitFor();
  await webhook.getByText('Give it the key that the command above shows.').waitFor();
  receiver.failNext({ status: 503, headers: { 'retry-after': '90' } });
  await send.click();
  await webhook.getByText(/Too many messages at once\. Try again in 1 min/).waitFor();
  // Others can see who had it sent.
  await page.goto(`${desk().url}/admin/audit?resource=channels&actor=${person.id}`);
  await page.getByText('Channel “webhook”').first().waitFor();
});

it('offers one’s own contacts', async () => {
  const { page, person } = await visit(browser, { role: 'manager' });
  const contacts = [
    { type: 'webhook', address: `${receiver.url}/own` },
    { type: 'sms', address: '+4915112345678' },
  ];
  await desk().request('PATCH', `/v1/users/${person.id}`, { contacts });
  await go(page, '/admin/channels');
  const webhook = page.getByRole('region', { name: 'Webhook' });
  const to = webhook.getByRole('combobox', { name: 'Test to' });
  expect(await to.inputValue()).toBe(`${receiver.url}/own`);
  await webhook.getByRole('button', { name: 'Send a test' }).click();
  await webhook.getByText('✓ Accepted').waitFor();
  await to.selectOption({ label: 'Another address…' });
  await webhook.getByText('✓ Accepted').waitFor({ state: 'detached' });
  await webhook.getByRole('textbox', { name: 'Address' }).waitFor();
  await page
    .getByRole('region', { name: 'Text message' })
    .getByText(/⚠ .*cannot be paged by it/)
    .waitFor();
});

it.each(['agent', 'trainee', 'viewer'])('is not for the role %s', async (role) => {
  const { page, context } = await visit(browser, { role });
  await go(page, '/admin/channels');
  await page.getByRole('heading', { name: 'Administration is not for your role' }).waitFor();
  expect((await context.request.get(`${desk().url}/v1/channels`)).status()).toBe(403);
  const options = { data: { address: `${receiver.url}/other` }, headers: { 'x-vigil-request': '1' } };
  const answer = await context.request.post(`${desk().url}/v1/channels/webhook/test`, options);
  expect(answer.status()).toBe(403);
});
