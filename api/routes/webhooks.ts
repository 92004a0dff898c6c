import { shownKey, subscriptionKey } from '../../config/webhook-key.ts';
import {
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  updateWebhook,
  type Webhook,
} from '../../db/webhooks.ts';
import { problemsOfWebhook, type WebhookFields } from '../../domain/webhook.ts';
import type { App } from '../app.ts';
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
import { CreatedWebhook, NewWebhook, webhookJson, WebhookPatch, WebhookSchema } from '../schemas/webhook.ts';

const webhooks: DeskResource<Webhook> = {
  path: '/v1/webhooks',
  noun: ['a', 'webhook'],
  read: 'configure',
  change: 'configure',
  schema: WebhookSchema,
  json: webhookJson,
  list: listWebhooks,
  find: findWebhook,
  remove: deleteWebhook,
};

export default async function routes(app: App): Promise<void> {
  const { secret } = app.parts;
  addReadingAndRemoval(app, webhooks);
  addWriting(app, webhooks, {
    newSchema: NewWebhook,
    patchSchema: WebhookPatch,
    insert: (change, body: WebhookFields) => insertWebhook(change, { ...body, enabled: body.enabled ?? true }),
    update: async (change, id, body: Partial<WebhookFields>) => {
      const changed = await updateWebhook(change, id, body);
      if (changed !== undefined) app.webhookFeed.wake(id);
      return changed;
    },
    created: {
      schema: CreatedWebhook,
      secrets: ({ id, keyVersion }) => ({ key: shownKey(subscriptionKey(secret, id, keyVersion)) }),
    },
    check: problemsOfWebhook,
  });
}
