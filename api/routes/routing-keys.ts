import type { DeskChange } from '../../db/desk-change.ts';
import {
  deleteRoutingKey,
  findRoutingKey,
  insertRoutingKey,
  listRoutingKeys,
  type RoutingKey,
} from '../../db/routing-keys.ts';
import type { App } from '../app.ts';
import { addReadingAndRemoval, createOnce, type DeskResource } from '../desk-resource.ts';
import { answers, IdempotencyHeaders } from '../schemas/common.ts';
import { CreatedRoutingKey, NewRoutingKey, routingKeyJson, RoutingKeySchema } from '../schemas/routing-key.ts';

const keys: DeskResource<RoutingKey> = {
  path: '/v1/routing-keys',
  noun: ['a', 'routing key'],
  read: 'configure',
  change: 'configure',
  schema: RoutingKeySchema,
  json: routingKeyJson,
  list: listRoutingKeys,
  find: findRoutingKey,
  remove: deleteRoutingKey,
};

export default async function routes(app: App): Promise<void> {
  addReadingAndRemoval(app, keys);

  app.post(
    keys.path,
    {
      config: { permission: keys.change },
      schema: {
        tags: ['routing-keys'],
        summary: 'Make a routing key for a monitoring system; it is shown in this answer and never again',
        headers: IdempotencyHeaders,
        body: NewRoutingKey,
        response: answers({ 201: CreatedRoutingKey }),
      },
    },
    async (request, reply) => {
      let made = '';
      const create = async (change: DeskChange): Promise<object> => {
        const { key, stored } = await insertRoutingKey(change, request.body as Pick<RoutingKey, 'name' | 'team'>);
        made = key;
        return routingKeyJson(stored);
      };
      return createOnce(app, request, reply, create, { secrets: () => ({ key: made }) });
    },
  );
}
