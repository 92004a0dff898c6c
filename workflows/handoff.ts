import { defineSearchAttributeKey } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import type { AnnounceActivities } from '../activities/announce.ts';
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
/** Word that comes late is worth nothing, and the next handoff waits for the end of this one. */
const telling = wf.proxyActivities<AnnounceActivities>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '5m',
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
    await desk.recordHandoff({ ...plan, ticketsMoved });
  }
  await desk.renewRotation({ schedule, now: Math.max(Date.now(), scheduledFor()) });
  // Last, since it may take a while where somebody cannot be reached.
  const notices = plan?.notices ?? [];
  await Promise.all(notices.map((notice) => telling.announce(notice).catch(() => undefined)));
}

const scheduledStart = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** Temporal may start it a moment early. */
function scheduledFor(): number {
  return wf.workflowInfo().typedSearchAttributes.get(scheduledStart)?.getTime() ?? 0;
}
