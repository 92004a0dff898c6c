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

it('makes a team with its people, its manager and who owns what arrives', async () => {
  const { page, complaints } = await visit(browser, { role: 'manager' });
  const [ann, bob] = [await desk().addPerson(unique('Ann')), await desk().addPerson(unique('Bob'))];
  const name = unique('Second line');
  await go(page, '/admin/teams');
  await page.getByRole('link', { name: 'Add a team' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByLabel('Manager').selectOption(ann.name);
  await page.getByLabel('Add a member').selectOption(ann.name);
  await page.getByLabel('Add a member').selectOption(bob.name);
  await page.getByRole('button', { name: `Remove ${ann.name}` }).click();
  await page.getByLabel('Rule').selectOption('Whoever is on duty');
  await page.getByRole('button', { name: 'Add a team' }).click();
  await page.getByText('the rule on-duty needs a schedule').waitFor();
  await page.getByLabel('Rule').selectOption('Whoever has the least to do');
  await page.getByLabel('Most load of one person').fill('20');
  await page.getByLabel('Skills').fill('dns');
  await page.getByRole('button', { name: 'Add a team' }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  const { data } = (await (await desk().request('GET', '/v1/teams?limit=100')).json()) as {
    data: { id: string; name: string }[];
  };
  const team = data.find((one) => one.name === name);
  expect(team).toMatchObject({
    manager: ann.id,
    members: [bob.id],
    ownership: { rule: 'least-loaded', capacity: 20, skills: ['dns'] },
  });
  await page.getByRole('link', { name: 'All teams' }).click();
  await page.getByLabel('Search teams').fill(name);
  const line = page.getByRole('row').filter({ hasText: name });
  await expect.poll(() => line.innerText()).toMatch(/1 person.*Whoever has the least to do/s);
  await line.getByRole('link').click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Teams', level: 1 }).waitFor();
  expect((await desk().request('GET', `/v1/teams/${team?.id}`)).status).toBe(404);
  expect(complaints).toEqual([]);
});

it('makes routing keys, which are shown once and open incidents until they are deleted', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const { id } = await desk().addTeam(unique('Monitored'));
  const name = unique('Prometheus');
  await go(page, `/admin/teams/${id}`);
  await page.getByLabel('Name of the system').fill(name);
  await page.getByRole('button', { name: 'Make a key' }).click();
  const key = await page.getByLabel(`Key of ${name}`).inputValue();
  const send = async (): Promise<number> => {
    const payload = { summary: 'Disk full', source: 'db-1', severity: 'critical' };
    const answer = await fetch(`${desk().url}/v2/enqueue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ routing_key: key, event_action: 'trigger', payload }),
    });
    return answer.status;
  };
  expect(await send()).toBe(202);
  await page.reload();
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  expect(await page.getByText(key).count()).toBe(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: `Delete ${name}` }).waitFor({ state: 'detached' });
  await expect.poll(send).toBe(400);
});
