import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { DirectoryUnavailableError } from '../../db/directory.ts';
import { readEvent } from '../../domain/events-api.ts';
import { takeEvent } from '../alerts.ts';
import type { App } from '../app.ts';
import { NoAnswer } from '../temporal-calls.ts';
import { EventRefused, EventTaken } from '../schemas/routing-key.ts';

/** As PagerDuty's: about two calls a second for each key. */
const perMinute = 120;
const bodyLimit = 512 * 1024;

/** Takes what monitoring systems send to PagerDuty's Events API v2, and answers in its words. */
export default async function routes(app: App): Promise<void> {
  const { directory } = app.parts;
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof Throttled) return refuse(reply, 429, 'throttle exceeded', error.message, ['Retry later.']);
    if (error instanceof NoAnswer || error instanceof DirectoryUnavailableError) {
      request.log.warn({ reason: error.message }, 'event refused for now');
      void reply.header('retry-after', '2');
      return refuse(reply, 503, 'unavailable', 'The event was not taken. Please retry later.', []);
    }
    const status = (error as { status?: number }).status ?? error.statusCode ?? 500;
    if (status < 500)
      return refuse(reply, status === 413 ? 413 : 400, 'invalid event', 'Event object is invalid', [error.message]);
    request.log.error({ name: error.name, stack: error.stack }, 'event failed');
    return refuse(reply, 500, 'internal error', 'The event was not taken. Please retry later.', []);
  });
  await app.register(rateLimit, {
    global: true,
    max: perMinute,
    timeWindow: '1 minute',
    hook: 'preHandler',
    keyGenerator: ({ body, ip }) => {
      const key = (body as { routing_key?: unknown } | null)?.routing_key;
      return typeof key === 'string' ? `events ${key.slice(0, 64)}` : `events from ${ip}`;
    },
    errorResponseBuilder: () => new Throttled(),
  });

  app.post(
    '/v2/enqueue',
    {
      config: { permission: 'open' },
      bodyLimit,
      schema: {
        tags: ['events'],
        summary: 'Take an event as PagerDuty’s Events API v2 does: trigger, acknowledge, resolve',
        // Its own checks answer in the words that clients of the Events API know.
        body: Type.Unknown({
          description: 'routing_key, event_action, dedup_key, payload {summary, source, severity, timestamp, …}, links',
        }),
        response: { 202: EventTaken, 400: EventRefused, 413: EventRefused, 429: EventRefused, 503: EventRefused },
      },
    },
    async (request, reply) => {
      const event = readEvent(request.body);
      if (!('action' in event)) return refuse(reply, 400, 'invalid event', 'Event object is invalid', event);
      let key = directory.routingKey(event.routingKey);
      if (key === undefined) {
        await directory.catchUp();
        key = directory.routingKey(event.routingKey);
      }
      if (key === undefined) {
        return refuse(reply, 400, 'invalid event', 'Event object is invalid', ["'routing_key' is unknown"]);
      }
      const dedupKey = event.dedupKey ?? randomUUID();
      await takeEvent(app, key, { event, dedupKey, cause: request.id });
      return reply.code(202).send({ status: 'success', message: 'Event processed', dedup_key: dedupKey });
    },
  );
}

class Throttled extends Error {
  readonly statusCode = 429;

  constructor() {
    super('Requests with this key are arriving too quickly.');
  }
}

function refuse(
  reply: FastifyReply,
  code: number,
  status: string,
  message: string,
  errors: readonly string[],
): FastifyReply {
  return reply.code(code).send({ status, message, errors: [...errors] });
}
