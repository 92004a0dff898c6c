import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import proto from '@temporalio/proto';
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import type { AppParts } from '../app.ts';
import { callTemporal } from '../temporal-calls.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;
const Part = Type.Union([Type.Literal('ok'), Type.Literal('away')]);
const Readiness = Type.Object({ ready: Type.Boolean(), database: Part, temporal: Part, worker: Part });
const config = { permission: 'open', rateLimit: false } as const;
/** A worker that waits for tasks asks again at least this often. */
const pollEveryMs = 75_000;
const tags = ['health'];

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/healthz',
    {
      config,
      schema: {
        tags,
        summary: 'Whether this process answers',
        response: { 200: Type.Object({ status: Type.String() }) },
      },
    },
    async () => ({ status: 'ok' }),
  );

  app.get(
    '/readyz',
    {
      config,
      schema: { tags, summary: 'Whether everything works', response: { 200: Readiness, 503: Readiness } },
    },
    async (_request, reply) => {
      const [database, [temporal, worker]] = await Promise.all([databaseState(app.parts), temporalState(app.parts)]);
      const ready = database === 'ok' && temporal === 'ok' && worker === 'ok';
      return reply.code(ready ? 200 : 503).send({ ready, database, temporal, worker });
    },
  );

  app.get('/metrics', { config, schema: { tags, summary: 'Figures for Prometheus' } }, async (_request, reply) =>
    reply.type(app.metrics.registry.contentType).send(await app.metrics.registry.metrics()),
  );
};

export default routes;

type State = 'ok' | 'away';

async function databaseState({ database }: AppParts): Promise<State> {
  return database.db.execute(sql`select 1`).then(
    () => 'ok',
    () => 'away',
  );
}

/** Of Temporal, and of whether any worker takes its tasks. */
async function temporalState({ temporal: { client }, config: { taskQueue } }: AppParts): Promise<[State, State]> {
  try {
    const { pollers } = await callTemporal(client, () =>
      client.workflowService.describeTaskQueue({
        namespace: client.options.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
      }),
    );
    // The server lists pollers for five minutes after their last word.
    const since = Date.now() - pollEveryMs;
    const alive = pollers?.some((p) => Number(p.lastAccessTime?.seconds ?? 0) * 1000 > since) ?? false;
    return ['ok', alive ? 'ok' : 'away'];
  } catch {
    return ['away', 'away'];
  }
}
