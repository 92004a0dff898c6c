import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { type Person, unique } from './desk.ts';
import { desk, go, visit } from './visit.ts';

let browser: Browser;
let [ann, bob, cleo]: Person[] = [];
beforeAll(async () => {
  browser = await launchChromium();
  [ann, bob, cleo] = await Promise.all(['Ann', 'Bob', 'Cleo'].map((name) => desk().addPerson(unique(name))));
});
afterAll(() => browser.close());

interface Stored {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly layers: readonly object[];
}

async function stored(id: string): Promise<Stored> {
  return (await (await desk().request('GET', `/v1/schedules/${id}`)).json()) as Stored;
}

const nameOf = (person: Person | undefined): string => person?.name ?? '';
const layer = (page: Page, number: number): Locator =>
  page.getByRole('group', { name: `Layer ${number}`, exact: true });
const add = (within: Locator, what: string, person: Person | undefined) =>
  within.getByLabel(what, { exact: true }).selectOption({ label: nameOf(person) });

it('makes a schedule, and shows what it would give while it is typed', async () => {
  const { page, complaints } = await visit(browser, { role: 'manager' });
  await go(page, '/on-call');
  await page.getByRole('link', { name: 'New schedule' }).click();
  await page.getByRole('heading', { name: 'New schedule' }).waitFor();
  const name = unique('First line');
  await page.getByLabel('Name', { exact: false }).first().fill(name);
  await page.getByLabel('Time zone').fill('America/New_York');
  const days = layer(page, 1);
  // Nobody takes turns yet: the API says so at the field.
  await days.getByText('a layer needs at least one participant').waitFor();
  await days.getByLabel('Rotation').selectOption('daily');
  await days.getByLabel('First shift begins').fill('2026-01-05T09:00');
  for (const person of [ann, bob]) await add(days, 'Add a participant', person);
  await add(days, `together with ${nameOf(bob)}`, cleo);
  const preview = page.getByRole('region', { name: 'Preview' }).first();
  await preview.getByText('Somebody is on duty all the time.').waitFor();
  await page.getByText('The preview as a list').click();
  await preview
    .getByRole('listitem')
    .filter({ hasText: `${nameOf(bob)}, ${nameOf(cleo)}` })
    .first()
    .waitFor();

  await days.getByRole('button', { name: 'Add hours' }).click();
  await preview.getByText('Nobody is on duty in 11 gaps.').waitFor();
  await days.getByRole('checkbox', { name: 'Friday' }).uncheck();
  await days.getByRole('group', { name: 'Hours 1' }).getByLabel('Until').fill('18:30');
  await days.getByRole('checkbox', { name: 'Share duty fairly' }).check();
  await add(days, 'Add a shadow', cleo);
  await days
    .getByRole('group', { name: nameOf(cleo) })
    .getByLabel('Until (optional)')
    .fill('2030-07-01T12:00');
  await days.getByRole('button', { name: `Move ${nameOf(ann)} down` }).click();
  await page.getByRole('button', { name: 'Create the schedule' }).click();
  await page.getByRole('heading', { name }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  expect(await stored(id)).toMatchObject({ name, timeZone: 'America/New_York' });
  expect((await stored(id)).layers).toEqual([
    {
      rotation: { type: 'daily', shiftLength: 1, start: '2026-01-05T14:00:00Z' },
      participants: [[bob?.id, cleo?.id], ann?.id],
      fair: true,
      shadows: [{ user: cleo?.id, until: '2030-07-01T16:00:00Z' }],
      restrictions: [{ days: ['mon', 'tue', 'wed', 'thu'], from: '09:00', to: '18:30' }],
    },
  ]);
  expect(complaints).toEqual([]);
});

it('says at its field what cannot work', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const other = await desk().addSchedule(unique('Taken'), [ann?.id ?? '']);
  const schedule = await desk().addSchedule(unique('Duty'), [ann?.id ?? '']);
  await go(page, `/on-call/${schedule.id}/edit`);
  const said = async (field: Locator): Promise<string> => {
    const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ');
    return (await Promise.all(ids.filter(Boolean).map((id) => page.locator(`[id="${id}"]`).innerText()))).join(' ');
  };
  const length = page.getByLabel('Days in a shift');
  await length.fill('9001');
  await expect.poll(() => said(length)).toContain('must be a whole number from 1 to 9000');
  await page.getByText('There is no preview yet: 1 thing above is to be put right.').waitFor();
  await length.fill('2');
  await page.getByText('There is no preview yet').waitFor({ state: 'detached' });
  const zone = page.getByLabel('Time zone');
  await zone.fill('Europe/Nowhere');
  await expect.poll(() => said(zone)).toContain('is no time zone');
  await zone.fill('Europe/Berlin');
  const start = page.getByLabel('First shift begins');
  await start.fill('2026-03-29T02:30');
  await expect.poll(() => said(start)).toMatch(/clocks leave this time out: Sun 29 Mar, 0?3:00 is meant/);
  const name = page.getByLabel('Name', { exact: false }).first();
  await name.fill(other.name);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => said(name)).toContain('Another schedule has this name.');
  await page.getByRole('alert').filter({ hasText: 'This was not saved' }).waitFor();
  await name.fill(unique('Free'));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Change the schedule' }).waitFor();
  expect((await stored(schedule.id)).layers).toMatchObject([
    { rotation: { shiftLength: 2, start: '2026-03-29T01:00:00Z' } },
  ]);
});

it('keeps what it has no field for, and asks before changes are lost', async () => {
  const { page } = await visit(browser, { role: 'admin' });
  const rotation = { type: 'weekly', shiftLength: 1, start: '2026-01-05T08:00:30Z' };
  const calendar = { shifts: [{ start: '2026-01-05T09:00:00Z', end: '2026-01-05T10:00:00Z', users: [bob?.id] }] };
  const weighed = { rotation, participants: [ann?.id], fair: true, weights: { night: 3 }, eligible: { minMonths: 0 } };
  const body = { name: unique('Mixed'), timeZone: 'Europe/Berlin', layers: [calendar, weighed] };
  const { id } = await desk().post<{ id: string }>('/v1/schedules', body);
  const trainee = { schedule: id, layer: 1, user: cleo?.id, start: '2026-01-05T08:00:00Z', weeks: 104 };
  await desk().post('/v1/trainings', trainee);
  await go(page, `/on-call/${id}/edit`);
  await layer(page, 1).getByText('read from a calendar: 1 shift').waitFor();
  await layer(page, 1).getByLabel('Name of the layer').fill('From the calendar');
  const questions: string[] = [];
  page.once('dialog', (dialog) => {
    questions.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => questions).toEqual(['Leave without saving your changes?']);
  expect(await layer(page, 1).getByLabel('Name of the layer').inputValue()).toBe('From the calendar');
  await layer(page, 2).getByRole('button', { name: 'Move Layer 2 up' }).click();
  await page.getByRole('alert').filter({ hasText: '1 training goes by the number of its layer' }).waitFor();
  await page.getByRole('button', { name: 'Move Layer 1 down' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Change the schedule' }).waitFor();
  expect((await stored(id)).layers).toEqual([{ ...calendar, name: 'From the calendar' }, weighed]);
});

it('deletes a schedule once more is said than that, unless something needs it', async () => {
  const { page } = await visit(browser, { role: 'manager' });
  const schedule = await desk().addSchedule(unique('Old'), [ann?.id ?? '']);
  const ownership = { rule: 'on-duty', schedule: schedule.id };
  const team = await desk().post<{ id: string }>('/v1/teams', { name: unique('Team'), ownership });
  await go(page, `/on-call/${schedule.id}/edit`);
  await page.getByRole('button', { name: 'Delete the schedule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await dialog.getByRole('alert').getByText('gives its tickets out by this schedule').waitFor();
  await desk().request('DELETE', `/v1/teams/${team.id}`);
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('heading', { name: 'On call' }).waitFor();
  expect((await desk().request('GET', `/v1/schedules/${schedule.id}`)).status).toBe(404);
});

it.each(['agent', 'trainee', 'viewer'])('is not for a person with the role %s', async (role) => {
  const { page, context } = await visit(browser, { role });
  const schedule = await desk().addSchedule(unique('Not yours'), [ann?.id ?? '']);
  await go(page, `/on-call/${schedule.id}`);
  await page.getByRole('heading', { name: schedule.name }).waitFor();
  expect(await page.getByRole('link', { name: 'Change the schedule' }).count()).toBe(0);
  await go(page, `/on-call/${schedule.id}/edit`);
  await page.getByText('Managers and admins set up schedules.').waitFor();
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
  await go(page, '/on-call');
  expect(await page.getByRole('link', { name: 'New schedule' }).count()).toBe(0);
  const answer = await context.request.patch(`${desk().url}/v1/schedules/${schedule.id}`, {
    data: { name: 'Mine' },
    headers: { 'x-vigil-request': '1' },
  });
  expect(answer.status()).toBe(403);
});
