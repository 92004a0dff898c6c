import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { unique } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
let team: { id: string; name: string };
beforeAll(async () => {
  browser = await launchChromium();
  const name = unique('Reported');
  team = { ...(await desk().addTeam(name)), name };
  await desk().addTicket({ team: team.id, priority: 'high' });
  const solved = await desk().addTicket({ team: team.id });
  await desk().post(`/v1/tickets/${solved.id}/messages`, { author: 'agent', body: 'Done.', status: 'solved' });
});
afterAll(() => browser.close());

/** The cells of a row of the table, by what the row is called. */
function row(page: Page, name: string | RegExp): Promise<string[]> {
  const line = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  return line.first().getByRole('cell').allInnerTexts();
}

it('shows what happened, day by day, and split by what tickets have in common', async () => {
  const { page, complaints } = await visit(browser, { role: 'viewer' });
  await go(page, '/queue');
  await page.getByRole('link', { name: 'Reports' }).click();
  await page.getByRole('heading', { name: 'Volume' }).waitFor();
  await page.getByLabel('Team').selectOption({ label: team.name });
  await expect
    .poll(() => row(page, 'All together'))
    .toEqual([expect.stringMatching(/^2/), expect.stringMatching(/^1/), expect.stringMatching(/^0/)]);
  await page.locator('canvas').waitFor();
  expect(await page.getByRole('rowheader').count()).toBe(31);

  await page.getByLabel('Split by').selectOption('priority');
  await expect.poll(() => row(page, 'High')).toEqual(['1', '0', '0']);
  await expect.poll(() => row(page, 'Normal')).toEqual(['1', '1', '0']);
  // All of it is in the address.
  await page.reload();
  await expect.poll(() => row(page, 'Normal')).toEqual(['1', '1', '0']);
  expect(complaints).toEqual([]);
});

it('leads from a figure to the tickets that it counts, whose span can be taken away', async () => {
  const { page } = await visit(browser);
  await go(page, `/reports/volume?team=${team.id}&span=today&by=priority`);
  await page.getByRole('row').filter({ hasText: 'Normal' }).getByRole('link').nth(1).click();
  await page.waitForURL(/\/queue/);
  await expect.poll(() => page.locator('[data-ticket]').count()).toBe(1);
  await page.getByRole('button', { name: 'Remove the filter: Solved' }).click();
  // Still of the team and the priority, and still whatever became of it.
  await expect.poll(() => page.url()).not.toContain('solved=');
  await expect.poll(() => page.locator('[data-ticket]').count()).toBe(1);
  await go(page, `/reports/volume?team=${team.id}&span=today`);
  const total = page.getByRole('row').filter({ hasText: 'All together' }).getByRole('link');
  await total.first().click();
  await expect.poll(() => page.locator('[data-ticket]').count()).toBe(2);
});

it('leads from a backlog to what was unsolved then', async () => {
  const { page } = await visit(browser);
  await go(page, `/reports/backlog?team=${team.id}&span=today`);
  const total = page.getByRole('row').filter({ hasText: 'All together' });
  const unsolved = await total.getByRole('link').innerText();
  await total.getByRole('link').click();
  await page.getByText(/^Unsolved on .* ✕$/).waitFor();
  await expect.poll(() => page.locator('[data-ticket]').count()).toBe(Number(unsolved));
  await page.getByRole('button', { name: 'Remove the filter: Unsolved on' }).click();
  await page.getByText(/^Unsolved on/).waitFor({ state: 'detached' });
});

it('keeps what it is of when another report is chosen', async () => {
  const { page } = await visit(browser);
  await go(page, `/reports/volume?team=${team.id}&span=today`);
  await page.getByRole('link', { name: 'SLA attainment' }).click();
  await page.getByRole('heading', { name: 'SLA attainment' }).waitFor();
  await expect.poll(async () => (await row(page, 'All together'))[0]).toMatch(/^100 %/);
  expect(await page.getByLabel('Team').locator('option:checked').innerText()).toBe(team.name);
});

it('comes as a file with the same figures', async () => {
  const { page } = await visit(browser);
  await go(page, `/reports/volume?team=${team.id}&by=team`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('volume.csv');
  expect(await readFile(await download.path(), 'utf8')).toBe(
    `team,name,opened,solved,reopened\r\n${team.id},${team.name},2,1,0\r\ntotal,,2,1,0\r\n`,
  );
});

it('says so where there is no such report', async () => {
  const { page } = await visit(browser);
  await go(page, '/reports/weather');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByRole('table').count()).toBe(0);
});
