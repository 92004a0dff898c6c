import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { totp } from '../support/totp.ts';
import { password } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it.each(['viewer', 'agent'])('lets a person who is %s say how they are reached', async (role) => {
  const { page, person, complaints } = await visit(browser, { role });
  await go(page, '/queue');
  await page.locator('header summary').click();
  await page.getByRole('link', { name: 'My settings' }).click();
  await page.getByRole('heading', { name: 'My settings' }).waitFor();
  await page.getByText('There is no contact: nobody can page.').waitFor();
  await page.getByRole('button', { name: 'Add a contact' }).click();
  // What Vigil calls from inside is added by a manager.
  const types = await page.getByLabel('Contact 1: type').locator('option').allInnerTexts();
  expect(types).toContain('Text message');
  expect(types).not.toContain('Webhook');
  await page.getByLabel('Contact 1: address').fill('nowhere');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('not an address for mail').waitFor();
  await page.getByLabel('Contact 1: address').fill('me@example.com');
  await page.getByLabel('All contacts at once').uncheck();
  await page.getByLabel('Rule 1: when').selectOption('after 5 mins');
  await page.getByLabel('Keep quiet hours').check();
  await page.getByLabel('Time zone').fill('Europe/Berlin');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  expect(await (await desk().request('GET', `/v1/users/${person.id}`)).json()).toMatchObject({
    contacts: [{ type: 'mail', address: 'me@example.com' }],
    notificationRules: [{ contact: 'mail', delay: 'PT5M' }],
    quietHours: { from: '22:00', to: '07:00' },
    timeZone: 'Europe/Berlin',
  });
  expect(complaints).toEqual([]);
});

it('sets up a second factor, which signing in then asks for, and turns it off', async () => {
  const { page, person } = await visit(browser);
  await go(page, '/settings');
  const factor = page.getByRole('region', { name: 'Second factor' });
  await factor.getByLabel('Your password', { exact: true }).fill('wrong password');
  await factor.getByRole('button', { name: 'Set up' }).click();
  await factor.getByText('is not your password').waitFor();
  await factor.getByLabel('Your password', { exact: true }).fill(password);
  await factor.getByRole('button', { name: 'Set up' }).click();
  await factor.getByRole('img', { name: 'QR code for the app' }).waitFor();
  expect(await factor.getByRole('listitem').count()).toBe(10);
  const [, secret = ''] = /type this secret: ([A-Z2-7 ]+)/.exec(await factor.innerText()) ?? [];
  const uri = `otpauth://totp/x?secret=${secret.replaceAll(' ', '')}`;
  await factor.getByLabel('Code of the app').fill('000000');
  await factor.getByRole('button', { name: 'Turn on' }).click();
  await factor.getByText('is not the code of this moment').waitFor();
  await factor.getByLabel('Code of the app').fill(totp(uri));
  await factor.getByRole('button', { name: 'Turn on' }).click();
  await factor.getByText('It is on.').waitFor();

  const there = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await there.goto(`${desk().url}/sign-in`);
  await there.getByLabel('Email').fill(person.email);
  await there.getByRole('textbox', { name: 'Password' }).fill(password);
  await there.getByRole('button', { name: 'Sign in', exact: true }).click();
  await there.getByLabel('Code').waitFor();
  await there.context().close();

  await factor.getByLabel('Your password', { exact: true }).fill(password);
  await factor.getByRole('button', { name: 'Turn off' }).click();
  await factor.getByText('It is off.').waitFor();
});

it('shows where one is signed in, signs out there, and changes the password', async () => {
  const { page, person } = await visit(browser);
  const other = await browser.newContext({ locale: 'en-GB' });
  const signIn = async (given: string): Promise<number> => {
    const answer = await other.request.post(`${desk().url}/v1/session`, {
      data: { email: person.email, password: given },
      headers: { 'x-vigil-request': '1' },
    });
    return answer.status();
  };
  expect(await signIn(password)).toBe(200);
  await go(page, '/settings');
  const sessions = page.getByRole('region', { name: 'Where you are signed in' });
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(2);
  await sessions.getByRole('button', { name: 'Sign out there' }).click();
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(1);
  await sessions.getByText('this one').waitFor();

  const own = page.getByRole('region', { name: 'Password', exact: true });
  await own.getByLabel('Present password', { exact: true }).fill('wrong password');
  await own.getByLabel('New password', { exact: true }).fill(`${password} 2`);
  await own.getByRole('button', { name: 'Change the password' }).click();
  await own.getByText('is not your password').waitFor();
  await own.getByLabel('Present password', { exact: true }).fill(password);
  await own.getByRole('button', { name: 'Change the password' }).click();
  await own.getByText('The password is changed.').waitFor();
  expect([await signIn(password), await signIn(`${password} 2`)]).toEqual([401, 200]);
  await other.close();
});
