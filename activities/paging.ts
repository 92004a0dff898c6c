import { ApplicationFailure } from '@temporalio/common';
import { signAcknowledge } from '../config/acknowledge-token.ts';
import { deliverWebhook, WebhookRefused } from '../channels/webhook/deliver.ts';
import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { deliveredPage, rememberPage } from '../db/pages.ts';
import { nameOfContact } from '../domain/notification.ts';
import type { Priority } from '../domain/ticket.ts';

export interface PageRequest {
  readonly incident: string;
  readonly ticket: string;
  readonly step: number;
  readonly round: number;
  readonly user: string;
  readonly contact: string;
  readonly dedupKey: string;
  readonly reason: string;
  readonly priority: Priority;
  readonly dueAt: number;
}

export type PagingActivities = ReturnType<typeof createPagingActivities>;

const acknowledgeLinkMs = 7 * 24 * 60 * 60 * 1000;

export interface PagingDependencies {
  readonly database: Database;
  readonly directory: Directory;
  readonly publicUrl: string;
  /** Signs acknowledge links and webhooks. */
  readonly secret: string;
}

export function createPagingActivities({ database, directory, publicUrl, secret }: PagingDependencies) {
  // What this process has delivered, for when the ledger is away.
  const delivered = new Map<string, string>();

  return {
    /** Delivers one page. The answer says what the receiver said. */
    async page(page: PageRequest): Promise<string> {
      const before =
        delivered.get(page.dedupKey) ?? (await deliveredPage(database.db, page.dedupKey).catch(() => undefined));
      if (before !== undefined) return before;
      const { address, type } = findContact(directory, page);
      if (type !== 'webhook')
        throw ApplicationFailure.nonRetryable(`Vigil cannot page by ${type} yet.`, 'Undeliverable');
      const answer = await deliver(page, address);
      delivered.set(page.dedupKey, answer);
      if (delivered.size > 10_000) delivered.delete(delivered.keys().next().value ?? '');
      // The page has gone out whether or not the ledger can say so.
      await rememberPage(database.db, page.dedupKey, answer).catch(() => undefined);
      return answer;
    },
  };

  async function deliver(page: PageRequest, url: string): Promise<string> {
    const { incident, ticket, step, round, user, reason, dedupKey } = page;
    const token = signAcknowledge(secret, { incident, user, expiresAt: Date.now() + acknowledgeLinkMs });
    const acknowledgeUrl = `${publicUrl}/v1/incidents/${incident}/acknowledge?token=${encodeURIComponent(token)}`;
    const dueAt = new Date(page.dueAt).toISOString();
    const body = { type: 'page', incident, ticket, step, round, user, dedupKey, reason, dueAt, acknowledgeUrl };
    try {
      return await deliverWebhook({ url, secret, id: dedupKey, body });
    } catch (error) {
      if (error instanceof WebhookRefused) throw ApplicationFailure.nonRetryable(error.message, 'Undeliverable');
      throw error;
    }
  }
}

function findContact(directory: Directory, { user, contact }: PageRequest): { type: string; address: string } {
  const found = (directory.user(user)?.contacts ?? []).find((c, i) => nameOfContact(c, i) === contact);
  if (found === undefined)
    throw ApplicationFailure.nonRetryable(`${user} has no ${contact} any more.`, 'Undeliverable');
  return found;
}
