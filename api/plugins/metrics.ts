import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

declare module 'fastify' {
  interface FastifyInstance {
    readonly metrics: {
      readonly registry: Registry;
      /** Tickets accepted, by channel; repetitions are not counted. */
      readonly accepted: Counter<'channel'>;
      /** Commands to tickets, by what became of them. */
      readonly commands: Counter<'command' | 'outcome'>;
    };
  }
}

/** Counts and measures requests for Prometheus. */
export default fp(
  async (app: FastifyInstance) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const durations = new Histogram({
      name: 'vigil_http_request_seconds',
      help: 'Time from a request to the end of its answer',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    });
    const accepted = new Counter({
      name: 'vigil_tickets_accepted_total',
      help: 'Tickets that Temporal has taken on',
      labelNames: ['channel'] as const,
      registers: [registry],
    });
    const commands = new Counter({
      name: 'vigil_ticket_commands_total',
      help: 'Commands that tickets were told, by what became of them',
      labelNames: ['command', 'outcome'] as const,
      registers: [registry],
    });
    app.decorate('metrics', { registry, accepted, commands });
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none';
      durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    });
  },
  { name: 'metrics' },
);
