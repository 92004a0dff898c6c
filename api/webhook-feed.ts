import type { Client } from '@temporalio/client';
import type { Database } from '../db/client.ts';
import { enabledWebhooks, fileDeliveries, forgetOldDeliveries, overdueWebhooks } from '../db/webhook-deliveries.ts';
import { deliveriesWait, webhookWorkflowId, type WebhookInput } from '../workflows/messages.ts';

export interface WebhookFeedParts {
  readonly database: Database;
  readonly client: Client;
  readonly taskQueue: string;
}

/** Nobody waits for a delivery to begin. */
const patienceMs = 5000;
/** What its own workflow sends is never due for so long. */
const overdueMs = 30_000;
const sweepEveryMs = 30_000;
/** One that was off for long goes through all that it missed, and the others do not wait for it. */
const turnsAtOnce = 20;

/**
 * Files for webhooks what has happened, and wakes the workflows that deliver it. Filing is a transaction and waking is
 * not: what was filed by somebody who ended before waking is found to be overdue.
 */
export class WebhookFeed {
  readonly #parts: WebhookFeedParts;
  readonly #toWake = new Set<string>();
  #sweptAt = -Infinity;

  constructor(parts: WebhookFeedParts) {
    this.#parts = parts;
  }

  /** At the next `work`, since nobody is kept waiting for it. */
  wake(webhook: string): void {
    this.#toWake.add(webhook);
  }

  async work(now: number): Promise<void> {
    const { database } = this.#parts;
    for (const webhook of await enabledWebhooks(database)) {
      for (let more = true, turn = 0; more && turn < turnsAtOnce; turn++) {
        const done = await fileDeliveries(database, webhook, now);
        if (done.filed > 0) this.wake(webhook);
        ({ more } = done);
      }
    }
    if (now - this.#sweptAt >= sweepEveryMs) {
      for (const webhook of await overdueWebhooks(database, overdueMs)) this.wake(webhook);
      await forgetOldDeliveries(database);
      this.#sweptAt = now;
    }
    for (const webhook of this.#toWake) {
      await this.#signal(webhook);
      this.#toWake.delete(webhook);
    }
  }

  async #signal(webhook: string): Promise<void> {
    const { client, taskQueue } = this.#parts;
    const input: WebhookInput = { webhook };
    await client.withDeadline(Date.now() + patienceMs, () =>
      client.workflow.signalWithStart('webhook', {
        workflowId: webhookWorkflowId(taskQueue, webhook),
        taskQueue,
        args: [input],
        signal: deliveriesWait,
        staticSummary: `deliveries to ${webhook}`,
      }),
    );
  }
}
