import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { background } from '../background.ts';
import { rollOutEdits } from '../sla-rollout.ts';

/** Rolls edited SLA policies out to open tickets, whoever edited them, as soon as Temporal takes it. */
export default fp(
  async (app: FastifyInstance) => {
    const { config, database, directory, temporal } = app.parts;
    background(app, 'the roll-out of SLA policies', async () => {
      if (directory.pendingRollouts().length === 0) return;
      await rollOutEdits({ database, client: temporal.client, taskQueue: config.taskQueue });
      await directory.refresh();
    });
  },
  { name: 'sla-rollout' },
);
