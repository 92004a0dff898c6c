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

/** A word that no other test's articles and tickets have. */
const rare = (): string => `zq${Math.random().toString(36).slice(2, 10).replaceAll(/\d/g, 'x')}`;

it('is offered where it may answer the ticket, found by words, and put into the reply', async () => {
  const { page, complaints } = await visit(browser);
  const [word, other] = [rare(), rare()];
  const fields = { language: 'en', url: 'https://help.example.com/a' };
  const fitting = unique(`Clean the ${word}`);
  const found = unique(`Polish the ${other}`);
  await desk().post('/v1/articles', { ...fields, title: fitting });
  await desk().post('/v1/articles', { ...fields, title: found, url: 'https://help.example.com/b' });
  const { id } = await desk().addTicket({ subject: `Our ${word} is dirty` });
  await go(page, `/tickets/${id}`);
  const offered = page.getByRole('group', { name: 'May answer it' });
  const field = page.getByRole('textbox', { name: 'Reply' });
  await field.fill('See ');
  await offered.getByRole('button', { name: `Insert “${fitting}”` }).click();
  await expect.poll(() => field.inputValue()).toBe(`See ${fitting}\nhttps://help.example.com/a`);
  expect(await offered.getByRole('button').count()).toBe(1);

  await field.fill('');
  await page.getByRole('button', { name: 'Articles' }).click();
  const dialog = page.getByRole('dialog', { name: 'Articles' });
  await dialog.getByRole('option', { name: fitting }).waitFor();
  await page.keyboard.type(other);
  await dialog.getByRole('option', { name: found }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => field.inputValue()).toBe(`${found}\nhttps://help.example.com/b`);

  await page.getByText('Internal note', { exact: true }).first().click();
  await offered.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

it('is written, changed and deleted by agents', async () => {
  const { page, complaints } = await visit(browser);
  await page.goto(`${desk().url}/articles`);
  await page.getByRole('button', { name: 'New article' }).click();
  const title = unique('Empty the tray');
  const empty = page.getByRole('form', { name: 'New article' });
  await empty.getByLabel('Title').fill(title);
  await empty.getByLabel('Address').fill('https://help.example.com/tray');
  await empty.getByLabel('Language').selectOption('Deutsch');
  await empty.getByLabel('Text').fill('Das Fach leeren.');
  await empty.getByRole('button', { name: 'Save' }).click();
  const form = page.getByRole('form', { name: title });
  await form.waitFor();
  await form.getByLabel('Text').fill('Das Fach ganz leeren.');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved.').waitFor();
  const list = page.getByRole('navigation', { name: 'Articles' });
  await list.getByRole('button', { name: title }).waitFor();

  await form.getByRole('button', { name: 'Delete' }).click();
  await form.getByRole('button', { name: 'Really delete?' }).click();
  await list.getByRole('button', { name: title }).waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

it('is to be read by who only looks on', async () => {
  const { page } = await visit(browser, { role: 'viewer' });
  await desk().post('/v1/articles', {
    ...{ title: unique('AAA'), url: 'https://help.example.com/aaa', language: 'en', body: 'Read me.' },
  });
  await page.goto(`${desk().url}/articles`);
  await page.getByText('Read me.').waitFor();
  expect(await page.getByRole('button', { name: 'New article' }).count()).toBe(0);
});
