import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { background } from '../background.ts';
import { WebhookFeed } from '../webhook-feed.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly webhookFeed: WebhookFeed;
  }
}

/** Has webhooks told of what happens, whoever brought it about. */
export default fp(
  async (app: FastifyInstance) => {
    const { config, database, temporal } = app.parts;
    const feed = new WebhookFeed({ database, client: temporal.client, taskQueue: config.taskQueue });
    app.decorate('webhookFeed', feed);
    background(app, 'telling webhooks', () => feed.work(Date.now()));
  },
  { name: 'webhooks' },
);
