import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { furnish, settled } from './pages.ts';
import { desk, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds that is serious or worse, as lines to read. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const tags = JSON.stringify(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const { violations } = await page.evaluate<{ violations: Violation[] }>(`axe.run({ runOnly: ${tags} })`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
}

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  // Every page there is, each looked through as a whole.
  it('no page keeps anybody out', { timeout: 400_000 }, async () => {
    const { page, person } = await visit(browser, { colorScheme, role: 'admin' });
    const pages = await furnish(desk(), person.id);
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(desk().url + path);
      await settled(page);
      expect(await findings(page), name).toEqual([]);
    }
    await page.goto(desk().url + pages['ticket']);
    await page.getByRole('group', { name: 'May answer it' }).waitFor();
    expect(await findings(page), 'suggestions').toEqual([]);
    await page.getByRole('radio', { name: 'Internal note' }).check();
    await page.locator('header summary').click();
    expect(await findings(page), 'note and menu').toEqual([]);
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await findings(page), 'help').toEqual([]);
    await page.keyboard.press('Escape');
    for (const name of ['Merge…', 'Macros', 'Articles', /unread mention/]) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      expect(await findings(page), String(name)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('textbox', { name: 'Internal note' }).pressSequentially('@bob');
    await page.getByRole('listbox', { name: 'People' }).waitFor();
    expect(await findings(page), 'completion').toEqual([]);

    await page.goto(desk().url + pages['queue']);
    await page.getByLabel('Select all').check();
    await page.getByRole('button', { name: 'More filters' }).click();
    await page.getByLabel('Level').waitFor();
    await page.locator('[data-agent]').first().waitFor();
    for (const name of ['Assign to…', 'Save as view']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      expect(await findings(page), name).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });

  it('nor do those for who is not signed in', async () => {
    const context = await browser.newContext({ colorScheme, locale: 'en-GB' });
    const page = await context.newPage();
    for (const path of ['/sign-in', '/welcome/nothing']) {
      await page.goto(desk().url + path);
      await settled(page);
      expect(await findings(page), path).toEqual([]);
    }
    await context.close();
  });
});
