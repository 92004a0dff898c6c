import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** All tests share one desk, which is not empty: this browser is told that it is. */
async function emptyDesk(page: Page): Promise<void> {
  await page.route('**/v1/tickets?*', (route) => route.fulfill({ json: { data: [], next: null } }));
}

it('an empty desk says how the first ticket gets here, to who may set it up', async () => {
  const { page, complaints } = await visit(browser, { role: 'manager' });
  await emptyDesk(page);
  await go(page, '/queue');
  await page.getByRole('heading', { name: 'This desk has had no ticket yet' }).waitFor();
  const command = await page.getByLabel('Command to send a ticket').innerText();
  const body = /-d '(.*)'/.exec(command)?.[1] ?? '';
  expect(command).toContain(`curl -sS -X POST ${desk().url}/v1/tickets`);
  const answer = await desk().request('POST', '/v1/tickets', JSON.parse(body));
  expect(answer.status).toBe(201);
  expect(await page.getByRole('link', { name: 'All routes, with their fields' }).getAttribute('href')).toBe('/docs');
  expect(complaints).toEqual([]);
});

it('and to anybody else that there is nothing to do yet', async () => {
  const { page } = await visit(browser);
  await emptyDesk(page);
  await go(page, '/queue');
  await page.getByText('As soon as a customer writes').waitFor();
  expect(await page.getByLabel('Command to send a ticket').count()).toBe(0);
  await go(page, '/queue?priority=high');
  await page.getByText('No ticket matches these filters.').waitFor();
});
