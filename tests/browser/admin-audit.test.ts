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

it('shows who changed what, and from what to what, with the names of things', async () => {
  const { page, person: me, complaints } = await visit(browser, { role: 'manager', name: unique('Mona') });
  const team = await desk().addTeam(unique('First line'));
  const { data } = (await (await desk().request('GET', '/v1/teams?limit=100')).json()) as {
    data: { id: string; name: string }[];
  };
  const teamName = data.find(({ id }) => id === team.id)?.name ?? '';
  const { id, name } = await desk().addPerson(unique('Petra'), 'trainee');
  await go(page, `/admin/people/${id}`);
  await page.getByLabel('Role', { exact: true }).selectOption('Agent');
  await page.getByLabel('Add a team').selectOption(teamName);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  await page.getByRole('link', { name: 'Changes' }).click();
  const entry = page.getByRole('listitem').filter({ hasText: me.name });
  await expect
    .poll(() => entry.innerText())
    .toMatch(new RegExp(`changed: Person “${name}”.*Role.*Trainee → Agent.*Teams.*\\+ ${teamName}`, 's'));
  // Who made them came by the key of the desk.
  expect(await page.getByRole('listitem').filter({ hasText: 'VIGIL_ADMIN_KEY' }).innerText()).toContain('added');
  expect(complaints).toEqual([]);
});

it('is filtered by who and by what, and its address keeps that', async () => {
  const { page, person: me } = await visit(browser, { role: 'manager', name: unique('Max') });
  const { id } = await desk().addPerson(unique('Paul'));
  await go(page, `/admin/people/${id}`);
  await page.getByLabel('Skills').fill('dns');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  await go(page, '/admin/audit');
  await page.getByLabel('Who', { exact: true }).selectOption(me.name);
  await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(2);
  await page.getByLabel('What', { exact: true }).selectOption('Signing in');
  await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(1);
  await page.getByText('used an invitation and set a password').waitFor();
  await page.reload();
  await page.getByText('used an invitation and set a password').waitFor();
  await page.getByLabel('To', { exact: true }).fill('2020-01-01');
  await page.getByText('Nothing was changed that fits these filters.').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBeGreaterThan(2);
});
