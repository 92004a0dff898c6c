import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { password } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('leads from an invitation to the queue, and back in by the password to the page that was asked for', async () => {
  const on = desk();
  const person = await on.addPerson('Nora New');
  const context = await browser.newContext({ locale: 'en-GB' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(await on.invite(person));
  await page.getByRole('heading', { name: 'Welcome, Nora New' }).waitFor();
  await page.getByLabel('Choose a password').fill(password);
  await page.getByRole('button', { name: 'Set the password and sign in' }).click();
  await page.getByRole('heading', { name: 'Queue' }).waitFor();

  await page.locator('header summary').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();

  await page.goto(`${on.url}/incidents`);
  await page.getByLabel('Email').fill(person.email);
  await page.getByRole('textbox', { name: 'Password' }).fill('not my password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('is not right').waitFor();
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Incidents' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/incidents');
});

it('is asked for again once the session has ended elsewhere', async () => {
  const { page, context } = await visit(browser);
  await go(page, '/queue');
  const answer = await context.request.delete(`${desk().url}/v1/session`, { headers: { 'x-vigil-request': '1' } });
  expect(answer.status()).toBe(204);
  // The page may have found it out by itself, and have no links any more.
  await page
    .getByRole('link', { name: 'Incidents' })
    .click({ timeout: 2000 })
    .catch(() => undefined);
  // An answer that was under way may have brought a cookie by which the session is believed for half a minute more.
  await page.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: 90_000 });
});

it('says what is wrong with an invitation that nobody made', async () => {
  const page = await browser.newPage({ locale: 'en-GB' });
  onTestFinished(() => page.close());
  await page.goto(`${desk().url}/welcome/nothing`);
  await page.getByRole('heading', { name: 'This invitation is not valid' }).waitFor();
});
