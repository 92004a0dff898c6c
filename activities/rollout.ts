import { heartbeat } from '@temporalio/activity';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { activityInfo } from '@temporalio/activity';
import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { openTicketsUnder } from '../db/tickets.ts';
import type { Actor } from '../domain/ticket.ts';
import { termsSignal, ticketWorkflowId } from '../workflows/messages.ts';

export type RolloutActivities = ReturnType<typeof createRolloutActivities>;

const pageSize = 200;

export function createRolloutActivities(database: Database, directory: Directory, client: Client) {
  return {
    /** Signals the policy's present terms to its open tickets, in the order of their ids; a retry goes on where it was. */
    async rollOutPolicy(order: { policy: string; actor: Actor; cause: string }): Promise<number> {
      await directory.refresh();
      let after = (activityInfo().heartbeatDetails as string | undefined) ?? '';
      for (let told = 0; ;) {
        const ids = await openTicketsUnder(database.db, order.policy, after, pageSize);
        for (const id of ids) told += await tell(id, order);
        const last = ids.at(-1);
        if (last === undefined) return told;
        after = last;
        heartbeat(after);
      }
    },
  };

  async function tell(
    id: string,
    { policy, actor, cause }: { policy: string; actor: Actor; cause: string },
  ): Promise<number> {
    const sla = directory.compiledTerms(policy, Date.now());
    if (sla === undefined) return 0;
    try {
      await client.workflow.getHandle(ticketWorkflowId(id)).signal(termsSignal, { sla, actor, cause });
      return 1;
    } catch (error) {
      // It closed in the meantime: its clocks have ended.
      if (error instanceof WorkflowNotFoundError) return 0;
      throw error;
    }
  }
}
