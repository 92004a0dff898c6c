import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { unique } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: new RegExp(`^${name}`) });

it('has the usual questions ready, each with its count as it changes', async () => {
  const { page, person, complaints } = await visit(browser);
  await go(page, '/queue');
  await tab(page, 'My open').getByText('0', { exact: true }).waitFor();
  const { id } = await desk().addTicket({ assignee: person.id });
  await tab(page, 'My open').getByText('1', { exact: true }).waitFor();
  await tab(page, 'My open').click();
  await page.getByText('1 ticket', { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('?assignee=me');
  expect(await tab(page, 'My open').getAttribute('aria-current')).toBe('page');
  expect(await tab(page, 'Unassigned').getAttribute('aria-current')).toBeNull();
  expect(await tab(page, 'All unsolved').getAttribute('aria-current')).toBeNull();
  await desk().post(`/v1/tickets/${id}/solve`, {});
  await tab(page, 'My open').getByText('0', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

it('tells what is due soon from what is not', async () => {
  const { page, person } = await visit(browser);
  const channel = await desk().addPromise({ high: { firstReply: 'PT50M' }, low: { firstReply: 'PT3H' } });
  await desk().addTicket({ channel, priority: 'low', assignee: person.id, subject: 'Has time' });
  await desk().addTicket({ channel, priority: 'high', assignee: person.id, subject: 'Has none' });
  await go(page, `/queue?assignee=me&due=PT1H`);
  await page.getByText('1 ticket', { exact: true }).waitFor();
  await page.locator('[data-ticket]').filter({ hasText: 'Has none' }).waitFor();
  await page.getByLabel('Due', { exact: true }).selectOption('PT4H');
  await page.getByText('2 tickets', { exact: true }).waitFor();
  await page.getByLabel('Due', { exact: true }).selectOption('PT0S');
  await page.getByText('No ticket matches these filters.').waitFor();
});

it('filters by level, channel and tag, in the address', async () => {
  const { page } = await visit(browser);
  const channel = unique('chat').replace(' ', '-');
  await desk().addTicket({ channel, level: 2, tags: ['vip', 'eu'], subject: 'Wanted' });
  await desk().addTicket({ channel, level: 1, tags: ['vip'], subject: 'Other level' });
  await desk().addTicket({ channel, level: 2, tags: ['eu'], subject: 'Other tag' });
  await go(page, '/queue');
  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByLabel('Channel').fill(channel);
  await page.getByText('3 tickets', { exact: true }).waitFor();
  await page.getByLabel('Level').selectOption('2');
  await page.getByText('2 tickets', { exact: true }).waitFor();
  await page.getByLabel('Tag', { exact: true }).fill('vip');
  await page.getByText('1 ticket', { exact: true }).waitFor();
  await page.locator('[data-ticket]').filter({ hasText: 'Wanted' }).waitFor();
  await page.reload();
  await page.getByText('1 ticket', { exact: true }).waitFor();
  expect(await page.getByLabel('Channel').inputValue()).toBe(channel);
  expect(new URL(page.url()).search).toBe(`?channel=${channel}&level=2&tag=vip`);
});

it('saves what is asked for as one’s own, renames, arranges and deletes it', async () => {
  const { page, complaints } = await visit(browser);
  const { page: other } = await visit(browser);
  const team = await desk().addTeam(unique('Team'));
  await desk().addTicket({ team: team.id, priority: 'urgent' });
  for (const [name, address] of [
    ['Urgent here', `/queue?team=${team.id}&priority=urgent`],
    ['All here', `/queue?team=${team.id}`],
  ] as const) {
    await go(page, address);
    await page.getByRole('button', { name: 'Save as view' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as view' });
    // An agent has no say in what everybody sees.
    expect(await dialog.getByLabel('Everybody sees it').count()).toBe(0);
    await dialog.getByLabel('Name').fill(name);
    await page.keyboard.press('Enter');
    await tab(page, name).getByText('1', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Save as view' }).count()).toBe(0);
  }
  await tab(page, 'Urgent here').click();
  await page.waitForURL((url) => url.searchParams.get('priority') === 'urgent');

  await page.getByRole('button', { name: 'Manage views' }).click();
  const dialog = page.getByRole('dialog', { name: 'Manage views' });
  await dialog.getByRole('group', { name: 'All here' }).getByRole('button', { name: 'Move to the left' }).click();
  const names = () => page.getByRole('navigation', { name: 'Views' }).getByRole('link').allInnerTexts();
  await expect.poll(async () => (await names()).slice(4).join()).toMatch(/All here.*Urgent here/s);
  const field = dialog.getByRole('group', { name: 'All here' }).getByLabel('Name');
  await field.fill('urgent HERE');
  await field.press('Enter');
  await dialog.getByText('Another view has this name.').waitFor();
  await field.fill('Everything here');
  await field.press('Enter');
  const renamed = dialog.getByRole('group', { name: 'Everything here' });
  await renamed.getByRole('button', { name: 'Delete' }).click();
  await renamed.getByRole('button', { name: 'Really delete?' }).click();
  await renamed.waitFor({ state: 'detached' });
  await expect.poll(names).toHaveLength(5);
  await go(other, '/queue');
  await tab(other, 'My open').waitFor();
  expect(await tab(other, 'Urgent here').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('lets who may configure give everybody a view, and others only look at it', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const { page: agents } = await visit(browser);
  const name = unique('For all');
  await go(page, '/queue?status=pending');
  await page.getByRole('button', { name: 'Save as view' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('dialog').getByLabel('Everybody sees it').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await tab(page, name).waitFor();
  await go(agents, '/queue');
  await tab(agents, name).click();
  await agents.waitForURL('**/queue?status=pending');
  expect(await agents.getByLabel('Status').inputValue()).toBe('pending');
  await agents.getByRole('button', { name: 'Manage views' }).click();
  const dialog = agents.getByRole('dialog', { name: 'Manage views' });
  await dialog.getByText('Only managers and admins change these.').waitFor();
  expect(await dialog.getByRole('textbox').count()).toBe(0);
  // All tests share one desk: what everybody sees is taken away again.
  await page.getByRole('button', { name: 'Manage views' }).click();
  const mine = page.getByRole('dialog').getByRole('group', { name });
  await mine.getByRole('button', { name: 'Delete' }).click();
  await mine.getByRole('button', { name: 'Really delete?' }).click();
  await tab(page, name).waitFor({ state: 'detached' });
});
