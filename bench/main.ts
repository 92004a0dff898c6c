import { cpus } from 'node:os';
import { buildWebApplication } from '../cli/up/web-build.ts';
import { type Stack, startStack } from '../tests/support/stack.ts';
import { herd, singleBreaches } from './breaches.ts';
import { startMeasuredCluster } from './cluster.ts';
import { lists } from './lists.ts';
import { acknowledging, duty } from './on-call.ts';
import { memory } from './memory.ts';
import { screens } from './screens.ts';
import { cost, lives, throughput } from './throughput.ts';

/**
 * `npm run bench -- [cluster] [quick] [PART …]`: measures Vigil as it runs, all processes on this machine, each figure beside
 * its baseline in the same run. Parts: throughput, lives, cost, breaches, herd, memory, lists, duty, incidents, screens. With `cluster`,
 * against Temporal on PostgreSQL, two workers and two APIs, and without `memory`, `lists`, `screens` and `cost`, which are the same there.
 */
const words = process.argv.slice(2);
const quick = words.includes('quick');
const onCluster = words.includes('cluster');
const parts = words.filter((word) => word !== 'quick' && word !== 'cluster');
const wanted = (part: string): boolean => parts.length === 0 || parts.includes(part);

console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
const env = { VIGIL_RATE_LIMIT: '1000000' };
const single = onCluster ? undefined : await startStack(env);
const measured = single ?? (await startMeasuredCluster(env));
try {
  if (wanted('throughput')) await throughput(measured, quick ? 300 : 1000);
  if (wanted('lives')) await lives(measured, quick ? 200 : 1000);
  if (wanted('breaches')) await singleBreaches(measured, quick ? 10 : 100, quick ? 2000 : 6000);
  if (wanted('herd')) await herd(measured, quick ? 200 : 1000);
  if (wanted('duty')) await duty(measured);
  if (wanted('incidents')) await acknowledging(measured, quick ? 300 : 10_000, quick ? 50 : 300);
  if (single !== undefined && wanted('memory')) await memory(single, quick ? 300 : 1500);
} finally {
  await measured.stop();
}

// On servers of their own: the incidents of the parts before go on paging.
if (!onCluster && wanted('lists')) {
  await onceWith(env, async (quiet) => {
    await lists(quiet, 100_000);
    if (!quick) await lists(quiet, 1_000_000);
  });
}
if (!onCluster && wanted('screens')) {
  // An API serves what was built when it began.
  await buildWebApplication(() => undefined);
  await onceWith(env, (stack) => screens(stack, quick));
}
if (!onCluster && wanted('cost')) await onceWith({ VIGIL_CLOSE_AFTER: 'PT2S' }, cost);

async function onceWith(environment: Record<string, string>, work: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startStack(environment);
  try {
    await work(stack);
  } finally {
    await stack.stop();
  }
}
