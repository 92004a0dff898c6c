import * as wf from '@temporalio/workflow';
import type { RolloutActivities } from '../activities/rollout.ts';
import type { Actor } from '../domain/ticket.ts';

export interface SlaRolloutInput {
  /** Policies that were edited, or whose calendar was. */
  readonly policies: readonly string[];
  readonly actor: Actor;
  readonly cause: string;
}

const { rollOutPolicy } = wf.proxyActivities<RolloutActivities>({
  startToCloseTimeout: '30m',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/** Tells every open ticket under the edited policies its new terms. */
export async function slaRollout({ policies, actor, cause }: SlaRolloutInput): Promise<void> {
  for (const policy of policies) await rollOutPolicy({ policy, actor, cause });
}
