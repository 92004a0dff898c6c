import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { unique } from './desk.ts';
import { desk, go, visit, type Visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** A schedule that the visitor shares with a colleague, each on duty for every other working day. */
async function shared({ person }: Visit) {
  const colleague = await desk().addPerson(unique('Bob'));
  const schedule = await desk().addSchedule(unique('Duty'), [person.id, colleague.id]);
  return { colleague, schedule };
}

const part = (page: Page, name: string): Locator => page.getByRole('region', { name });

it('shows who is on duty and who comes next, and what of it is mine', async () => {
  const visitor = await visit(browser);
  const { page, person, complaints } = visitor;
  const { schedule } = await shared(visitor);
  await go(page, '/queue');
  await page.getByRole('link', { name: 'On call' }).click();
  const row = page.getByRole('row').filter({ hasText: schedule.name });
  await expect.poll(() => row.innerText()).toMatch(/until .*from /s);
  await part(page, 'My shifts').getByText(schedule.name).first().waitFor();
  await row.getByRole('link', { name: schedule.name }).click();
  await page.getByRole('heading', { name: schedule.name }).waitFor();
  await part(page, 'Shifts').getByText(person.name).first().waitFor();
  // On Saturdays nobody is.
  await part(page, 'Shifts').getByText('Nobody is on duty').first().waitFor();
  await part(page, 'How duty is shared').getByRole('rowheader', { name: person.name }).waitFor();
  expect(complaints).toEqual([]);
});

it('lets somebody cover a gap, and takes it back', async () => {
  const visitor = await visit(browser);
  const { page, person } = visitor;
  const { schedule } = await shared(visitor);
  await go(page, `/on-call/${schedule.id}`);
  const gap = part(page, 'Shifts').getByRole('listitem').filter({ hasText: 'Nobody is on duty' }).first();
  await gap.getByRole('button', { name: 'Cover' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Person').selectOption({ label: `${person.name} (me)` });
  await dialog.getByLabel('Reason').fill('I am here anyway');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const override = part(page, 'Overrides').getByRole('listitem').filter({ hasText: 'I am here anyway' });
  await override.getByText(`${person.name} joins`).waitFor();
  const { data } = (await (await desk().request('GET', `/v1/schedules/${schedule.id}/overrides`)).json()) as {
    data: { adds: string }[];
  };
  expect(data).toMatchObject([{ adds: person.id }]);
  await override.getByRole('button', { name: 'Take back' }).click();
  await override.waitFor({ state: 'detached' });
});

it('asks a colleague for a swap, who accepts it', async () => {
  const visitor = await visit(browser, { name: unique('Ann') });
  const { page, person } = visitor;
  const other = await visit(browser, { name: unique('Cleo') });
  const schedule = await desk().addSchedule(unique('Swapped'), [person.id]);
  await go(page, '/on-call');
  const mine = part(page, 'My shifts').getByRole('listitem').filter({ hasText: schedule.name }).first();
  await mine.getByRole('button', { name: 'Ask for a swap' }).click();
  await page.getByRole('dialog').getByLabel('Whom').selectOption({ label: other.person.name });
  await page.getByRole('dialog').getByRole('button', { name: 'Ask' }).click();
  await part(page, 'Open swaps').getByText(`You asked ${other.person.name}`).waitFor();

  await go(other.page, '/on-call');
  const request = part(other.page, 'Open swaps').getByRole('listitem').filter({ hasText: person.name });
  await request.getByRole('button', { name: 'Accept' }).click();
  await part(other.page, 'My shifts').getByText(schedule.name).first().waitFor();
  await request.waitFor({ state: 'detached' });
});

it('enters an absence, and says which shifts then need somebody else', async () => {
  const visitor = await visit(browser, { name: unique('Dora') });
  const { page, person } = visitor;
  const schedule = await desk().addSchedule(unique('Missed'), [person.id]);
  await go(page, '/on-call');
  await page.getByRole('button', { name: 'Enter an absence' }).click();
  const dialog = page.getByRole('dialog');
  const day = (by: number): string => new Date(Date.now() + by * 86_400_000).toISOString().slice(0, 16);
  await dialog.getByLabel('From').fill(day(8));
  await dialog.getByLabel('Until').fill(day(1));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').getByText('must be after start').waitFor();
  await dialog.getByLabel('From').fill(day(1));
  await dialog.getByLabel('Until').fill(day(8));
  await dialog.getByRole('button', { name: 'Save' }).click();
  const line = part(page, 'Absences').getByRole('listitem').filter({ hasText: person.name });
  await line.getByText(`${schedule.name} needs somebody else`).first().waitFor();
  await line.getByRole('button', { name: 'Delete' }).click();
  await line.waitFor({ state: 'detached' });
});

it('gives a secret address for calendars, and takes it back', async () => {
  const { page } = await visit(browser);
  await go(page, '/on-call');
  await page.getByRole('button', { name: 'Make an address' }).click();
  const shown = await page.locator('code').innerText();
  const address = desk().url + new URL(shown).pathname;
  expect(await (await fetch(address)).text()).toContain('BEGIN:VCALENDAR');
  // Shown once; that there is one stays known.
  await page.reload();
  await page.getByRole('button', { name: 'Revoke' }).waitFor();
  expect(await page.locator('code').count()).toBe(0);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke' }).waitFor({ state: 'detached' });
  expect((await fetch(address)).status).toBe(404);
});

it('lets viewers look, and change nothing', async () => {
  const visitor = await visit(browser, { role: 'viewer' });
  const { page } = visitor;
  const { schedule } = await shared(visitor);
  await go(page, `/on-call/${schedule.id}`);
  await part(page, 'Shifts').getByRole('listitem').first().waitFor();
  expect(await page.getByRole('button', { name: 'Cover' }).count()).toBe(0);
  await go(page, '/on-call');
  await page.getByRole('heading', { name: 'Absences' }).waitFor();
  expect(await page.getByRole('button', { name: 'Enter an absence' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Make an address' }).count()).toBe(0);
});
