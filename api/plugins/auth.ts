import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type ApiKey, hashOf } from '../../db/api-keys.ts';
import type { Actor } from '../../domain/ticket.ts';
import { mayDo, type Permission } from '../permissions.ts';
import { Problem } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needed on every route but those that are open to everybody, which say `open`. */
    permission?: Permission | 'open';
  }
  interface FastifyRequest {
    /** Null on open routes. */
    apiKey: ApiKey | null;
  }
}

/** Lets a request in by its API key, and on to what the key's role may do. */
export default fp(
  async (app: FastifyInstance) => {
    app.decorateRequest('apiKey', null);
    app.addHook('onRequest', async (request) => {
      const permission = request.routeOptions.config.permission;
      if (request.is404 || permission === 'open') return;
      await authorize(app, request, permission);
    });
    app.addHook('onRoute', (route) => {
      if (route.url.startsWith('/v1') && route.config?.permission === undefined) {
        throw new Error(`${String(route.method)} ${route.url} does not say which permission it needs.`);
      }
    });
  },
  { name: 'auth' },
);

/** Open routes call it for those requests of theirs that need a key after all. */
export async function authorize(
  app: FastifyInstance,
  request: FastifyRequest,
  permission: Permission | undefined,
): Promise<void> {
  const key = await keyOf(app, request);
  request.apiKey = key;
  if (permission === undefined || !mayDo(key.role, permission)) {
    throw new Problem('forbidden', `A key with the role ${key.role} lacks the permission "${permission}".`);
  }
}

async function keyOf(app: FastifyInstance, request: FastifyRequest): Promise<ApiKey> {
  const [scheme = '', key = '', ...more] = (request.headers.authorization ?? '').split(' ');
  const challenge = { headers: { 'www-authenticate': 'Bearer realm="vigil"' } };
  if (scheme.toLowerCase() !== 'bearer' || key === '' || more.length > 0) {
    throw new Problem('unauthorized', 'Send your API key as "Authorization: Bearer KEY".', challenge);
  }
  const { directory } = app.parts;
  return withSecondLook(directory, () => {
    const found = directory.apiKeyByHash(hashOf(key));
    if (found !== undefined) return found;
    throw new Problem('unauthorized', 'This API key is unknown, expired or revoked.', challenge);
  });
}

/** Who is behind a request, for the event log. */
export function actorOf(request: FastifyRequest): Actor {
  const key = request.apiKey;
  if (key === null) throw new Problem('unauthorized', 'This needs an API key.');
  return { type: 'user', id: key.user ?? `key:${key.id}` };
}
