import type { Stack } from '../tests/support/stack.ts';

/** What is measured, however many processes it has. */
export type Measured = Pick<Stack, 'request' | 'temporalAddress' | 'secret' | 'stop'> & {
  readonly postgres: { readonly url: () => string };
};

/** Runs `work(i)` for every i below `count`, `lanes` at a time; resolves with each one's milliseconds and the total's. */
export async function load(
  count: number,
  lanes: number,
  work: (i: number) => Promise<unknown>,
): Promise<{ each: number[]; total: number }> {
  const each: number[] = [];
  let next = 0;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) {
      const start = performance.now();
      await work(i);
      each.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { each, total: performance.now() - began };
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Polls until `done`; throws after `timeoutMs`. */
export async function until(what: string, timeoutMs: number, done: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await done());) {
    if (Date.now() > end) throw new Error(`waited ${timeoutMs / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** All tickets are recorded: the worker has nothing left to do. */
export async function settled(stack: Measured): Promise<void> {
  let last = '';
  await until('the worker to settle', 120_000, async () => {
    const response = await stack.request('GET', '/v1/tickets?sort=-createdAt&limit=1');
    const now = await response.text();
    const same = now === last;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return same;
  });
}

export function row(what: string, figure: string, baseline: string): void {
  console.log(`| ${what} | ${figure} | ${baseline} |`);
}

export function heading(title: string): void {
  console.log(`\n### ${title}\n\n| what | figure | beside it |\n|---|---|---|`);
}
