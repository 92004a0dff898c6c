import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

interface Message {
  readonly body: string;
  readonly public: boolean;
  readonly attachments: readonly { readonly name: string }[];
}

async function messages(id: string): Promise<readonly Message[]> {
  const answer = await desk().request('GET', `/v1/tickets/${id}/messages`);
  return ((await answer.json()) as { data: Message[] }).data;
}

it('takes a reply and an internal note', async () => {
  const { page, complaints } = await visit(browser);
  const { id } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  await page.getByText('It is the third one this week.').waitFor();
  await page.keyboard.press('r');
  await page.keyboard.type('Use the extinguisher.\nThen call us.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article', { name: 'Reply from Ann Agent' }).waitFor();
  await page.getByText('Pending', { exact: true }).first().waitFor();

  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.keyboard.type('They have no extinguisher.');
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('article', { name: 'Internal note from Ann Agent' }).waitFor();
  await expect
    .poll(async () => (await messages(id)).map((m) => [m.body, m.public]))
    .toEqual([
      ['It is the third one this week.', true],
      ['Use the extinguisher.\nThen call us.', true],
      ['They have no extinguisher.', false],
    ]);
  await page.getByText('added an internal note').waitFor();
  expect(complaints).toEqual([]);
});

it('keeps a draft through a reload, and until it was sent', async () => {
  const { page } = await visit(browser);
  const { id } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  await page.getByRole('textbox', { name: 'Reply' }).fill('Half a sen');
  await page.reload();
  const field = page.getByRole('textbox', { name: 'Reply' });
  await expect.poll(() => field.inputValue()).toBe('Half a sen');

  // An answer that never comes: the words stay, and the same request is sent again.
  const keys: (string | undefined)[] = [];
  await page.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').filter({ hasText: 'your text is kept' }).waitFor();
  expect(await field.inputValue()).toBe('Half a sen');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => field.inputValue()).toBe('');
  expect(keys[1]).toBe(keys[0]);
  expect((await messages(id)).filter(({ body }) => body === 'Half a sen')).toHaveLength(1);
  await page.reload();
  await field.waitFor();
  expect(await field.inputValue()).toBe('');
});

it('keeps the words when the ticket was closed meanwhile', async () => {
  const { page } = await visit(browser);
  const { id } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  const field = page.getByRole('textbox', { name: 'Reply' });
  await field.fill('Too late, perhaps');
  await page.route('**/messages', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 409,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: 'urn:vigil:problem:conflict', status: 409, detail: 'The ticket is closed.' }),
        })
      : route.continue(),
  );
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').filter({ hasText: 'The ticket is closed.' }).waitFor();
  expect(await field.inputValue()).toBe('Too late, perhaps');
});

it('shows both texts of two agents who write at once, and tells each of the other', async () => {
  const [ann, ben] = [await visit(browser, { name: 'Ann Agent' }), await visit(browser, { name: 'Ben Agent' })];
  const { id } = await desk().addTicket();
  for (const { page } of [ann, ben]) {
    await go(page, `/tickets/${id}`);
    await page.getByRole('textbox', { name: 'Reply' }).fill(`By ${page === ann.page ? 'Ann' : 'Ben'}`);
  }
  await ann.page.getByRole('button', { name: 'Send' }).click();
  await ben.page.getByText('1 new message since you began to write').waitFor();
  expect(await ben.page.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('By Ben');
  // It may have been answered already: that is said before anything goes out.
  await ben.page.getByRole('textbox', { name: 'Reply' }).press('Control+Enter');
  await ben.page.getByRole('alert').filter({ hasText: 'Ann Agent replied while you were writing' }).waitFor();
  expect((await messages(id)).map(({ body }) => body)).not.toContain('By Ben');
  expect(await ben.page.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('By Ben');
  await ben.page.getByRole('button', { name: 'Send all the same' }).click();
  for (const { page } of [ann, ben]) {
    await page.getByRole('article', { name: 'Reply from Ann Agent' }).getByText('By Ann').waitFor();
    await page.getByRole('article', { name: 'Reply from Ben Agent' }).getByText('By Ben').waitFor();
  }
});

it('takes a pasted picture along, and shows it', async () => {
  const { page, complaints } = await visit(browser);
  const { id } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  await page.getByRole('textbox', { name: 'Reply' }).fill('See this:');
  await page.getByRole('textbox', { name: 'Reply' }).evaluate((field: EventTarget) => {
    const bytes = Uint8Array.from(
      atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
      (character) => character.charCodeAt(0),
    );
    const { DataTransfer, ClipboardEvent } = globalThis as unknown as {
      DataTransfer: new () => { items: { add: (file: File) => void } };
      ClipboardEvent: new (type: string, init: object) => Event;
    };
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'screenshot.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByRole('button', { name: 'Remove screenshot.png' }).waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
  const picture = page.getByRole('img', { name: 'screenshot.png' });
  await picture.waitFor();
  await expect
    .poll(() => picture.evaluate((image: unknown) => (image as { naturalWidth: number }).naturalWidth))
    .toBe(1);
  expect((await messages(id)).at(-1)?.attachments).toMatchObject([{ name: 'screenshot.png' }]);
  expect(complaints).toEqual([]);
});

it('runs nothing that a customer sent, and loads no picture from elsewhere', async () => {
  const { page, complaints } = await visit(browser);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const { id } = await desk().addTicket({
    body: '<p>Hello <b>there</b><img src="https://tracker.example/pixel.png" alt="logo"><script>document.title = "owned"</script><a href="javascript:alert(1)" onclick="document.title = 1">x</a></p>',
  });
  await go(page, `/tickets/${id}`);
  await page.locator('b', { hasText: 'there' }).waitFor();
  await page.getByRole('link', { name: 'Remote image, not loaded: logo' }).waitFor();
  expect(await page.title()).toMatch(/^Printer on fire/);
  expect(await page.locator('article [onclick], article script, article [href^="javascript"]').count()).toBe(0);
  expect(asked.filter((url) => url.includes('tracker'))).toEqual([]);
  // Chromium reports handlers already when DOMPurify reads them, in a document that runs nothing.
  expect(complaints.filter((text) => !text.startsWith('Executing inline event handler'))).toEqual([]);
  await page.getByRole('button', { name: 'Show source' }).click();
  await page.getByText('<script>').waitFor();
});

it('explains its clocks, and does what its buttons say', async () => {
  const { page, person } = await visit(browser);
  const channel = await desk().addPromise({ high: { firstReply: 'PT30M', resolution: 'PT4H' } });
  const { id } = await desk().addTicket({ channel, priority: 'high' });
  await go(page, `/tickets/${id}`);
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByText(/of 30 mins? used/).waitFor();
  await details.getByText('Why').first().click();
  await details
    .getByText(/Ran from .* to now: .* counted/)
    .first()
    .waitFor();
  await details.getByRole('button', { name: 'Assign to me' }).click();
  await expect.poll(() => details.getByLabel('Assignee').inputValue()).toBe(person.id);
  await details.getByRole('button', { name: 'Put on hold' }).click();
  await details.getByText('On hold', { exact: true }).waitFor();
  await details.getByRole('button', { name: 'Reopen' }).click();
  await details.getByText('Open', { exact: true }).waitFor();
  await details.getByRole('button', { name: 'Solve' }).click();
  await details.getByText('Solved', { exact: true }).waitFor();
  await details.getByText('changed the status: Open → Solved').waitFor();
});

it('asks in hindsight what it was once it is solved, and lets that be changed', async () => {
  const { page, complaints } = await visit(browser);
  const { id } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  const panel = page.getByRole('region', { name: 'In hindsight' });
  await page.getByRole('button', { name: 'Solve' }).click();
  await panel.getByLabel('What it was about').selectOption('A mistake of the user');
  await panel.getByLabel('Difficulty').selectOption('2');
  await panel.getByLabel('Minutes of work').fill('15');
  await panel.getByLabel('Note').fill('The docs do not say it.');
  await panel.getByRole('button', { name: 'Save' }).click();
  await panel.getByText('A mistake of the user · It takes research · 15 min of work').waitFor();
  await page.getByText('noted in hindsight: A mistake of the user').waitFor();

  await panel.getByRole('button', { name: 'Change' }).click();
  expect(await panel.getByLabel('Note').inputValue()).toBe('The docs do not say it.');
  await panel.getByLabel('Minutes of work').fill('');
  await panel.getByRole('button', { name: 'Save' }).click();
  await panel.getByText('It takes research').waitFor();
  const { annotation } = (await (await desk().request('GET', `/v1/tickets/${id}?source=workflow`)).json()) as {
    annotation: object;
  };
  expect(annotation).toEqual({ kind: 'user-error', difficulty: 2, minutes: null, note: 'The docs do not say it.' });
  expect(complaints).toEqual([]);
});

it('is linked to bugs and incidents elsewhere', async () => {
  const { page, complaints } = await visit(browser);
  const { id } = await desk().addTicket();
  await go(page, `/tickets/${id}`);
  const panel = page.getByRole('region', { name: 'Bugs' });
  await panel.getByRole('button', { name: 'Link a bug' }).click();
  await panel.getByLabel('Address in the tracker').fill('https://bugs.example.com/7');
  await panel.getByLabel('Title').fill('Labels to Norway');
  await page.keyboard.press('Enter');
  const link = panel.getByRole('link', { name: 'Labels to Norway' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe('https://bugs.example.com/7');
  await page.getByText('linked the bug Labels to Norway').waitFor();
  await panel.getByRole('button', { name: 'Take the link to “Labels to Norway” away' }).click();
  await link.waitFor({ state: 'detached' });

  await desk().post(`/v1/tickets/${id}/link-incident`, { incident: 'inc_elsewhere' });
  await page.getByRole('region', { name: 'Incidents' }).getByRole('link', { name: 'inc_elsewhere' }).waitFor();
  expect(complaints).toEqual([]);
});
