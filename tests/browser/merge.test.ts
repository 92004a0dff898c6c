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

it('offers the requester’s other tickets, asks once more, and goes where the conversation went', async () => {
  const { page, complaints } = await visit(browser);
  const email = `${unique('grace').replace(' ', '.')}@example.com`;
  const requester = { email, name: 'Grace Hopper' };
  const first = await desk().addTicket({ subject: 'The first of both', requester });
  const second = await desk().addTicket({ subject: 'The second of both', requester, body: 'Have you seen this?' });
  await go(page, `/tickets/${second.id}`);
  await page.getByRole('button', { name: 'Merge…' }).click();
  const dialog = page.getByRole('dialog', { name: `Merge ${second.reference}` });
  await dialog.getByRole('option', { name: 'The first of both' }).waitFor();
  expect(await dialog.getByRole('option').count()).toBe(1);
  await page.keyboard.press('Enter');
  await dialog.getByText(`${second.reference} is closed`).waitFor();
  expect(await dialog.getByText('another requester').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('heading', { name: 'The first of both' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/tickets/${first.id}`);
  await page.getByText('Have you seen this?').waitFor();
  await expect
    .poll(async () => (await (await desk().request('GET', `/v1/tickets/${second.id}`)).json()) as object)
    .toMatchObject({ status: 'closed', mergedInto: first.id });
  expect(complaints).toEqual([]);
});

it('finds another by words or by its number, and warns of another requester', async () => {
  const { page } = await visit(browser);
  const word = unique('zebra').replace(' ', '');
  const target = await desk().addTicket({
    subject: `About a ${word}`,
    requester: { email: 'linus@example.com', name: 'Linus' },
  });
  const { id } = await desk().addTicket({ requester: { email: `${word}@example.org`, name: 'Nobody Else' } });
  await go(page, `/tickets/${id}`);
  await page.getByRole('button', { name: 'Merge…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('No open ticket is found.').waitFor();
  for (const text of [word, target.reference]) {
    await dialog.getByRole('combobox').fill(text);
    await dialog.getByRole('option', { name: `About a ${word}` }).click();
    await dialog.getByText('Linus, another requester, would get the answers.').waitFor();
    await dialog.getByRole('button', { name: 'Choose another' }).click();
  }
  // Closed in the meantime: the ticket itself says why it cannot be.
  const other = await desk().addTicket();
  await desk().post(`/v1/tickets/${target.id}/merge`, { into: other.id });
  await dialog.getByRole('combobox').fill(word);
  await dialog.getByRole('option').first().click();
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'closed or unknown' }).waitFor();
});

it('shows the way to the ticket’s workflow to who may configure, and to nobody else', async () => {
  const { id } = await desk().addTicket();
  const { page } = await visit(browser, { role: 'manager' });
  const { page: agents } = await visit(browser);
  // The stack's Temporal is somebody else's as far as it knows: here it has an address.
  const url = 'http://127.0.0.1:8233/namespaces/default/workflows/ticket';
  for (const one of [page, agents]) {
    await one.route('**/workflow', (route) => route.fulfill({ json: { namespace: 'default', workflowId: 'x', url } }));
    await go(one, `/tickets/${id}`);
  }
  const link = (one: typeof page) => one.getByRole('link', { name: 'Workflow in Temporal' });
  expect(await link(page).getAttribute('href')).toBe(url);
  await agents.getByRole('button', { name: 'Solve' }).waitFor();
  expect(await link(agents).count()).toBe(0);
});
