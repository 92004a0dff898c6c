import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { unique } from './desk.ts';
import { desk, visit, withoutApi } from './visit.ts';

let browser: Browser;
let channel: string;
beforeAll(async () => {
  browser = await launchChromium();
  channel = await desk().addPromise({ normal: { firstReply: 'PT4M' } });
});
afterAll(() => browser.close());

async function goToWall(page: Page, search = ''): Promise<void> {
  await page.goto(`${desk().url}/wall${search}`);
  await page.getByRole('region', { name: 'Next breaches' }).waitFor();
}

it('shows what happens while nobody touches it, and counts down', async () => {
  const { page, complaints } = await visit(browser, { role: 'viewer' });
  await goToWall(page);
  const opened = page.locator('dt', { hasText: 'Opened' }).locator('xpath=following-sibling::dd');
  const before = Number(await opened.innerText());
  const subject = unique('Falls due soon');
  const { id } = await desk().addTicket({ channel, subject });
  const line = page.getByRole('listitem').filter({ hasText: subject });
  await line.waitFor();
  await expect.poll(async () => Number(await opened.innerText())).toBeGreaterThan(before);
  const left = line.locator('time');
  const shown = await left.innerText();
  expect(shown).toMatch(/^[34]:\d\d$/);
  await expect.poll(() => left.innerText()).not.toBe(shown);

  await desk().post(`/v1/tickets/${id}/solve`, {});
  await line.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

async function rate(rating: string, comment: string): Promise<string> {
  const { id } = await desk().addTicket();
  await desk().post(`/v1/tickets/${id}/solve`, {});
  await desk().post(`/v1/tickets/${id}/rate`, { rating, comment });
  return id;
}

it('shows what customers say as they say it, bad words too', async () => {
  const { page, complaints } = await visit(browser, { role: 'viewer' });
  await rate('good', unique('A word before'));
  await goToWall(page);
  const region = page.getByRole('region', { name: 'ratings' });
  await region.waitFor();
  const comment = unique('Nobody answered for days');
  const id = await rate('bad', comment);
  const line = region.getByRole('listitem').filter({ hasText: comment });
  await line.waitFor({ timeout: 60_000 });
  expect(await line.innerText()).toMatch(/Bad/);
  expect(await region.innerText()).toMatch(/\d %\n.*\d+ of \d+ good this month/);

  await page.goto(`${desk().url}/tickets/${id}`);
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByText(comment).waitFor();
  await details.getByText('rated the solution: Bad').waitFor();
  expect(complaints).toEqual([]);
});

it.each([
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
])('fits on a screen of $width × $height, in type that is read from afar', async (viewport) => {
  const { page, person } = await visit(browser, { viewport });
  const rotation = { type: 'daily', start: '2026-01-01T08:00:00Z', shiftLength: 1 };
  const layers = [{ rotation, participants: [person.id] }];
  for (let i = 0; i < 4; i++) await desk().post('/v1/schedules', { name: unique('Line'), timeZone: 'UTC', layers });
  for (let i = 0; i < 12; i++) await desk().addTicket({ channel, subject: 'Long '.repeat(40) });
  for (let i = 0; i < 4; i++) await rate(i % 2 === 0 ? 'good' : 'bad', 'They stayed with me to the end. '.repeat(20));
  await goToWall(page);
  await page.getByRole('listitem').filter({ hasText: 'Long' }).nth(5).waitFor();
  await page.getByRole('region', { name: 'ratings' }).getByRole('listitem').nth(1).waitFor();
  // As many lines as there ever are at once; who is on duty beyond them comes in turn.
  await page.getByRole('region', { name: 'On duty' }).getByRole('listitem').nth(2).waitFor();
  const { clientWidth, clientHeight, scrollWidth, scrollHeight, cut, smallest } = await page.evaluate<
    Record<'clientWidth' | 'clientHeight' | 'scrollWidth' | 'scrollHeight' | 'cut' | 'smallest', number>
  >(`(() => {
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = document.querySelector('main');
    const sections = [...document.querySelectorAll('main section')];
    const cut = sections.filter((section) => section.scrollHeight > section.clientHeight + 1).length;
    const texts = [...document.querySelectorAll('main :not(:has(*))')].filter((text) => text.innerText?.trim());
    const smallest = Math.min(...texts.map((text) => parseFloat(getComputedStyle(text).fontSize)));
    return { clientWidth, clientHeight, scrollWidth, scrollHeight, cut, smallest };
  })()`);
  expect([scrollWidth, scrollHeight, cut]).toEqual([clientWidth, clientHeight, 0]);
  // Read from five metres on a screen of 55 inches: letters of at least 1.7 % of its height.
  expect(smallest / viewport.height).toBeGreaterThan(0.017);
});

it('takes its colours from its address, and leaves those of the application alone', async () => {
  const { page } = await visit(browser, { colorScheme: 'light' });
  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
  await goToWall(page, '?theme=dark');
  expect(await scheme()).toBe('dark');
  // The system's changing is not the wall's.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(scheme).toBe('dark');
  await page.getByRole('link', { name: 'Vigil' }).click();
  await page.getByRole('heading', { name: 'Queue' }).waitFor();
  expect(await scheme()).toBe('light');
});

it('says that it is out of date, and since when, and comes back by itself', async () => {
  const { page } = await visit(browser);
  await goToWall(page);
  await page.evaluate('window.neverReloaded = true');
  const alert = page.getByRole('alert');
  await withoutApi(async () => {
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/Out of date: as of \d\d:\d\d, \d+ secs? ago/);
    // What was true last stays to be seen.
    await page.getByRole('region', { name: 'Next breaches' }).waitFor();
  });
  await alert.waitFor({ state: 'detached', timeout: 30_000 });
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  const subject = unique('After the outage');
  await desk().addTicket({ channel: await desk().addPromise({ normal: { firstReply: 'PT1M' } }), subject });
  await page.getByRole('listitem').filter({ hasText: subject }).waitFor();
  expect(await page.evaluate('window.neverReloaded')).toBe(true);
});

it('leads to signing in once its session has ended, and back', async () => {
  const { page, context } = await visit(browser);
  await goToWall(page, '?theme=dark');
  await context.request.delete(`${desk().url}/v1/session`, { headers: { 'x-vigil-request': '1' } });
  await desk().addTicket();
  await page.waitForURL('**/sign-in?next=*wall*');
});
