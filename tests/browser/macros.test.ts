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

async function ticketNow(id: string): Promise<object> {
  return (await (await desk().request('GET', `/v1/tickets/${id}`)).json()) as object;
}

async function bodies(id: string): Promise<string[]> {
  const answer = await desk().request('GET', `/v1/tickets/${id}/messages`);
  return ((await answer.json()) as { data: { body: string }[] }).data.map(({ body }) => body);
}

/** All tests share one desk: what a test gives everybody has a name of its own. */
async function addMacro(fields: object): Promise<string> {
  const name = unique('Refund');
  await desk().post('/v1/macros', { name, shared: true, ...fields });
  return name;
}

it('is picked by typing, filled in at the cursor, and does with the sending what it says', async () => {
  const { page, person, complaints } = await visit(browser);
  const name = await addMacro({
    body: 'Dear {{ticket.requester.name}}, {{agent.name}} looks into {{ticket.id}}.',
    actions: { status: 'on-hold', priority: 'high', level: 2, assignee: 'me' },
  });
  const { id, reference } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  const field = page.getByRole('textbox', { name: 'Reply' });
  await field.pressSequentially('Before. ');
  await field.pressSequentially(`/${name.toLowerCase()}`);
  const option = page.getByRole('listbox', { name: 'Macros' }).getByRole('option', { name });
  await option.waitFor();
  expect(await field.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
  await page.keyboard.press('Enter');
  const filled = `Before. Dear Ada Lovelace, Ann Agent looks into ${reference}.`;
  await expect.poll(() => field.inputValue()).toBe(filled);
  expect(await page.getByLabel('Status afterwards').inputValue()).toBe('on-hold');
  const pending = page.getByRole('list', { name: 'With the sending' });
  await pending.getByText('priority → High').waitFor();
  await pending.getByText('assignee → Ann Agent').waitFor();
  await pending.getByRole('button', { name: 'Without: level → 2' }).click();
  // Nothing has been done yet, and all of it is still there after a reload.
  expect(await ticketNow(id)).toMatchObject({ priority: 'normal', level: 1, assignee: null });
  await page.reload();
  await pending.getByText('priority → High').waitFor();
  await field.focus();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article', { name: 'Reply from Ann Agent' }).waitFor();
  await expect
    .poll(() => ticketNow(id))
    .toMatchObject({ status: 'on-hold', priority: 'high', level: 1, assignee: person.id });
  expect((await bodies(id)).at(-1)).toBe(filled);
  await pending.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

it('is picked by a button and a search, and taken back by undo', async () => {
  const { page } = await visit(browser);
  const name = await addMacro({ body: 'Have you tried turning it off and on?' });
  const { id } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  const field = page.getByRole('textbox', { name: 'Reply' });
  await field.fill('Hello. Bye.');
  await field.evaluate((element: unknown) => {
    (element as { setSelectionRange: (start: number, end: number) => void }).setSelectionRange(7, 7);
  });
  await page.getByRole('button', { name: 'Macros' }).click();
  await page.getByRole('dialog', { name: 'Macros' }).getByRole('combobox').fill(name);
  await page.getByRole('option', { name }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => field.inputValue()).toBe('Hello. Have you tried turning it off and on?Bye.');
  await page.keyboard.press('Control+z');
  await expect.poll(() => field.inputValue()).toBe('Hello. Bye.');
});

it('leaves what was typed alone where nobody picks', async () => {
  const { page } = await visit(browser);
  const name = await addMacro({ body: 'Text of a macro' });
  const { id } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  const field = page.getByRole('textbox', { name: 'Reply' });
  await field.pressSequentially(`/${name}`);
  await page.getByRole('option', { name }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox', { name: 'Macros' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await field.pressSequentially('and/or');
  expect(await field.inputValue()).toBe(`/${name}\nand/or`);
  expect(await page.getByRole('listbox', { name: 'Macros' }).count()).toBe(0);
});

it('sends nothing where an action is refused, and everything once without it', async () => {
  const { page } = await visit(browser);
  const gone = await desk().addPerson(unique('Gone'));
  const name = await addMacro({ body: 'I pass this on.', actions: { assignee: gone.id } });
  const { id } = await desk().addTicket();
  await desk().request('PATCH', `/v1/users/${gone.id}`, { active: false });
  await go(page, `/tickets/${id}`);
  const field = page.getByRole('textbox', { name: 'Reply' });
  await field.pressSequentially(`/${name}`);
  await page.getByRole('option', { name }).click();
  await expect.poll(() => field.inputValue()).toBe('I pass this on.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').filter({ hasText: 'there is no active user' }).waitFor();
  expect(await field.inputValue()).toBe('I pass this on.');
  expect(await bodies(id)).toHaveLength(1);
  await page.getByRole('button', { name: /^Without: assignee/ }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => field.inputValue()).toBe('');
  expect(await bodies(id)).toHaveLength(2);
});

it('is written, changed and deleted on its page, with mistakes shown at their field', async () => {
  const { page, complaints } = await visit(browser);
  await go(page, '/macros');
  await page.getByRole('button', { name: 'New macro' }).click();
  const form = page.getByRole('form', { name: 'New macro' });
  // An agent has no say in what everybody uses.
  expect(await form.getByLabel('Everybody may use it').count()).toBe(0);
  const name = unique('Mine');
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Text').fill('Dear {{customer}}');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('{{customer}} is not known').waitFor();
  await form.getByLabel('Text').fill('Dear ');
  await form.getByRole('button', { name: 'Requester’s name' }).click();
  await form.getByLabel('Status').selectOption('solved');
  await form.getByRole('button', { name: 'Save' }).click();
  const kept = page.getByRole('form', { name });
  await kept.waitFor();
  expect(await kept.getByLabel('Text').inputValue()).toBe('Dear {{ticket.requester.name}}');
  await page.reload();
  await page.getByRole('button', { name: new RegExp(name) }).click();
  expect(await kept.getByLabel('Status').inputValue()).toBe('solved');
  await kept.getByRole('button', { name: 'Delete' }).click();
  await kept.getByRole('button', { name: 'Really delete?' }).click();
  await kept.waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: new RegExp(name) }).count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('of everybody is changed by who may configure, and read by others', async () => {
  const name = await addMacro({ body: 'For all of us', actions: { priority: 'low' } });
  const { page: agents } = await visit(browser);
  await go(agents, '/macros');
  await agents.getByRole('button', { name: new RegExp(name) }).click();
  await agents.getByRole('heading', { name }).waitFor();
  await agents.getByText('priority → Low').waitFor();
  expect(await agents.getByRole('textbox').count()).toBe(0);
  const { page: viewers } = await visit(browser, { role: 'viewer' });
  await go(viewers, '/macros');
  await viewers.getByRole('button', { name: new RegExp(name) }).waitFor();
  expect(await viewers.getByRole('button', { name: 'New macro' }).count()).toBe(0);
  const { page } = await visit(browser, { role: 'manager' });
  await go(page, '/macros');
  await page.getByRole('button', { name: new RegExp(name) }).click();
  await page.getByLabel('Everybody may use it').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
});
