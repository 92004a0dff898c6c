import type { FastifyInstance } from 'fastify';

const everyMs = 1000;

/** Does some work once a second as long as the API runs; where it fails it is tried again, and said once. */
export function background(app: FastifyInstance, what: string, work: () => Promise<void>): void {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let failing = false;

  async function attempt(): Promise<void> {
    try {
      await work();
      failing = false;
    } catch (error) {
      if (!failing) app.log.warn({ reason: (error as Error).name }, `${what} waits`);
      failing = true;
    }
  }

  async function go(): Promise<void> {
    await attempt();
    timer = setTimeout(() => {
      running = go();
    }, everyMs);
  }
  app.addHook('onReady', async () => {
    running = go();
  });
  app.addHook('onClose', async () => {
    clearTimeout(timer);
    await running;
    clearTimeout(timer);
  });
}
