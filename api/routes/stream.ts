import type { ServerResponse } from 'node:http';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { comparePositions, eventsAfter, isPosition, type PositionedEvent } from '../../db/stream.ts';
import { parseId } from '../../domain/ticket-id.ts';
import { EventFeed } from '../event-feed.ts';
import { invalid } from '../problem.ts';
import { Strict } from '../schemas/common.ts';
import { eventJson } from '../schemas/event.ts';

const heartbeatMs = 15_000;
/** What a listener may have unread before it is cut off; it comes back to where it was. */
const unreadBytes = 1024 * 1024;
const catchUpPage = 500;

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.parts;
  const feed = new EventFeed(database);
  const open = new Set<ServerResponse>();
  app.addHook('preClose', async () => {
    for (const response of open) response.end();
    feed.close();
  });

  app.get(
    '/v1/stream',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['events'],
        summary: 'All events as they happen, as server-sent events',
        description: 'Each has an id; a connection that sends the last one it saw as Last-Event-ID misses nothing.',
        querystring: Strict({ ticket: Type.Optional(Type.String({ maxLength: 20 })) }),
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 60 })) }),
      },
    },
    async (request, reply) => {
      const ticket = request.query.ticket === undefined ? undefined : parseId(request.query.ticket);
      if (request.query.ticket !== undefined && ticket === undefined) {
        throw invalid([{ path: 'query.ticket', message: 'is not a ticket id' }]);
      }
      const from = request.headers['last-event-id'];
      if (from !== undefined && !isPosition(from)) {
        throw invalid([{ path: 'headers.last-event-id', message: 'is not an id of this stream' }]);
      }
      reply.hijack();
      const response = reply.raw;
      open.add(response);
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        // Proxies that gather answers before passing them on are told not to.
        'x-accel-buffering': 'no',
      });
      response.write('retry: 1000\n\n');

      let behind: PositionedEvent[] | null = [];
      const stop = feed.listen((events) =>
        behind === null ? write(response, events, ticket) : behind.push(...events),
      );
      const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
      response.once('close', () => {
        stop();
        clearInterval(heartbeat);
        open.delete(response);
      });

      // What was missed comes first; what happens meanwhile waits.
      try {
        let cursor = from;
        while (cursor !== undefined && !response.destroyed) {
          const missed = await eventsAfter(database.db, cursor, ticket === undefined ? {} : { ticket }, catchUpPage);
          write(response, missed, ticket);
          cursor = missed.at(-1)?.position ?? cursor;
          if (missed.length < catchUpPage) break;
        }
        write(
          response,
          behind.filter((e) => cursor === undefined || comparePositions(e.position, cursor) > 0),
          ticket,
        );
        behind = null;
      } catch (error) {
        request.log.warn({ name: (error as Error).name }, 'the stream was cut off while catching up');
        response.destroy();
      }
    },
  );
};

export default routes;

function write(response: ServerResponse, events: readonly PositionedEvent[], ticket: string | undefined): void {
  const mine = ticket === undefined ? events : events.filter((event) => event.ticket === ticket);
  if (mine.length === 0 || response.destroyed) return;
  response.write(
    mine.map((e) => `id: ${e.position}\nevent: ${e.type}\ndata: ${JSON.stringify(eventJson(e))}\n\n`).join(''),
  );
  if (response.writableLength > unreadBytes) response.destroy();
}
