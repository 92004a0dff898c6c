import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject, onTestFinished } from 'vitest';
import { Desk, password, type Person } from './desk.ts';

export const desk = (): Desk => new Desk(inject('vigilUrl'), inject('adminKey'));

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly person: Person;
  /** What the page complained about: a violation of the security policy, an error that nobody caught. */
  readonly complaints: readonly string[];
}

/** A person of the desk in a browser of their own, signed in by an invitation; it closes with the test. */
export async function visit(
  browser: Browser,
  { name = 'Ann Agent', role = 'agent', ...options }: BrowserContextOptions & { name?: string; role?: string } = {},
): Promise<Visit> {
  const on = desk();
  const person = await on.addPerson(name, role);
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1360, height: 820 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  // The same as the page does; the page's own way is tested in sign-in.test.ts.
  const { pathname } = new URL(await on.invite(person));
  const accepted = await context.request.post(`${on.url}/v1/invitations/${pathname.split('/').at(-1)}`, {
    data: { password },
    headers: { 'x-vigil-request': '1' },
  });
  expect(accepted.status(), await accepted.text()).toBeLessThan(300);
  return { page, context, person, complaints };
}

/** Goes to a page of the application, and waits until it listens to what happens. */
export async function go(page: Page, path: string): Promise<void> {
  await page.goto(desk().url + path);
  await page.locator('header [data-state="connected"]').waitFor();
}

/** The API is killed while `during` runs. It is back afterwards, also if that failed: all tests share it. */
export async function withoutApi(during: () => Promise<void>): Promise<void> {
  await tell('kill-api');
  try {
    await during();
  } finally {
    await tell('start-api');
  }
}

async function tell(command: string): Promise<void> {
  expect((await fetch(`${inject('stackControl')}/${command}`, { method: 'POST' })).status).toBe(204);
}
