import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it.each([
  ['de-AT', 'Warteschlange', 'de'],
  ['fr-FR', 'File d’attente', 'fr'],
  ['ru-RU', 'Очередь', 'ru'],
  ['pt-BR', 'Fila', 'pt'],
  ['ja-JP', 'Queue', 'en'],
])('greets a browser in %s with "%s"', async (locale, title, language) => {
  const { page } = await visit(browser, { locale });
  await go(page, '/queue');
  await page.getByRole('heading', { name: title }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe(language);
});

it('keeps the language that was chosen', async () => {
  const { page } = await visit(browser);
  await go(page, '/queue');
  await page.locator('header summary').click();
  await page.getByLabel('Language').selectOption('ru');
  await page.getByRole('heading', { name: 'Очередь' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Очередь' }).waitFor();
});
