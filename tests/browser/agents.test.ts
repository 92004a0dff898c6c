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

const rowOf = (page: Page, id: string) => page.locator(`[data-agent="${id}"]`);
const lineOf = (page: Page, subject: string) => page.locator('[data-ticket]').filter({ hasText: subject });

async function assigneeOf(id: string): Promise<string | null> {
  const answer = await desk().request('GET', `/v1/tickets/${id}?source=workflow`);
  return ((await answer.json()) as { assignee: string | null }).assignee;
}

it('shows what each agent carries, as it changes, and whose tickets are asked for', async () => {
  const { page, complaints } = await visit(browser);
  const ben = await desk().addPerson(unique('Ben'));
  await desk().post('/v1/teams', {
    ...{ name: unique('Team'), members: [ben.id], ownership: { rule: 'least-loaded', capacity: 6 } },
  });
  await go(page, '/queue');
  const row = rowOf(page, ben.id);
  await row.getByText('0 open · load 0 of 6').waitFor();
  const urgent = unique('Urgent');
  await desk().addTicket({ subject: urgent, priority: 'urgent', assignee: ben.id });
  await row.getByText('1 open · load 5 of 6').waitFor();
  expect(await row.getByText('full').count()).toBe(0);
  const { id } = await desk().addTicket({ priority: 'normal', assignee: ben.id });
  await row.getByText('2 open · load 7 of 6').waitFor();
  await row.getByText('full', { exact: true }).waitFor();
  await desk().post(`/v1/tickets/${id}/solve`, {});
  await row.getByText('1 open · load 5 of 6').waitFor();

  await row.getByRole('link', { name: ben.name }).click();
  await page.getByText('1 ticket', { exact: true }).waitFor();
  await lineOf(page, urgent).waitFor();
  expect(new URL(page.url()).searchParams.get('assignee')).toBe(ben.id);
  await row.getByRole('link', { name: ben.name }).click();
  await page.waitForURL('**/queue');
  expect(complaints).toEqual([]);
});

it('takes tickets that are dragged onto an agent, all selected ones at once, and gives them back', async () => {
  const { page, complaints } = await visit(browser);
  const [ben, cleo] = [await desk().addPerson(unique('Ben')), await desk().addPerson(unique('Cleo'))];
  const team = await desk().addTeam(unique('Team'));
  const first = await desk().addTicket({ subject: 'Oak', team: team.id });
  const second = await desk().addTicket({ subject: 'Elm', team: team.id, assignee: cleo.id });
  const third = await desk().addTicket({ subject: 'Ash', team: team.id });
  await go(page, `/queue?team=${team.id}`);
  await page.getByText('3 tickets', { exact: true }).waitFor();
  await lineOf(page, 'Ash').dragTo(rowOf(page, ben.id));
  await page.getByText(`1 ticket assigned to ${ben.name}`).waitFor();
  expect(await assigneeOf(third.id)).toBe(ben.id);

  await lineOf(page, 'Oak').getByRole('checkbox').check();
  await lineOf(page, 'Elm').getByRole('checkbox').check();
  await lineOf(page, 'Elm').dragTo(rowOf(page, ben.id));
  await page.getByText(`2 tickets assigned to ${ben.name}`).waitFor();
  await rowOf(page, ben.id).getByText('3 open').waitFor();
  // Somebody else has taken one of them by now: that one is theirs.
  await desk().post(`/v1/tickets/${first.id}/assign`, { assignee: cleo.id });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('1 ticket is back where it was').waitFor();
  expect(await assigneeOf(second.id)).toBe(cleo.id);
  expect(await assigneeOf(first.id)).toBe(cleo.id);
  expect(complaints).toEqual([]);
});

it('assigns by keys alone, and undoes it', async () => {
  const { page, person } = await visit(browser);
  const ben = await desk().addPerson(unique('Ben'));
  const team = await desk().addTeam(unique('Team'));
  const { id } = await desk().addTicket({ subject: 'By the keyboard', team: team.id, assignee: person.id });
  await go(page, `/queue?team=${team.id}`);
  await page.getByText('1 ticket', { exact: true }).waitFor();
  await page.keyboard.press('j');
  await page.locator('[data-ticket] a:focus').waitFor();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Assign 1 ticket' });
  await dialog.getByRole('combobox').waitFor();
  await page.keyboard.type('nobody of this name');
  await dialog.getByText('Nobody is called that.').waitFor();
  await dialog.getByRole('combobox').fill(ben.name.toUpperCase());
  await page.keyboard.press('Enter');
  await page.getByText(`1 ticket assigned to ${ben.name}`).waitFor();
  expect(await assigneeOf(id)).toBe(ben.id);
  await lineOf(page, 'By the keyboard').getByText(ben.name).waitFor();
  // A second time changes nothing, and there is nothing to undo.
  await page.locator('[data-ticket] a').focus();
  await page.keyboard.press('a');
  await dialog.getByRole('combobox').fill(ben.name);
  await page.keyboard.press('Enter');
  await page.getByText('Nothing was changed.').waitFor();
  expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  // Down to "Nobody", which is the second.
  await page.locator('[data-ticket] a').focus();
  await page.keyboard.press('a');
  await dialog.getByRole('combobox').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('1 ticket assigned to nobody').waitFor();
  expect(await assigneeOf(id)).toBeNull();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.getByText('1 ticket is back where it was').waitFor();
  expect(await assigneeOf(id)).toBe(ben.id);
});

it('says which tickets could not be given, and leaves them selected', async () => {
  const { page } = await visit(browser);
  const gone = await desk().addPerson(unique('Gone'));
  const team = await desk().addTeam(unique('Team'));
  const { reference } = await desk().addTicket({ subject: 'Stays', team: team.id });
  await go(page, `/queue?team=${team.id}`);
  await page.getByLabel('Select all').check();
  await page.getByRole('button', { name: 'Assign to…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill(gone.name);
  await dialog.getByRole('option', { name: gone.name }).waitFor();
  await desk().request('PATCH', `/v1/users/${gone.id}`, { active: false });
  await dialog.getByRole('option', { name: gone.name }).click();
  await page.getByRole('alert').filter({ hasText: '1 ticket was not changed' }).getByText(reference).waitFor();
  await page.getByText('1 selected').waitFor();
});

it('lets a viewer look, and move nothing', async () => {
  const { page } = await visit(browser, { role: 'viewer' });
  await desk().addTicket();
  await go(page, '/queue');
  await page.locator('[data-agent]').first().waitFor();
  expect(await page.locator('[data-ticket]').first().getAttribute('draggable')).toBe('false');
  expect(await page.getByRole('button', { name: /^Assign/ }).count()).toBe(0);
});

it('is left open or closed as it was', async () => {
  const { page } = await visit(browser);
  await go(page, '/queue');
  const panel = page.getByRole('complementary', { name: 'Agents' });
  await panel.waitFor();
  await panel.getByRole('button', { name: 'Close' }).click();
  await panel.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Agents', expanded: false }).click();
  await panel.waitFor();
});
