import { defineSearchAttributeKey } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import type { HandoffActivities } from '../activities/handoff.ts';

export interface HandoffInput {
  readonly schedule: string;
}

const desk = wf.proxyActivities<HandoffActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});
const atLength = wf.proxyActivities<HandoffActivities>({
  startToCloseTimeout: '30m',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});
/** Word that comes an hour late is worth nothing. */
const telling = wf.proxyActivities<HandoffActivities>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '1h',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/**
 * What comes with a change of duty: tickets are handed over by the schedule's rule, everybody is told, and the shift is
 * recorded, once. Where several were missed, only what is in force now is made up for: who is on call is known without it.
 */
export async function handoff({ schedule }: HandoffInput): Promise<void> {
  const plan = await desk.planHandoff({ schedule, now: Math.max(Date.now(), scheduledFor()) });
  if (plan !== null) {
    const ticketsMoved = await atLength.handTicketsOver(plan);
    await Promise.all(plan.notices.map((notice) => telling.announce(notice).catch(() => undefined)));
    await desk.recordHandoff({ ...plan, ticketsMoved });
  }
  await desk.renewRotation({ schedule, now: Math.max(Date.now(), scheduledFor()) });
}

const scheduledStart = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** Temporal may start it a moment early. */
function scheduledFor(): number {
  return wf.workflowInfo().typedSearchAttributes.get(scheduledStart)?.getTime() ?? 0;
}
