import { sleep } from '@temporalio/workflow';

/** The least that a durable timer costs: what everything else is measured against. */
export async function bareTimer(): Promise<void> {
  await sleep('7 days');
}
