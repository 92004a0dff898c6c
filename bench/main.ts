import { cpus } from 'node:os';
import { startStack } from '../tests/support/stack.ts';
import { herd, singleBreaches } from './breaches.ts';
import { lists } from './lists.ts';
import { memory } from './memory.ts';
import { cost, lives, throughput } from './throughput.ts';

/**
 * `npm run bench [-- quick] [-- PART …]`: measures Vigil as it runs, all processes on this machine, each figure beside
 * its baseline in the same run. Parts: throughput, lives, cost, breaches, herd, memory, lists.
 */
const words = process.argv.slice(2);
const quick = words.includes('quick');
const parts = words.filter((word) => word !== 'quick');
const wanted = (part: string): boolean => parts.length === 0 || parts.includes(part);

console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
const stack = await startStack({ VIGIL_RATE_LIMIT: '1000000' });
try {
  if (wanted('throughput')) await throughput(stack, quick ? 300 : 1000);
  if (wanted('lives')) await lives(stack, quick ? 200 : 1000);
  if (wanted('breaches')) await singleBreaches(stack, quick ? 10 : 100, quick ? 2000 : 6000);
  if (wanted('herd')) await herd(stack, quick ? 200 : 1000);
  if (wanted('memory')) await memory(stack, quick ? 300 : 1500);
  if (wanted('lists')) {
    await lists(stack, 100_000);
    if (!quick) await lists(stack, 1_000_000);
  }
} finally {
  await stack.stop();
}

if (wanted('cost')) {
  const brief = await startStack({ VIGIL_CLOSE_AFTER: 'PT2S' });
  try {
    await cost(brief);
  } finally {
    await brief.stop();
  }
}
