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

it('makes a key that is shown once, works by its role, and is refused once it is revoked', async () => {
  const { page, complaints } = await visit(browser, { role: 'admin' });
  const name = unique('Import');
  await go(page, '/admin/keys');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Role').selectOption('Read only');
  await dialog.getByLabel('Valid until').fill('2020-01-01');
  await dialog.getByRole('button', { name: 'Make a key' }).click();
  await dialog.getByText('is not in the future').waitFor();
  await dialog.getByLabel('Valid until').fill('2099-01-01');
  await dialog.getByRole('button', { name: 'Make a key' }).click();
  const key = await dialog.getByLabel('Key', { exact: true }).inputValue();
  const get = async (method: string): Promise<number> => {
    const answer = await fetch(`${desk().url}/v1/tickets`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: '{}' }),
    });
    await answer.body?.cancel();
    return answer.status;
  };
  expect([await get('GET'), await get('POST')]).toEqual([200, 403]);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const line = page.getByRole('row').filter({ hasText: name });
  await expect.poll(() => line.innerText()).toMatch(/Read only.*Valid until/s);
  expect(await page.getByText(key).count()).toBe(0);

  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await line.waitFor({ state: 'detached' });
  await page.getByLabel('Show revoked and expired ones').check();
  await expect.poll(() => line.innerText()).toContain('Revoked');
  expect(await get('GET')).toBe(401);
  expect(complaints).toEqual([]);
});

it('is for admins alone', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  await go(page, '/admin/people');
  await page.getByRole('link', { name: 'Audit trail' }).waitFor();
  expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
  await go(page, '/admin/keys');
  await page.getByText('API keys are for admins.').waitFor();
});
