import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Database } from '../db/client.ts';
import { changeDesk } from '../db/desk-change.ts';
import { markRolledOut, type PendingRollout, pendingRollouts } from '../db/sla-policies.ts';
import { system } from '../domain/ticket.ts';
import type { SlaRolloutInput } from '../workflows/sla-rollout.ts';

/** Nobody waits for a roll-out to begin. */
const patienceMs = 5000;

export interface RolloutParts {
  readonly database: Database;
  readonly client: Client;
  readonly taskQueue: string;
}

/**
 * Has the open tickets under edited policies told of their new terms, and says how many policies those are. An edit is
 * committed with a mark that its roll-out is pending, and the mark goes only after Temporal has the roll-out: whoever
 * finds it pending may start it, again if need be, since its workflow's id is that of the edit.
 */
export async function rollOutEdits(parts: RolloutParts): Promise<number> {
  const pending = await pendingRollouts(parts.database);
  for (const rollout of pending) {
    await start(parts, rollout);
    await changeDesk(parts.database, null, (change) => markRolledOut(change, rollout));
  }
  return pending.length;
}

async function start({ client, taskQueue }: RolloutParts, { policy, version }: PendingRollout): Promise<void> {
  const input: SlaRolloutInput = {
    policies: [policy],
    actor: system,
    cause: `the SLA policy was edited (version ${version} of the desk)`,
  };
  try {
    await client.withDeadline(Date.now() + patienceMs, () =>
      client.workflow.start('slaRollout', {
        workflowId: `sla-rollout/${policy}/${version}`,
        taskQueue,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        // Until every API has the new terms: a ticket that it has just opened under the old ones is told, too.
        startDelay: '3s',
        staticSummary: `new terms of ${policy} for its open tickets`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
