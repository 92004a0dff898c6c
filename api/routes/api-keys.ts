import { type ApiKey, findApiKey, insertApiKey, listApiKeys, revokeApiKey } from '../../db/api-keys.ts';
import { DeskConflict, type DeskChange } from '../../db/desk-change.ts';
import type { ApiKeyRole } from '../../db/schema/desk.ts';
import type { App } from '../app.ts';
import { addReadingAndRemoval, createOnce, type DeskResource } from '../desk-resource.ts';
import { unprocessable } from '../problem.ts';
import { apiKeyJson, ApiKeySchema, CreatedApiKey, NewApiKey } from '../schemas/api-key.ts';
import { answers, IdempotencyHeaders } from '../schemas/common.ts';

interface NewKey {
  readonly name: string;
  readonly role: ApiKeyRole;
  readonly user?: string | null;
  readonly expiresAt?: string | null;
}

export default async function routes(app: App): Promise<void> {
  const keys: DeskResource<ApiKey> = {
    path: '/v1/api-keys',
    noun: ['an', 'API key'],
    read: 'administer',
    change: 'administer',
    schema: ApiKeySchema,
    json: apiKeyJson,
    list: listApiKeys,
    find: findApiKey,
    remove: (change, id) => revoke(app, change, id),
    removal: 'revoked',
  };
  addReadingAndRemoval(app, keys);

  app.post(
    keys.path,
    {
      config: { permission: keys.change },
      schema: {
        tags: ['api-keys'],
        summary: 'Make an API key; it is shown in this answer and never again',
        headers: IdempotencyHeaders,
        body: NewApiKey,
        response: answers({ 201: CreatedApiKey }),
      },
    },
    async (request, reply) => {
      const { expiresAt: end = null, user = null, ...fields } = request.body as NewKey;
      const expiresAt = end === null ? null : new Date(end);
      if (expiresAt !== null && expiresAt.getTime() <= Date.now()) {
        throw unprocessable([{ path: 'expiresAt', message: 'is not in the future' }]);
      }
      let made = '';
      const create = async (change: DeskChange): Promise<object> => {
        const { key, stored } = await insertApiKey(change, { ...fields, user, expiresAt });
        made = key;
        return apiKeyJson(stored);
      };
      return createOnce(app, request, reply, create, { secrets: () => ({ key: made }) });
    },
  );
}

/** What the environment names would come back with the next start. */
async function revoke({ parts: { directory } }: App, change: DeskChange, id: string): Promise<boolean> {
  if (directory.isEnvironmentKey(id)) {
    throw new DeskConflict(null, 'This key is set by VIGIL_ADMIN_KEY: another value there takes its place.');
  }
  return revokeApiKey(change, id);
}
