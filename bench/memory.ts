import { readFile } from 'node:fs/promises';
import type { Stack } from '../tests/support/stack.ts';
import { heading, load, row, settled } from './measure.ts';
import { handIn } from './throughput.ts';

/** What the worker's memory grows by for each open ticket that it keeps at hand. */
export async function memory(stack: Stack, count: number): Promise<void> {
  heading(`Memory of the worker, ${count} open tickets cached`);
  await stack.worker.stop();
  await stack.startWorker();
  await stack.ready();
  await load(20, 4, (i) => handIn(stack, i));
  await settled(stack);
  const before = await residentBytes(stack);
  await load(count, 24, (i) => handIn(stack, i));
  await settled(stack);
  const after = await residentBytes(stack);
  row('of the process, MB', (after / 1e6).toFixed(0), `with 20 tickets ${(before / 1e6).toFixed(0)}`);
  row('each cached ticket, kB', ((after - before) / count / 1e3).toFixed(0), 'known of the SDK: about 1,000');
}

async function residentBytes(stack: Stack): Promise<number> {
  const status = await readFile(`/proc/${stack.worker.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
