import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { unique } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

interface Policy {
  readonly id: string;
  readonly steps: readonly { readonly targets: readonly object[]; readonly ackTimeout: string }[];
}

/** The policies of all tests are for incidents that none of them opens, or switched off: all tests share one desk. */
const nobody = { conditions: { priority: ['low'], level: [3] } };

function addPolicy(name: string, fields: object = {}): Promise<Policy> {
  const steps = [{ targets: [{ type: 'assignee' }], ackTimeout: 'PT5M' }];
  return desk().post('/v1/escalation-policies', { name, steps, ...nobody, ...fields });
}

async function stored(id: string): Promise<Policy> {
  return (await (await desk().request('GET', `/v1/escalation-policies/${id}`)).json()) as Policy;
}

const step = (page: Page, number: number) => page.getByRole('group', { name: `Step ${number}`, exact: true });
const course = (page: Page) => page.getByRole('complementary', { name: 'What would happen' }).getByRole('listitem');

/** What would happen, line by line. */
const shown = async (page: Page): Promise<string[]> => course(page).allInnerTexts();

it('is written step by step with what would happen beside it, and saved', async () => {
  const { page, complaints } = await visit(browser, { role: 'manager' });
  const pat = await desk().addPerson(unique('Pat'));
  const schedule = await desk().addSchedule(unique('Night duty'), [pat.id]);
  const directors = unique('Directors');
  const next = await addPolicy(directors, { active: false });
  const name = unique('Nights');
  await go(page, '/admin/escalation-policies');
  await page.getByText('Add a policy', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('checkbox', { name: 'Low' }).check();
  await page.getByRole('checkbox', { name: 'Level 3' }).check();
  await page.getByRole('button', { name: 'Add a step' }).click();
  // What is added is what is typed in next.
  await expect
    .poll(() => page.evaluate("document.activeElement.closest('li').querySelector('[role=group]').ariaLabel"))
    .toBe('Step 2');
  await step(page, 2)
    .getByRole('combobox')
    .selectOption({ label: `On call: ${schedule.name}` });
  await step(page, 2).getByRole('combobox').selectOption({ label: pat.name });
  await step(page, 2).getByRole('textbox').fill('1h 30m');
  await page.getByRole('spinbutton', { name: 'How often' }).fill('2');
  await page.getByLabel('Goes on with').selectOption({ label: directors });
  await page.getByRole('textbox', { name: 'Escalates again' }).fill('2d');
  await expect.poll(() => shown(page)).toHaveLength(6);
  const lines = (await shown(page)).map((line) => line.split('\n').join(' '));
  expect(lines[0]).toBe('At once The ticket’s agent');
  expect(lines[1]).toMatch(/^After 5 mins? On call: Night duty/);
  expect(lines[1]).toContain(pat.name);
  expect(lines[1]).toContain('cannot be paged: no contact');
  expect(lines[2]).toMatch(/^After 1 hr,? 35 mins? All of this once more, for 1 hr,? 35 mins?\.$/);
  expect(lines[3]).toContain(`“${directors}” takes over`);
  expect(lines[4]).toMatch(/^After 3 hrs?,? 10 mins? The ticket’s agent$/);
  expect(lines[5]).toMatch(/^After 3 hrs?,? 15 mins? Nobody is left to page/);
  await page.getByText(/not resolved 2 days? later/).waitFor();
  await page.getByRole('button', { name: 'Add a policy' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  const id = page.url().split('/').at(-1) ?? '';
  expect(await stored(id)).toMatchObject({
    ...nobody,
    steps: [
      { targets: [{ type: 'assignee' }], ackTimeout: 'PT5M' },
      {
        targets: [
          { type: 'schedule', schedule: schedule.id },
          { type: 'user', user: pat.id },
        ],
        ackTimeout: 'PT1H30M',
      },
    ],
    rounds: 2,
    resolveTimeout: 'PT48H',
    next: next.id,
    active: true,
  });
  await page.getByRole('link', { name: '← All escalation policies' }).click();
  const row = page.getByRole('row', { name });
  await row.getByText('Low · Level 3').waitFor();
  await row.getByText(`2 times · then “${directors}”`).waitFor();
  expect(complaints).toEqual([]);
});

it('puts its steps into another order by buttons and by keys, and keeps the focus with them', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const waits = ['PT1M', 'PT2M', 'PT3M'];
  const { id } = await addPolicy(unique('Order'), {
    steps: waits.map((ackTimeout) => ({ targets: [{ type: 'assignee' }], ackTimeout })),
  });
  await go(page, `/admin/escalation-policies/${id}`);
  const order = async (): Promise<string[]> =>
    Promise.all([1, 2, 3].map((number) => step(page, number).getByRole('textbox').inputValue()));
  const focused = (): Promise<string> =>
    page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.value');
  await page.getByRole('button', { name: 'Move step 3 up' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual(['1m', '3m', '2m']);
  expect(await focused()).toBe('Move step 2 up');
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual(['3m', '1m', '2m']);
  // At the top there is nothing left to move up by.
  expect(await focused()).toBe('Step 1');
  await page.getByText('Moved to place 1 of 3.').waitFor();
  await step(page, 1).getByRole('textbox').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(order).toEqual(['1m', '3m', '2m']);
  expect(await focused()).toBe('3m');
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(order).toEqual(['1m', '2m', '3m']);
  await page.getByRole('button', { name: 'Remove step 2' }).click();
  expect(await focused()).toBe('Step 2');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect((await stored(id)).steps.map(({ ackTimeout }) => ackTimeout)).toEqual(['PT1M', 'PT3M']);
});

it('says at the field what is wrong with it', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const [first, second] = [unique('First'), unique('Second')];
  const { id: after } = await addPolicy(second);
  const { id } = await addPolicy(first);
  await desk().request('PATCH', `/v1/escalation-policies/${after}`, { next: id });
  await go(page, `/admin/escalation-policies/${id}`);
  const wait = step(page, 1).getByRole('textbox');
  await wait.fill('5 minits');
  await page.getByRole('button', { name: 'Save' }).click();
  await step(page, 1).getByText('This is no length of time.').waitFor();
  expect(await page.evaluate('document.activeElement.name')).toBe('ackTimeout');
  expect((await shown(page)).at(-1)).toContain('once the wait is filled in');
  await wait.fill('90d');
  await page.getByRole('button', { name: 'Save' }).click();
  await step(page, 1).getByText('not from PT1S to P30D').waitFor();
  expect(await wait.getAttribute('aria-invalid')).toBe('true');
  await wait.fill('10');
  await page.getByLabel('Goes on with').selectOption({ label: second });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('the policies would go round in a circle').waitFor();
  expect(await page.getByLabel('Goes on with').getAttribute('aria-invalid')).toBe('true');
  expect((await stored(id)).steps[0]?.ackTimeout).toBe('PT5M');
});

it('is not saved without anybody to page', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const { id } = await addPolicy(unique('Empty'));
  await go(page, `/admin/escalation-policies/${id}`);
  await page.getByRole('button', { name: 'Remove The ticket’s agent' }).click();
  await course(page).getByText('Nobody is chosen yet.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await page.evaluate('document.activeElement.name')).toBe('target');
  await step(page, 1).getByRole('combobox').selectOption({ label: 'The manager' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect((await stored(id)).steps[0]?.targets).toEqual([{ type: 'manager' }]);
});

it('says what goes on with it before it is deleted', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const name = unique('Used');
  const { id } = await addPolicy(name);
  const before = await addPolicy(unique('Before'), { next: id });
  await go(page, `/admin/escalation-policies/${id}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: `Delete the policy ${name}?` });
  await dialog.getByRole('link', { name: /^Before/ }).waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('alert').getByText('goes on with this one').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await desk().request('PATCH', `/v1/escalation-policies/${before.id}`, { next: null });
  await page.reload();
  await page.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByText('Open incidents go on by it to their end.').waitFor();
  expect(await dialog.getByRole('link').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { level: 1, name: 'Escalation policies' }).waitFor();
  expect((await desk().request('GET', `/v1/escalation-policies/${id}`)).status).toBe(404);
  await page
    .getByRole('link', { name: /^Before/ })
    .first()
    .waitFor();
  expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0);
});

it.each(['agent', 'trainee', 'viewer'])('is not for the role %s', async (role) => {
  const { page, context } = await visit(browser, { role });
  const { id } = await addPolicy(unique('Kept'));
  await go(page, `/admin/escalation-policies/${id}`);
  await page.getByRole('heading', { name: 'Administration is not for your role' }).waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);
  const options = { data: { rounds: 2 }, headers: { 'x-vigil-request': '1' } };
  const answer = await context.request.patch(`${desk().url}/v1/escalation-policies/${id}`, options);
  expect(answer.status()).toBe(403);
});
