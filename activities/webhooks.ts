import { ApplicationFailure } from '@temporalio/common';
import { heartbeat } from '@temporalio/activity';
import type { ContactChannels } from '../channels/by-contact.ts';
import { type Answer, tellEvent } from '../channels/webhook/tell-event.ts';
import { subscriptionKey } from '../config/webhook-key.ts';
import { vigil } from '../db/audit-events.ts';
import type { Database } from '../db/client.ts';
import { changeDesk } from '../db/desk-change.ts';
import type { Directory } from '../db/directory.ts';
import { safeMessage } from '../db/errors.ts';
import {
  type Attempted,
  type DeliveryRow,
  dueDeliveries,
  nextDueAt,
  recordAttempts,
  toldOf,
} from '../db/webhook-deliveries.ts';
import { findWebhook, giveUpWebhook, type Webhook } from '../db/webhooks.ts';
import { formatInstant } from '../domain/instant.ts';
import {
  type Health,
  healthAfter,
  isProbing,
  nextAttemptAfter,
  type ReasonToGiveUp,
  reasonToGiveUp,
} from '../domain/webhook.ts';
import { type AddressedNotice, contactsAtOnce } from './announce.ts';

export interface WebhookDependencies {
  readonly database: Database;
  readonly directory: Directory;
  readonly channels: ContactChannels;
  readonly secret: string;
}

export interface WebhookTurn {
  readonly webhook: string;
  /** The workflow's own time, in epoch ms. */
  readonly now: number;
}

/** Where the delivery of a webhook stands. */
export interface Delivered {
  /** When the next attempt is due, in epoch ms; null where nothing waits. */
  readonly next: number | null;
  /** Why the webhook is to be switched off; null while there is hope. */
  readonly giveUp: ReasonToGiveUp | null;
}

export type WebhookActivities = ReturnType<typeof createWebhookActivities>;

const atOnce = 8;
/** Then the workflow asks again, so that what it knows is never old. */
const busyForMs = 8000;
const attemptsShown = 12;

const reasons: Readonly<Record<ReasonToGiveUp, string>> = {
  gone: 'it answered HTTP 410, by which a receiver says that it wants nothing more',
  'three-days': 'no attempt has succeeded for three days',
};

export function createWebhookActivities({ database, directory, channels, secret }: WebhookDependencies) {
  const { db } = database;
  return {
    /** Sends what is due, each ticket's events in their order and several tickets' at once, until nothing is or it has been at it for long. */
    async deliverWebhook({ webhook: id, now: asked }: WebhookTurn): Promise<Delivered> {
      const until = Date.now() + busyForMs;
      // The workflow's time; ours where it had to wait for a worker.
      const ahead = Math.max(asked - Date.now(), 0);
      const clock = (): number => Date.now() + ahead;
      return safely(async () => {
        for (;;) {
          heartbeat();
          const webhook = await findWebhook(db, id);
          if (webhook === undefined || !webhook.enabled) return { next: null, giveUp: null };
          const health = healthOf(webhook);
          const now = clock();
          if (health.restsUntil !== null && health.restsUntil > now) {
            return { next: webhook.pending === 0 ? null : health.restsUntil, giveUp: null };
          }
          const due = await dueDeliveries(db, id, now, isProbing(health) ? 1 : atOnce);
          if (due.length === 0) return { next: (await nextDueAt(db, id))?.getTime() ?? null, giveUp: null };
          const giveUp = await send(webhook, health, due, clock);
          if (giveUp !== null || Date.now() > until) return { next: clock(), giveUp };
        }
      });
    },

    /** Switches a webhook off, and says whom to tell; the same again for a repetition. */
    async giveUpWebhook({ webhook: id, reason }: { readonly webhook: string; readonly reason: ReasonToGiveUp }) {
      const found = await safely(() =>
        changeDesk(database, vigil, async (change) => {
          const before = await findWebhook(change.tx, id);
          if (before === undefined) return undefined;
          if (!before.enabled) return before;
          const { name } = before;
          change.tell({
            resource: 'webhooks',
            action: 'switched-off',
            before: { id, name, enabled: true },
            after: { id, name, enabled: false, reason },
          });
          return giveUpWebhook(change, id, reason);
        }),
      );
      return found?.state.givenUp ? noticesOf(found, found.state.givenUp) : [];
    },
  };

  /** One attempt at each; why the webhook is to be given up after them. */
  async function send(
    webhook: Webhook,
    before: Health,
    due: readonly DeliveryRow[],
    clock: () => number,
  ): Promise<ReasonToGiveUp | null> {
    const keys = keysOf(webhook);
    const tried = await Promise.all(
      due.map(async (delivery) => {
        const at = clock();
        const answer = await tellEvent(webhook.url, toldOf(delivery), keys);
        return { delivery, at, ms: clock() - at, answer };
      }),
    );
    const now = clock();
    let health = before;
    let giveUp: ReasonToGiveUp | null = null;
    const attempted = tried.map(({ delivery, at, ms, answer }): Attempted => {
      health = healthAfter(health, answer.outcome, now);
      giveUp = reasonToGiveUp(health, answer.outcome, now) ?? giveUp;
      return attemptedOf(delivery, health, answer, at, ms);
    });
    await recordAttempts(database, webhook.id, attempted, health);
    return giveUp;
  }

  function keysOf({ id, keyVersion, oldKeyUntil }: Webhook): Buffer[] {
    const old = oldKeyUntil !== null && oldKeyUntil.getTime() > Date.now() ? [keyVersion - 1] : [];
    return [keyVersion, ...old].map((version) => subscriptionKey(secret, id, version));
  }

  /** To every admin, since a desk that is told nothing any more does not notice. */
  function noticesOf({ id, name, url, updatedAt }: Webhook, reason: ReasonToGiveUp): AddressedNotice[] {
    const now = Date.now();
    const words = {
      title: `Webhook switched off: ${name}`,
      text: `${new URL(url).host} is told nothing any more: ${reasons[reason]}. What has happened since waits: switch it on again once the receiver is repaired.`,
      data: { type: 'webhook-switched-off', webhook: id, name, reason },
    };
    const admins = directory.users().filter(({ role }) => role === 'admin');
    return admins.flatMap(({ id: user }) =>
      contactsAtOnce({ directory, channels }, user, now).map((contact) => ({
        ...words,
        id: `webhook-off:${id}:${updatedAt.getTime()}:${user}:${contact}`,
        ...{ user, contact },
      })),
    );
  }
}

function healthOf({ state: { failures, failingSince, restsUntil } }: Webhook): Health {
  return {
    failures,
    failingSince: failingSince?.getTime() ?? null,
    restsUntil: restsUntil?.getTime() ?? null,
  };
}

function attemptedOf(
  { id, attempts, log }: DeliveryRow,
  health: Health,
  { outcome, status, answer, retryAfterMs }: Answer,
  at: number,
  ms: number,
): Attempted {
  const made = attempts + 1;
  const wait = nextAttemptAfter(made, outcome, health, retryAfterMs);
  return {
    id,
    delivered: outcome === 'delivered',
    attempts: made,
    log: [...log, { at: formatInstant(at), ms, status, answer }].slice(-attemptsShown),
    nextAttemptAt: wait === null ? null : new Date(at + ms + wait),
  };
}

/** The driver's own message holds the statement with its values, which must not get into Temporal's history. */
async function safely<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw ApplicationFailure.create({ type: 'Database', message: safeMessage(error) });
  }
}
