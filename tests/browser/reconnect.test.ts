import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { unique } from './desk.ts';
import { desk, go, visit, withoutApi } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('catches up by itself after the API was away, without a reload and without a word lost', async () => {
  const { page } = await visit(browser);
  const team = await desk().addTeam(unique('Team'));
  await desk().addTicket({ subject: 'There before', team: team.id });
  await go(page, `/queue?team=${team.id}`);
  await page.getByText('There before').waitFor();
  await page.evaluate('window.neverReloaded = true');

  await withoutApi(async () => {
    await page.getByText('Vigil cannot be reached.').waitFor();
    await page.getByText('There before').waitFor();
  });
  await page.locator('header [data-state="connected"]').waitFor({ timeout: 30_000 });
  await page.getByText('Vigil cannot be reached.').waitFor({ state: 'detached' });

  await desk().addTicket({ subject: 'There afterwards', team: team.id });
  await page.getByText('There afterwards').waitFor();
  expect(await page.evaluate('window.neverReloaded')).toBe(true);
});
