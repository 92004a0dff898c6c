import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { keepRotations } from '../rotations.ts';
import { background } from '../background.ts';

/** Keeps Temporal's schedules what the on-call schedules are, whoever changed those, as soon as Temporal takes it. */
export default fp(
  async (app: FastifyInstance) => {
    const { config, database, directory, temporal } = app.parts;
    const kept = new Map<string, string>();
    let done: number | null = null;
    background(app, 'keeping the rotations', async () => {
      const { version } = directory;
      if (version === done) return;
      await keepRotations({ database, directory, client: temporal.client, taskQueue: config.taskQueue }, kept);
      done = version;
    });
  },
  { name: 'rotations' },
);
