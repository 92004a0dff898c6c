import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { unique } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
let channel: string;
beforeAll(async () => {
  browser = await launchChromium();
  channel = await desk().addPromise({
    normal: { firstReply: 'PT2H', resolution: 'PT24H' },
    urgent: { firstReply: 'PT10M', resolution: 'PT1H' },
  });
});
afterAll(() => browser.close());

it('shows what happens while it is shown, without a reload', async () => {
  const { page, complaints } = await visit(browser);
  const team = await desk().addTeam(unique('Team'));
  await go(page, `/queue?team=${team.id}`);
  await page.getByText('No ticket matches these filters.').waitFor();

  const subject = unique('Comes while we look');
  const ticket = await desk().addTicket({ channel, subject, team: team.id });
  const line = page.getByRole('row').filter({ hasText: subject });
  await line.waitFor();
  expect(await line.innerText()).toMatch(/First reply in 1 hr 59 min[\s\S]*Ada Lovelace[\s\S]*Normal[\s\S]*New/);

  const urgent = unique('More urgent');
  await desk().addTicket({ channel, subject: urgent, team: team.id, priority: 'urgent' });
  await page.getByRole('row').filter({ hasText: urgent }).waitFor();
  // The next due comes first.
  expect(await page.locator('[data-ticket]').first().innerText()).toContain(urgent);

  await desk().post(`/v1/tickets/${ticket.id}/solve`, {});
  await line.waitFor({ state: 'detached' });
  await page.getByText('1 ticket', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

it('is read once, and misses nothing of what happens before it listens', async () => {
  const { page } = await visit(browser);
  const team = await desk().addTeam(unique('Team'));
  const read: string[] = [];
  page.on('request', (request) => read.push(new URL(request.url()).pathname));
  let listen = (): void => undefined;
  const held = new Promise<void>((resolve) => (listen = resolve));
  await page.route('**/v1/stream*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${desk().url}/queue?team=${team.id}`);
  await page.getByText('No ticket matches these filters.').waitFor();
  const subject = unique('Before anybody listens');
  await desk().addTicket({ channel, subject, team: team.id });
  await expect.poll(async () => (await desk().request('GET', `/v1/tickets?team=${team.id}`)).text()).toContain(subject);
  expect(read.filter((path) => path === '/v1/tickets')).toHaveLength(1);
  listen();
  await page.getByText(subject).waitFor();

  read.length = 0;
  await page.unroute('**/v1/stream*');
  await go(page, `/queue?team=${team.id}`);
  await page.getByText(subject).waitFor();
  await page.evaluate('fetch("/v1/session").then((answer) => answer.text())');
  expect(read.filter((path) => path === '/v1/tickets')).toHaveLength(1);
});

it('keeps its filters in the address', async () => {
  const { page } = await visit(browser);
  const word = unique('needle').replace(' ', '');
  await desk().addTicket({ subject: `A ${word} in hay`, priority: 'high' });
  await desk().addTicket({ subject: `Another ${word}`, priority: 'low' });
  await go(page, '/queue');
  await page.keyboard.press('/');
  await page.keyboard.type(word);
  await page.getByText('2 tickets', { exact: true }).waitFor();
  await page.getByLabel('Priority').selectOption('high');
  await page.getByText('1 ticket', { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('priority')).toBe('high');
  expect(new URL(page.url()).searchParams.get('q')).toBe(word);

  await page.reload();
  await page.getByText('1 ticket', { exact: true }).waitFor();
  expect(await page.getByLabel('Priority').inputValue()).toBe('high');
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await page.waitForURL('**/queue');
});

it('is walked through and opened by keys alone', async () => {
  const { page } = await visit(browser);
  const team = await desk().addTeam(unique('Team'));
  for (const subject of ['First of two', 'Second of two']) await desk().addTicket({ subject, team: team.id });
  await go(page, `/queue?team=${team.id}`);
  await page.getByText('2 tickets', { exact: true }).waitFor();
  await page.keyboard.press('j');
  await page.locator('[data-ticket] a:focus').waitFor();
  await page.keyboard.press('j');
  await page.locator('[data-ticket]').nth(1).locator('a:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Second of two' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.getByRole('heading', { name: 'Queue' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
});

it('changes many at once, and tells which could not be', async () => {
  const { page, person } = await visit(browser);
  const team = await desk().addTeam(unique('Team'));
  const good = await desk().addTicket({ subject: 'Can be solved', team: team.id });
  const solved = await desk().addTicket({ subject: 'Is solved already', team: team.id });
  await go(page, `/queue?team=${team.id}&status=new,open,solved`);
  await page.getByText('2 tickets', { exact: true }).waitFor();
  await page.getByLabel('Select all').check();
  await page.getByRole('button', { name: 'Assign to me' }).click();
  await page.locator('[data-ticket]').filter({ hasText: person.name }).nth(1).waitFor();

  await desk().post(`/v1/tickets/${solved.id}/solve`, {});
  await page.getByLabel('Select all').check();
  await page.getByRole('button', { name: 'Solve' }).click();
  const alert = page.getByRole('alert').filter({ hasText: '1 ticket was not changed' });
  await alert.getByText(solved.reference).waitFor();
  await page.getByText('1 selected').waitFor();
  await expect
    .poll(async () => (await (await desk().request('GET', `/v1/tickets/${good.id}`)).json()) as object)
    .toMatchObject({ status: 'solved', assignee: person.id });
});

it('scrolls through more tickets than one page of the API has', async () => {
  const { page } = await visit(browser);
  const team = await desk().addTeam(unique('Team'));
  const subjects = Array.from({ length: 130 }, (_, i) => `Number ${i}`);
  for (let i = 0; i < subjects.length; i += 10) {
    await Promise.all(subjects.slice(i, i + 10).map((subject) => desk().addTicket({ subject, team: team.id })));
  }
  await expect
    .poll(async () => {
      const answer = await desk().request('GET', `/v1/tickets?team=${team.id}&limit=100`);
      const { next } = (await answer.json()) as { next: string };
      const rest = await desk().request('GET', `/v1/tickets?team=${team.id}&limit=100&cursor=${next}`);
      return ((await rest.json()) as { data: object[] }).data.length;
    })
    .toBe(30);
  await go(page, `/queue?team=${team.id}`);
  // All are counted, whatever has been read.
  await page.getByText('130 tickets', { exact: true }).waitFor();
  // Only what is in sight is in the document.
  expect(await page.locator('[data-ticket]').count()).toBeLessThan(50);
  await page.locator('[data-ticket]').first().hover();
  // The rest is read when the end of what has been read comes into sight, and the wheel is turned on.
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 20_000);
      return page.locator('[aria-rowindex="131"]').count();
    })
    .toBe(1);
});
