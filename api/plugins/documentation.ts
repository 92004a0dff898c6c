import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** The OpenAPI document, made from the schemas that validate, at /openapi.json, and readable at /docs. */
export default fp(
  async (app: FastifyInstance) => {
    app.addHook('onRoute', (route) => {
      if (route.url.startsWith('/docs')) route.config = { ...route.config, permission: 'open' };
    });
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Vigil',
          version: '0.1.0',
          description:
            'A support desk in which every ticket is a durable process. Errors are problem documents (RFC 9457). Every ' +
            'POST takes an Idempotency-Key; repeating a request with its key is safe.',
        },
        servers: [{ url: app.parts.config.publicUrl }],
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key' } } },
        security: [{ key: [] }],
      },
      hideUntagged: true,
      transform: ({ schema, url, route }) => ({
        schema: route.config?.permission === 'open' ? { ...schema, security: [] } : schema,
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
