import { cpus } from 'node:os';
import { startStack } from '../tests/support/stack.ts';
import { herd, singleBreaches } from './breaches.ts';
import { startMeasuredCluster } from './cluster.ts';
import { lists } from './lists.ts';
import { memory } from './memory.ts';
import { cost, lives, throughput } from './throughput.ts';

/**
 * `npm run bench -- [cluster] [quick] [PART …]`: measures Vigil as it runs, all processes on this machine, each figure beside
 * its baseline in the same run. Parts: throughput, lives, cost, breaches, herd, memory, lists. With `cluster`, against
 * Temporal on PostgreSQL, two workers and two APIs, and without `memory` and `cost`, which are the same there.
 */
const words = process.argv.slice(2);
const quick = words.includes('quick');
const onCluster = words.includes('cluster');
const parts = words.filter((word) => word !== 'quick' && word !== 'cluster');
const wanted = (part: string): boolean => parts.length === 0 || parts.includes(part);

console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
const env = { VIGIL_RATE_LIMIT: '1000000' };
const single = onCluster ? undefined : await startStack(env);
const stack = single ?? (await startMeasuredCluster(env));
try {
  if (wanted('throughput')) await throughput(stack, quick ? 300 : 1000);
  if (wanted('lives')) await lives(stack, quick ? 200 : 1000);
  if (wanted('breaches')) await singleBreaches(stack, quick ? 10 : 100, quick ? 2000 : 6000);
  if (wanted('herd')) await herd(stack, quick ? 200 : 1000);
  if (single !== undefined && wanted('memory')) await memory(single, quick ? 300 : 1500);
  if (wanted('lists')) {
    await lists(stack, 100_000);
    if (!quick) await lists(stack, 1_000_000);
  }
} finally {
  await stack.stop();
}

if (!onCluster && wanted('cost')) {
  const brief = await startStack({ VIGIL_CLOSE_AFTER: 'PT2S' });
  try {
    await cost(brief);
  } finally {
    await brief.stop();
  }
}
