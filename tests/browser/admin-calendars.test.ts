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

async function stored(name: string): Promise<{ id: string } | undefined> {
  const answer = await desk().request('GET', '/v1/calendars?limit=100');
  const { data } = (await answer.json()) as { data: { id: string; name: string }[] };
  return data.find((calendar) => calendar.name === name);
}

it('says when the desk is open, shows what that gives, and is deleted unless something needs it', async () => {
  const { page, complaints } = await visit(browser, { role: 'manager' });
  const name = unique('Office');
  await go(page, '/admin/calendars');
  await page.getByRole('link', { name: 'Add a calendar' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Asia/Kathmandu');
  await page.getByRole('textbox', { name: 'Monday' }).fill('8-12, 13:00-16:30');
  await page.getByRole('button', { name: 'As on Monday until Friday' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Friday' }).inputValue()).toBe('08:00-12:00, 13:00-16:30');
  await page.getByRole('textbox', { name: 'Saturday' }).fill('10:00-9:00');
  const preview = page.getByRole('region', { name: 'The next two weeks' });
  await preview.getByText('What is typed cannot be a calendar yet.').waitFor();
  await page.getByRole('button', { name: 'Add a calendar' }).click();
  await page.getByText(/10:00/).last().waitFor();
  await page.getByRole('textbox', { name: 'Saturday' }).fill('');
  await page.getByRole('textbox', { name: 'Holidays' }).fill('2026-12-25\n2027-01-01');
  await page.getByRole('textbox', { name: 'Days with hours' }).fill('2026-12-24 9-12');
  await expect.poll(() => preview.getByRole('listitem').count()).toBeGreaterThanOrEqual(18);
  await page.getByRole('button', { name: 'Add a calendar' }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  const day = [
    ['08:00', '12:00'],
    ['13:00', '16:30'],
  ];
  const calendar = await stored(name);
  expect(calendar).toMatchObject({
    timeZone: 'Asia/Kathmandu',
    hours: { mon: day, tue: day, wed: day, thu: day, fri: day },
    holidays: ['2026-12-25', '2027-01-01'],
    special: { '2026-12-24': [['09:00', '12:00']] },
  });

  await page.getByRole('checkbox', { name: 'Around the clock' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await preview.getByText('Open now').waitFor();
  expect(await stored(name)).toMatchObject({ hours: 'always' });

  const channel = unique('by-calendar').replace(' ', '-');
  const policy = { name: channel, targets: {}, conditions: { channel: [channel] }, calendar: calendar?.id };
  const { id } = await desk().post<{ id: string }>('/v1/sla-policies', policy);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('alert').filter({ hasText: channel }).waitFor();
  await desk().request('DELETE', `/v1/sla-policies/${id}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('link', { name: 'Add a calendar' }).waitFor();
  expect(await stored(name)).toBeUndefined();
  expect(complaints).toEqual([]);
});

it.each(['agent', 'trainee', 'viewer'])('is part of a room that is not for a person with the role %s', async (role) => {
  const { page } = await visit(browser, { role });
  await page.goto(`${desk().url}/admin/calendars/new`);
  await page.getByText('Administration is not for your role').waitFor();
});
