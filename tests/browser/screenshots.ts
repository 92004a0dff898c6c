/** `npm run screenshots -- FOLDER [WIDTH]`: every page of a furnished desk, light and dark, to be looked at. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buildWebApplication } from '../../cli/up/web-build.ts';
import { launchChromium } from '../support/browser.ts';
import { startStack } from '../support/stack.ts';
import { Desk, password } from './desk.ts';
import { furnish, settled } from './pages.ts';

const [folder = 'screenshots', width = '1360'] = process.argv.slice(2);
const television = { width: 1920, height: 1080 };
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await mkdir(folder, { recursive: true });
await buildWebApplication(say);
const stack = await startStack();
const browser = await launchChromium();
try {
  const desk = new Desk(stack.api.url, stack.adminKey);
  const person = await desk.addPerson('Ann Agent', 'admin');
  const pages = { ...(await furnish(desk, person.id)), 'sign-in': '/sign-in' };
  for (const colorScheme of ['light', 'dark'] as const) {
    const viewport = { width: Number(width), height: 820 };
    const context = await browser.newContext({ colorScheme, locale: 'en-GB', viewport });
    const token = new URL(await desk.invite(person)).pathname.split('/').at(-1);
    const headers = { 'x-vigil-request': '1' };
    await context.request.post(`${desk.url}/v1/invitations/${token}`, { data: { password }, headers });
    const page = await context.newPage();
    for (const [name, address] of Object.entries(pages)) {
      await page.setViewportSize(name === 'wall' ? television : viewport);
      await page.goto(desk.url + address);
      await settled(page);
      await page.waitForLoadState('load');
      const file = path.join(folder, `${name}-${colorScheme}.png`);
      await page.screenshot({ path: file, animations: 'disabled' });
      say(file);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await stack.stop();
}
