import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { password, unique } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const address = (): string => `${unique('p').replace(' ', '-')}@example.com`;

it.each(['agent', 'trainee', 'viewer'])('is not there for a person who is %s, and says so', async (role) => {
  const { page, complaints } = await visit(browser, { role });
  await go(page, '/queue');
  expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
  await go(page, '/admin/people');
  await page.getByRole('heading', { name: 'Administration is not for your role' }).waitFor();
  expect(await page.getByRole('navigation', { name: 'Administration' }).count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('lets a manager add a person, and says at each field what is wrong with it', async () => {
  const { page, person: me, complaints } = await visit(browser, { role: 'manager' });
  const name = unique('Petra');
  await go(page, '/queue');
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('link', { name: 'Add a person' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill(me.email);
  await page.getByRole('button', { name: 'Add a contact' }).click();
  await page.getByLabel('Contact 1: type').selectOption('Text message');
  await page.getByLabel('Contact 1: address').fill('0151');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByText('not an address for sms; right is a phone number').waitFor();
  expect(await page.getByLabel('Contact 1: address').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Contact 1: address').fill('+4915112345678');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByText('Another user has this email.').waitFor();
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill(address());
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  // Inviting is for admins.
  await page.getByText('Admins invite people.').waitFor();

  await page.getByLabel('Role', { exact: true }).selectOption('Trainee');
  await page.getByLabel('Skills').fill('dns, billing');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  await page.getByRole('link', { name: 'All people' }).click();
  await page.getByLabel('Search people').fill(name);
  const line = page.getByRole('row').filter({ hasText: name });
  await expect.poll(() => line.innerText()).toMatch(/Trainee.*Not invited.*Active/s);
  expect(page.url()).toContain('q=');
  expect(complaints).toEqual([]);
});

it('asks before what was typed is left behind', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const { id } = await desk().addPerson(unique('Paula'));
  await go(page, `/admin/people/${id}`);
  await page.getByLabel('Skills').fill('dns');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  await page.getByRole('link', { name: 'All people' }).click();
  await expect.poll(() => asked).toEqual(['Leave without saving your changes?']);
  expect(await page.getByLabel('Skills').inputValue()).toBe('dns');
  await page.getByRole('link', { name: 'All people' }).click();
  await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
});

it('lets an admin invite: the link is shown once, lets in, and is then used up', async () => {
  const { page } = await visit(browser, { role: 'admin' });
  const name = unique('Ines');
  await go(page, '/admin/people/new');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill(address());
  await page.getByRole('button', { name: 'Add a person' }).click();
  const link = await page.getByLabel('Invitation').inputValue();
  await page.getByText(/Has never signed in · an invitation is valid until/).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Invite again' }).waitFor();
  expect(await page.getByLabel('Invitation').count()).toBe(0);

  const theirs = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await theirs.goto(desk().url + new URL(link).pathname);
  await theirs.getByLabel('Choose a password').fill(password);
  await theirs.getByRole('button', { name: 'Set the password and sign in' }).click();
  await theirs.getByRole('heading', { name: 'Queue' }).waitFor();
  await page.reload();
  await page.getByText(/Last seen .* · without a second factor/).waitFor();
  // The next invitation puts them out, and so it asks.
  await page.getByRole('button', { name: 'Invite again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite again' });
  await dialog.getByRole('button', { name: 'Invite again' }).click();
  await page.getByLabel('Invitation').waitFor();
  await theirs.context().close();
});

it('says what becomes of shifts and tickets before somebody is deactivated, and shows it at once', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const on = desk();
  const leaver = await on.addPerson(unique('Lea'));
  const schedule = unique('Weekly');
  const rotation = { type: 'weekly', shiftLength: 1, start: '2026-01-05T09:00:00Z' };
  await on.post('/v1/schedules', {
    name: schedule,
    timeZone: 'UTC',
    layers: [{ rotation, participants: [leaver.id] }],
  });
  await on.addTicket({ assignee: leaver.id });
  await on.addTicket({ assignee: leaver.id });
  await go(page, `/admin/people/${leaver.id}`);
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'Deactivate' }).click();
      const text = await page.getByRole('dialog').innerText();
      if (!text.includes('2 open tickets')) await page.getByRole('button', { name: 'Cancel' }).click();
      return text;
    })
    .toMatch(new RegExp(`no turn any more in: ${schedule}.*2 open tickets stay assigned`, 's'));
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('button', { name: 'Activate again' }).waitFor();
  await page.getByRole('link', { name: 'All people' }).click();
  await page.getByLabel('Search people').fill(leaver.name);
  await page.getByText('Nothing matches').waitFor();
  await page.getByLabel('Show those who have left').check();
  await page.getByRole('row').filter({ hasText: leaver.name }).getByText('Deactivated').waitFor();
});

it('tests the rules of a person, and shows what came of it', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const { id } = await desk().addPerson(unique('Theo'));
  const receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === '/gone' ? 410 : 204).end();
  });
  onTestFinished(() => void receiver.close());
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  const { port } = receiver.address() as AddressInfo;
  const contacts = ['there', 'gone'].map((path) => ({ type: 'webhook', address: `http://127.0.0.1:${port}/${path}` }));
  expect((await desk().request('PATCH', `/v1/users/${id}`, { contacts })).status).toBe(200);
  await go(page, `/admin/people/${id}`);
  await page.getByRole('button', { name: 'Test the rules' }).click();
  await page.getByText('1 page could not be delivered').waitFor();
  await page.getByText(/could not page .* by webhook/).waitFor();
  await page.getByText(/paged .* by webhook: HTTP 204/).waitFor();
  await page.getByRole('button', { name: 'End the test' }).click();
  await page.getByText('resolved the incident').waitFor();
});

it('leaves admins to admins', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const { id } = await desk().addPerson(unique('Ada'), 'admin');
  await go(page, `/admin/people/${id}`);
  expect(await page.getByLabel('Role', { exact: true }).isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Deactivate' }).count()).toBe(0);
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill(address());
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').filter({ hasText: 'Only admins' }).waitFor();
  await go(page, '/admin/people/new');
  const roles = page.getByLabel('Role', { exact: true }).locator('option');
  await expect.poll(() => roles.allInnerTexts()).toEqual(['Manager', 'Agent', 'Trainee', 'Viewer']);
});
