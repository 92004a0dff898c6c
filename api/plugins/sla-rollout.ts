import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { rollOutEdits } from '../sla-rollout.ts';

const everyMs = 1000;

/** Rolls edited SLA policies out to open tickets, whoever edited them, as soon as Temporal takes it. */
export default fp(
  async (app: FastifyInstance) => {
    const { config, database, directory, temporal } = app.parts;
    let running: Promise<void> = Promise.resolve();
    let away = false;

    async function rollOut(): Promise<void> {
      if (directory.pendingRollouts().length === 0) return;
      try {
        await rollOutEdits({ database, client: temporal.client, taskQueue: config.taskQueue });
        await directory.refresh();
        away = false;
      } catch (error) {
        if (!away) app.log.warn({ reason: (error as Error).name }, 'the roll-out of SLA policies waits');
        away = true;
      }
    }

    let timer: NodeJS.Timeout | undefined;
    async function watch(): Promise<void> {
      await rollOut();
      timer = setTimeout(() => {
        running = watch();
      }, everyMs);
    }
    app.addHook('onReady', async () => {
      running = watch();
    });
    app.addHook('onClose', async () => {
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    });
  },
  { name: 'sla-rollout' },
);
