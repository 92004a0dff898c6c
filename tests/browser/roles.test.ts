import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('shows a viewer everything, and nothing to change it with', async () => {
  const { page, context } = await visit(browser, { name: 'Vera Viewer', role: 'viewer' });
  const { id } = await desk().addTicket();
  await go(page, '/queue');
  await page.locator('[data-ticket]').first().waitFor();
  expect(await page.getByRole('checkbox').count()).toBe(0);
  await go(page, `/tickets/${id}`);
  await page.getByText('It is the third one this week.').waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);
  expect(await page.getByRole('complementary').getByRole('button').count()).toBe(0);
  expect(await page.getByRole('complementary').getByRole('combobox').count()).toBe(0);
  // The page only mirrors it: the API is who refuses.
  const answer = await context.request.post(`${desk().url}/v1/tickets/${id}/solve`, {
    data: {},
    headers: { 'x-vigil-request': '1' },
  });
  expect(answer.status()).toBe(403);
});
