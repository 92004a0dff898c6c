import type { Browser, Page } from 'playwright-core';
import { Desk, password, unique } from '../tests/browser/desk.ts';
import { launchChromium } from '../tests/support/browser.ts';
import type { Stack } from '../tests/support/stack.ts';
import { fillTickets } from './fill.ts';
import { heading, load, quantile, row } from './measure.ts';

/** The web application in a real browser: how soon it shows what happened, how soon it is there, how it scrolls. */
export async function screens(stack: Stack, quick: boolean): Promise<void> {
  const desk = new Desk(stack.api.url, stack.adminKey);
  const browser = await launchChromium();
  try {
    await live(desk, browser, quick ? 20 : 100);
    await fillTickets(stack.postgres.url(), 100_000);
    await firstLoad(desk, browser);
    await scrolling(desk, browser);
  } finally {
    await browser.close();
  }
}

const numbers = (values: readonly number[], ...quantiles: readonly number[]): string =>
  quantiles.map((q) => quantile(values, q).toFixed(0)).join(' and ');

async function signedIn(desk: Desk, browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1360, height: 820 } });
  const token = new URL(await desk.invite(await desk.addPerson('Ann Agent'))).pathname.split('/').at(-1);
  const headers = { 'x-vigil-request': '1' };
  await context.request.post(`${desk.url}/v1/invitations/${token}`, { data: { password }, headers });
  return context.newPage();
}

interface Change {
  readonly at: number;
  readonly priority: string;
}

/** From the workflow's own time of a change to the moment at which a page shows it, with other screens connected. */
async function live(desk: Desk, browser: Browser, changes: number): Promise<void> {
  heading('A change in the workflow is on the screen');
  const page = await signedIn(desk, browser);
  const subject = unique('Watched');
  const { id } = await desk.addTicket({ subject });
  await page.goto(`${desk.url}/queue`);
  await page.getByText(subject).waitFor();
  const alone = await shown(desk, page, id, subject, changes);
  const disconnect = await connect(desk, 199);
  const among = await shown(desk, page, id, subject, changes);
  await disconnect();
  row(
    '200 screens, p50 and p95, ms',
    numbers(among, 0.5, 0.95),
    `one screen ${numbers(alone, 0.5, 0.95)}; aim p95 300`,
  );
  await page.context().close();
}

async function shown(desk: Desk, page: Page, id: string, subject: string, changes: number): Promise<number[]> {
  await page.evaluate(`(() => {
    const line = () => [...document.querySelectorAll('[data-ticket]')].find((one) => one.innerText.includes('${subject}'));
    const seen = (window.seen = []);
    let last = '';
    new MutationObserver(() => {
      const priority = /Low|Normal|High|Urgent/.exec(line()?.innerText ?? '')?.[0].toLowerCase() ?? '';
      if (priority !== last) seen.push({ at: Date.now(), priority });
      last = priority;
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  })()`);
  const before = (await happened(desk, id)).length;
  // Not in step with whatever looks for changes from time to time.
  await load(changes, 1, async (i) => {
    await desk.post(`/v1/tickets/${id}/priority`, { priority: i % 2 === 0 ? 'high' : 'low' });
    await new Promise((resolve) => setTimeout(resolve, 400 + Math.random() * 200));
  });
  const seen = await page.evaluate<Change[]>('window.seen');
  return (await happened(desk, id)).slice(before).map(({ at, priority }) => {
    const first = seen.find((one) => one.at >= at && one.priority === priority);
    return first === undefined ? Number.POSITIVE_INFINITY : first.at - at;
  });
}

async function happened(desk: Desk, id: string): Promise<Change[]> {
  const changes: Change[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = cursor === '' ? '' : `&cursor=${cursor}`;
    const answer = await desk.request('GET', `/v1/tickets/${id}/events?limit=100${page}`);
    const { data, next } = (await answer.json()) as {
      data: { type: string; at: string; data: { to?: string } }[];
      next: string | null;
    };
    for (const { type, at, data: told } of data) {
      if (type === 'ticket.priority-changed') changes.push({ at: Date.parse(at), priority: told.to ?? '' });
    }
    cursor = next;
  }
  return changes.toSorted((a, b) => a.at - b.at);
}

/** Streams that are read as a page reads them; what it gives ends them. */
async function connect(desk: Desk, count: number): Promise<() => Promise<void>> {
  const readers: ReadableStreamDefaultReader<Uint8Array>[] = [];
  await load(count, 8, async () => {
    const { body } = await desk.request('GET', '/v1/stream', undefined, { accept: 'text/event-stream' });
    if (body === null) throw new Error('a stream has no body');
    const reader = body.getReader();
    readers.push(reader);
    void drain(reader);
  });
  return async () => {
    await Promise.all(readers.map((reader) => reader.cancel()));
  };
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}

/** The same work whatever we change, which tells a slow machine from a slow page. */
const fixedWork = `(() => {
  const began = performance.now();
  for (let round = 0; round < 5; round++) {
    const texts = Array.from({ length: 50_000 }, (_, i) => String((i * 7919) % 50_000));
    JSON.parse(JSON.stringify(texts.sort()));
  }
  return performance.now() - began;
})()`;

/** From the address to the first line of the queue, and to the end of the last task that would have held up a click. */
async function firstLoad(desk: Desk, browser: Browser): Promise<void> {
  heading('The queue is there, 10,000 open tickets, nothing in the cache');
  const measure = async (slowness: number): Promise<{ lines: number[]; idle: number[]; work: number[] }> => {
    const [lines, idle, work]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < 5; i++) {
      const page = await signedIn(desk, browser);
      work.push(await page.evaluate<number>(fixedWork));
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
      await page.addInitScript(`
        window.busyUntil = 0;
        new PerformanceObserver((list) => {
          for (const { startTime, duration } of list.getEntries()) window.busyUntil = startTime + duration;
        }).observe({ type: 'longtask', buffered: true });
        new MutationObserver(() => {
          if (window.linesAt === undefined && document.querySelector('[data-ticket]')) window.linesAt = performance.now();
        }).observe(document, { subtree: true, childList: true });`);
      await page.goto(`${desk.url}/queue`);
      await page.locator('[data-ticket]').first().waitFor();
      await page.waitForTimeout(1500);
      const { linesAt, busyUntil } = await page.evaluate<{ linesAt: number; busyUntil: number }>(
        '({ linesAt: window.linesAt, busyUntil: window.busyUntil })',
      );
      lines.push(linesAt);
      idle.push(Math.max(linesAt, busyUntil));
      await page.context().close();
    }
    return { lines, idle, work };
  };
  const fast = await measure(1);
  const slow = await measure(4);
  row(
    '4 times slower processor, lines are there, median ms',
    numbers(slow.lines, 0.5),
    `at full speed ${numbers(fast.lines, 0.5)}`,
  );
  row('the same, interactive', numbers(slow.idle, 0.5), `at full speed ${numbers(fast.idle, 0.5)}; aim 1500`);
  row('fixed work at full speed, median ms', numbers([...fast.work, ...slow.work], 0.5), 'how fast this machine was');
}

/** Frames while the list is scrolled to its end, beside frames of a page on which nothing moves. */
async function scrolling(desk: Desk, browser: Browser): Promise<void> {
  heading('Scrolling through 10,000 open tickets');
  const page = await signedIn(desk, browser);
  await page.goto(`${desk.url}/queue`);
  await page.locator('[data-ticket]').first().waitFor();
  const still = await frames(page, 0);
  const moving = await frames(page, 120);
  const reached = await page.evaluate<number>(`Math.max(...[...document.querySelectorAll('[data-ticket]')].map((line) =>
    Number(line.getAttribute('aria-rowindex'))))`);
  row('a frame takes, p50 and p95, ms', numbers(moving, 0.5, 0.95), `standing still ${numbers(still, 0.5, 0.95)}`);
  row('lines passed in 20 s', String(reached), 'as many pages as were read meanwhile');
  await page.context().close();
}

/** Each frame's milliseconds for 20 s, in each of which the list moves on by so many pixels. */
function frames(page: Page, pixels: number): Promise<number[]> {
  return page.evaluate(`new Promise((resolve) => {
    const scroller = [...document.querySelectorAll('*')].find((one) => one.querySelector(':scope > [role=table]'));
    const times = [];
    let last = performance.now();
    const until = last + 20_000;
    const step = (now) => {
      times.push(now - last);
      last = now;
      scroller.scrollTop += ${pixels};
      if (now < until) requestAnimationFrame(step);
      else resolve(times.slice(1));
    };
    requestAnimationFrame(step);
  })`);
}
