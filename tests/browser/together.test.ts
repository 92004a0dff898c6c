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

it('shows who else is on a ticket, writes, and leaves', async () => {
  const [ann, ben] = [await visit(browser, { name: 'Ann Agent' }), await visit(browser, { name: 'Ben Agent' })];
  const { id } = await desk().addTicket();
  await go(ann.page, `/tickets/${id}`);
  const present = ann.page.getByRole('status', { name: 'Who else is here' });
  await present.waitFor({ state: 'attached' });
  await go(ben.page, `/tickets/${id}`);
  await present.getByText('Ben Agent is looking at this ticket').waitFor();
  // Whoever came first is seen by who came later.
  await ben.page.getByText('Ann Agent is looking at this ticket').waitFor();
  await ben.page.getByRole('textbox', { name: 'Reply' }).pressSequentially('Dear Ada');
  await present.getByText('Ben Agent is writing').waitFor();
  // After a while without a word he is only looking.
  await present.getByText('Ben Agent is looking at this ticket').waitFor();
  await ben.page.getByRole('link', { name: 'Incidents' }).click();
  await expect.poll(() => present.innerText()).toBe('');
  expect([...ann.complaints, ...ben.complaints]).toEqual([]);
});

it('forgets a browser that died', async () => {
  const [ann, ben] = [await visit(browser), await visit(browser, { name: 'Ben Agent' })];
  const { id } = await desk().addTicket();
  await go(ann.page, `/tickets/${id}`);
  await go(ben.page, `/tickets/${id}`);
  const present = ann.page.getByRole('status', { name: 'Who else is here' });
  await present.getByText('Ben Agent is looking at this ticket').waitFor();
  // Nothing gets out of it any more, not even that it is gone.
  await ben.context.setOffline(true);
  await expect.poll(() => present.innerText()).toBe('');
});

it('tells a colleague who is named in a note, once and until they have looked', async () => {
  const name = unique('Zoë Özdemir');
  const [ann, zoe] = [await visit(browser), await visit(browser, { name })];
  const { id } = await desk().addTicket({ subject: 'Needs a second look' });
  await go(zoe.page, '/incidents');
  await zoe.page.getByRole('button', { name: '0 unread mentions' }).waitFor();
  await go(ann.page, `/tickets/${id}`);
  const note = ann.page.getByRole('textbox', { name: 'Internal note' });
  const reply = ann.page.getByRole('textbox', { name: 'Reply' });
  // A customer is told of nobody.
  await reply.pressSequentially('@zoë');
  expect(await ann.page.getByRole('listbox').count()).toBe(0);
  await reply.fill('');
  await ann.page.getByRole('radio', { name: 'Internal note' }).check();
  await note.pressSequentially(`What do you say, @${name.toLowerCase().slice(0, 12)}`);
  await ann.page.getByRole('listbox', { name: 'People' }).getByRole('option', { name }).waitFor();
  await ann.page.keyboard.press('Tab');
  await expect.poll(() => note.inputValue()).toBe(`What do you say, @${name} `);
  await ann.page.keyboard.press('Control+Enter');
  await ann.page.getByRole('article', { name: /^Internal note/ }).waitFor();

  await zoe.page.getByRole('button', { name: '1 unread mention' }).click();
  const list = zoe.page.getByRole('dialog', { name: 'Mentions' });
  await list.getByText(`What do you say, @${name}`).waitFor();
  await list.getByRole('link', { name: 'Needs a second look' }).click();
  await zoe.page.getByRole('heading', { name: 'Needs a second look' }).waitFor();
  await zoe.page.getByRole('button', { name: '0 unread mentions' }).waitFor();
  await zoe.page.reload();
  await zoe.page.getByRole('button', { name: '0 unread mentions' }).waitFor();
  expect([...ann.complaints, ...zoe.complaints]).toEqual([]);
});

it('lets a trainee leave notes, and answer nobody', async () => {
  const { page, context } = await visit(browser, { name: 'Tom Trainee', role: 'trainee' });
  const { id } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  const note = page.getByRole('textbox', { name: 'Internal note' });
  await note.waitFor();
  expect(await page.getByRole('radio', { name: 'Reply' }).count()).toBe(0);
  expect(await page.getByLabel('Status afterwards').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Macros' }).count()).toBe(0);
  expect(await page.getByRole('complementary').getByRole('button').count()).toBe(0);
  await page.keyboard.press('n');
  await page.keyboard.type('I would have sent the link to the docs.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article', { name: 'Internal note from Tom Trainee' }).waitFor();
  const answer = await context.request.post(`${desk().url}/v1/tickets/${id}/messages`, {
    data: { author: 'agent', body: 'Hello' },
    headers: { 'x-vigil-request': '1' },
  });
  expect(answer.status()).toBe(403);
});
