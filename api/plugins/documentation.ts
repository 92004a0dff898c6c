import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** The OpenAPI document, made from the schemas that validate, at /openapi.json, and readable at /docs. */
export default fp(
  async (app: FastifyInstance) => {
    app.addHook('onRoute', (route) => {
      if (route.url.startsWith('/docs')) route.config = { ...route.config, permission: 'open' };
    });
    const sessionCookie = (await app.auth.$context).authCookies.sessionToken.name;
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Vigil',
          version: '0.1.0',
          description:
            'A support desk in which every ticket is a durable process. Errors are problem documents (RFC 9457). Every ' +
            'POST takes an Idempotency-Key, but for those about signing in; repeating a request with its key is safe.',
        },
        servers: [{ url: app.parts.config.publicUrl }],
        components: {
          securitySchemes: {
            key: { type: 'http', scheme: 'bearer', description: 'An API key' },
            session: {
              type: 'apiKey',
              in: 'cookie',
              name: sessionCookie,
              description: 'Set by POST /v1/session; what changes something then needs the header x-vigil-request: 1',
            },
          },
        },
        security: [{ key: [] }, { session: [] }],
      },
      hideUntagged: true,
      transform: ({ schema, url, route }) => ({
        schema: { ...schema, ...securityOf(route.config?.permission) },
        url,
      }),
    });
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: { persistAuthorization: true, deepLinking: true },
    });
    app.get('/openapi.json', { config: { permission: 'open' } }, () => app.swagger());
  },
  { name: 'documentation' },
);

/** Where it is not as for the whole. */
function securityOf(permission: FastifyContextConfig['permission']): { security?: Record<string, string[]>[] } {
  if (permission === 'open') return { security: [] };
  return permission === 'own' ? { security: [{ session: [] }] } : {};
}
