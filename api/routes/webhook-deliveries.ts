import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { shownKey, subscriptionKey } from '../../config/webhook-key.ts';
import type { Db } from '../../db/client.ts';
import {
  addTestDelivery,
  findDelivery,
  listDeliveries,
  redeliver,
  redeliverFailed,
} from '../../db/webhook-deliveries.ts';
import { findWebhook, renewKey, type Webhook } from '../../db/webhooks.ts';
import { changeOnce } from '../desk-resource.ts';
import { authorOf } from '../plugins/auth.ts';
import { Problem } from '../problem.ts';
import { answers, IdempotencyHeaders, IdParams, Page } from '../schemas/common.ts';
import {
  CreatedWebhook,
  deliveryJson,
  DeliveryParams,
  DeliveryQuery,
  DeliverySchema,
  deliveryWithBody,
  DeliveryWithBody,
  webhookJson,
} from '../schemas/webhook.ts';

const path = '/v1/webhooks/:id';
const tags = ['webhooks'];
const config = { permission: 'configure' } as const;
const headers = IdempotencyHeaders;

/** What a webhook was told, telling it again, and the key by which it knows who tells. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, secret } = app.parts;

  app.get(
    `${path}/deliveries`,
    {
      config,
      schema: {
        tags,
        summary: 'What was sent to a webhook in the last 30 days, or is to be, the latest first',
        params: IdParams,
        querystring: DeliveryQuery,
        response: answers({ 200: Page(DeliverySchema) }),
      },
    },
    async ({ params: { id }, query: { state, cursor, limit = 50 } }) => {
      await required(database.db, id);
      const { rows, next } = await listDeliveries(database, id, { state, cursor, limit });
      return { data: rows.map(deliveryJson), next };
    },
  );

  app.get(
    `${path}/deliveries/:delivery`,
    {
      config,
      schema: { tags, summary: 'A delivery', params: DeliveryParams, response: answers({ 200: DeliveryWithBody }) },
    },
    async ({ params: { id, delivery } }) => {
      const row = await findDelivery(database.db, id, delivery);
      if (row === undefined) throw noDelivery();
      return deliveryWithBody(row);
    },
  );

  app.post(
    `${path}/deliveries/:delivery/redeliver`,
    {
      config,
      schema: {
        tags,
        summary: 'Send a delivery once more, or now if it waits',
        headers,
        params: DeliveryParams,
        response: answers({ 200: DeliverySchema }),
      },
    },
    async (request, reply) => {
      const { id, delivery } = request.params;
      const { status, body } = await changeOnce(app, request, reply, null, async ({ tx }) => {
        requireEnabled(await required(tx, id));
        const row = await redeliver(tx, id, delivery);
        if (row === undefined) throw noDelivery();
        return { status: 200, body: deliveryJson(row) };
      });
      app.webhookFeed.wake(id);
      return reply.code(status as 200).send(body as never);
    },
  );

  app.post(
    `${path}/redeliver`,
    {
      config,
      schema: {
        tags,
        summary: 'Send everything once more that is not tried any more',
        headers,
        params: IdParams,
        response: answers({ 200: Type.Object({ redelivered: Type.Integer() }) }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { status, body } = await changeOnce(app, request, reply, null, async ({ tx }) => {
        requireEnabled(await required(tx, id));
        return { status: 200, body: { redelivered: await redeliverFailed(tx, id) } };
      });
      app.webhookFeed.wake(id);
      return reply.code(status as 200).send(body as never);
    },
  );

  app.post(
    `${path}/test`,
    {
      config,
      schema: {
        tags,
        summary: 'Send a test; its delivery shows what the receiver answers',
        headers,
        params: IdParams,
        response: answers({ 202: DeliverySchema }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { status, body } = await changeOnce(app, request, reply, null, async ({ tx }) => {
        requireEnabled(await required(tx, id));
        return { status: 202, body: deliveryJson(await addTestDelivery(tx, id)) };
      });
      app.webhookFeed.wake(id);
      return reply.code(status as 202).send(body as never);
    },
  );

  app.post(
    `${path}/key`,
    {
      config,
      schema: {
        tags,
        summary: 'Give a webhook another key; for 24 hours requests are signed with the one before, too',
        headers,
        params: IdParams,
        response: answers({ 200: CreatedWebhook }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      let key = '';
      const { status, body, repeated } = await changeOnce(app, request, reply, authorOf(request), async (change) => {
        const before = await required(change.tx, id);
        const after = await renewKey(change, id);
        if (after === undefined) throw noWebhook();
        key = shownKey(subscriptionKey(secret, id, after.keyVersion));
        change.tell({
          resource: 'webhooks',
          action: 'key-renewed',
          before: webhookJson(before),
          after: webhookJson(after),
        });
        return { status: 200, body: webhookJson(after) };
      });
      return reply.code(status as 200).send({ ...(body as ReturnType<typeof webhookJson>), ...(!repeated && { key }) });
    },
  );
};

export default routes;

async function required(db: Db, id: string): Promise<Webhook> {
  const found = await findWebhook(db, id);
  if (found === undefined) throw noWebhook();
  return found;
}

function requireEnabled({ enabled }: Webhook): void {
  if (!enabled) throw new Problem('conflict', 'This webhook is off: switch it on first.');
}

function noWebhook(): Problem {
  return new Problem('not-found', 'There is no webhook of this id.');
}

function noDelivery(): Problem {
  return new Problem('not-found', 'The webhook has no delivery of this id.');
}
