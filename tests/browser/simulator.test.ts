import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { unique } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('tells what would happen to a ticket, and keeps the ticket in its address', async () => {
  const { page, complaints } = await visit(browser, { role: 'manager' });
  const ann = await desk().addPerson(unique('Ann'));
  const channel = await desk().addPromise({ urgent: { firstReply: 'PT1H', resolution: 'PT8H' } });
  await go(page, '/admin/people');
  await page.getByRole('link', { name: 'Simulator' }).click();
  await page.getByLabel('Priority').selectOption('Urgent');
  await page.getByRole('textbox', { name: 'Channel' }).fill(channel);
  await page.getByLabel('Person on it').selectOption(ann.name);
  await page.getByLabel('Handed in at').fill('2026-03-02T09:00');
  const course = page.getByRole('region', { name: 'What happens when' });
  const breach = course.getByRole('listitem').filter({ hasText: '“First reply” is breached' });
  await breach.filter({ hasText: '+ 1 hr' }).waitFor();
  await course.getByRole('listitem').filter({ hasText: 'Warning: 50 % of “First reply” used' }).waitFor();
  // Nobody can page Ann, who has no contact, and the page says so.
  await course.getByText(`${ann.name} cannot be paged`).waitFor();
  await page.getByText('Resolution: within 8 hr').waitFor();

  await page.reload();
  await breach.waitFor();
  expect(await page.getByLabel('Handed in at').inputValue()).toBe('2026-03-02T09:00');
  await page.getByRole('textbox', { name: 'Channel' }).fill('Not a channel!');
  await page.getByText(/must match/).waitFor();
  await page.getByRole('textbox', { name: 'Channel' }).fill(channel);
  await breach.waitFor();
  expect(complaints).toEqual([]);
});

it.each(['agent', 'trainee', 'viewer'])('is part of a room that is not for a person with the role %s', async (role) => {
  const { page } = await visit(browser, { role });
  await page.goto(`${desk().url}/admin/simulator`);
  await page.getByText('Administration is not for your role').waitFor();
});
