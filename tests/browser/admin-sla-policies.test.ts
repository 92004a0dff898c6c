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

async function stored(name: string): Promise<object | undefined> {
  const answer = await desk().request('GET', '/v1/sla-policies?limit=100');
  const { data } = (await answer.json()) as { data: { name: string }[] };
  return data.find((policy) => policy.name === name);
}

it('promises by priority, channel and hours, shows what that does, and takes it back', async () => {
  const { page, complaints } = await visit(browser, { role: 'manager' });
  const name = unique('Gold');
  // All tests share one desk: the policy is for a channel of its own.
  const channel = unique('gold').replace(' ', '-');
  const calendar = await desk().post<{ id: string; name: string }>('/v1/calendars', {
    name: unique('Office'),
    timeZone: 'Europe/Lisbon',
    hours: { mon: [['09:00', '17:00']] },
  });
  await go(page, '/admin/sla-policies');
  await page.getByRole('link', { name: 'Add a policy' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Channels' }).fill(channel);
  const urgent = page.getByRole('group', { name: 'Urgent' });
  await urgent.getByLabel('First reply').fill('1h 30m');
  await urgent.getByLabel('Resolution').fill('soon');
  await page.getByRole('button', { name: 'Add a policy' }).click();
  // What is no length of time is not sent.
  expect(
    await urgent
      .getByLabel('Resolution')
      .evaluate((field: unknown) => (field as { validity: { valid: boolean } }).validity.valid),
  ).toBe(false);
  expect(await stored(name)).toBeUndefined();
  await urgent.getByLabel('Resolution').fill('2d');
  await page.getByLabel('Hours').selectOption(calendar.name);
  await page.getByLabel('Warnings').fill('90, 50');
  await page.getByRole('checkbox', { name: 'On hold' }).check();
  await page.getByRole('button', { name: 'Add a policy' }).click();
  await page.getByText(/ascending/).waitFor();
  await page.getByLabel('Warnings').fill('50, 90');
  await page.getByRole('button', { name: 'Add a policy' }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  expect(await stored(name)).toMatchObject({
    conditions: { channel: [channel] },
    targets: { urgent: { firstReply: 'PT1H30M', resolution: 'PT48H' } },
    calendar: calendar.id,
    warnAt: [0.5, 0.9],
    pauseOn: ['pending', 'on-hold'],
  });

  await urgent.getByLabel('Resolution').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await stored(name)).toMatchObject({ targets: { urgent: { firstReply: 'PT1H30M' } } });
  await page.getByRole('link', { name: 'Try it with a ticket' }).click();
  await page.getByLabel('Priority').selectOption('Urgent');
  await page.getByText('First reply: within 1 hr 30 mins').waitFor();

  await go(page, '/admin/sla-policies');
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByText('Urgent: First reply 1 hr 30 mins').waitFor();
  await row.getByText(calendar.name).waitFor();
  await row.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await row.waitFor({ state: 'detached' });
  expect(await stored(name)).toBeUndefined();
  expect(complaints).toEqual([]);
});

it.each(['agent', 'trainee', 'viewer'])('is part of a room that is not for a person with the role %s', async (role) => {
  const { page } = await visit(browser, { role });
  await page.goto(`${desk().url}/admin/sla-policies/new`);
  await page.getByText('Administration is not for your role').waitFor();
});
