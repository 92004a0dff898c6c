import * as wf from '@temporalio/workflow';

const hour = 3_600_000;

const { takeTime } = wf.proxyActivities<{ takeTime(ms: number): Promise<void> }>({ startToCloseTimeout: '1m' });

export const ask = wf.defineUpdate<number>('ask');

/** Waits for so many hours, one by one, in as many runs; answers what time it is by its clock; returns the time it took. */
export async function wait(hours: number, runs = 1, since = Date.now()): Promise<number> {
  wf.setHandler(ask, () => Date.now() - since);
  for (let passed = 0; passed < hours; passed++) await wf.sleep(hour);
  if (runs > 1) await wf.continueAsNew<typeof wait>(hours, runs - 1, since);
  return Date.now() - since;
}

/** After an hour, opens a child that lives for three hours, and itself lives for three more. */
export async function open(): Promise<void> {
  await wf.sleep(hour);
  const workflowId = `${wf.workflowInfo().workflowId}/child`;
  await wf.startChild(wait, { workflowId, args: [3], parentClosePolicy: 'ABANDON' });
  await wf.sleep(3 * hour);
}

/** Works for a second while an hour's timer runs; returns when the work was done, and when the timer fired. */
export async function work(): Promise<readonly [number, number]> {
  const since = Date.now();
  const timer = wf.sleep(hour).then(() => Date.now() - since);
  await takeTime(1000);
  return [Date.now() - since, await timer];
}
