import type { ServerResponse } from 'node:http';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { eventsAfter, isPosition } from '../../db/stream.ts';
import { parseId } from '../../domain/ticket-id.ts';
import { EventFeed } from '../event-feed.ts';
import { EventStream } from '../event-stream.ts';
import { type Moment, MomentFeed } from '../moment-feed.ts';
import { isStillAllowed } from '../plugins/auth.ts';
import { invalid } from '../problem.ts';
import { answers, Strict } from '../schemas/common.ts';

const catchUpPage = 500;

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.parts.database;
  const feed = new EventFeed(app.parts.database);
  const moments = new MomentFeed(app.parts.database);
  const open = new Set<ServerResponse>();
  app.addHook('preClose', async () => {
    for (const response of open) response.end();
    feed.close();
    await moments.close();
  });

  app.get(
    '/v1/stream',
    {
      config: { permission: 'read' },
      exposeHeadRoute: false,
      schema: {
        tags: ['events'],
        summary: 'All events as they happen, as server-sent events',
        description: 'Each has an id; a connection that sends the last one it saw as Last-Event-ID misses nothing.',
        querystring: Strict({
          ticket: Type.Optional(Type.String({ maxLength: 20 })),
          live: Type.Optional(
            Type.Boolean({
              description:
                'true also for what holds for a moment, and so has no id and is not archived: `presence`, all who are ' +
                'on a ticket, at the beginning and whenever that changes; and `mention`, of whoever listens',
            }),
          ),
        }),
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 60 })) }),
        response: answers({
          200: { description: 'Events', content: { 'text/event-stream': { schema: Type.String() } } },
        }),
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
      const response = reply.raw;
      const stream = new EventStream(response, (event) => ticket === undefined || event.ticket === ticket);
      // Listening comes first, so that nothing happens unnoticed between what was missed and what is new.
      const stop = await feed.listen((events) => stream.tell(events));
      reply.hijack();
      if (response.destroyed) return stop();
      open.add(response);
      response.once('close', () => {
        stop();
        open.delete(response);
      });
      stream.begin(() => isStillAllowed(app, request, 'read'));
      const filter = ticket === undefined ? {} : { ticket };
      const tell = (moment: Moment): void => {
        if (ticket !== undefined && moment.ticket !== ticket) return;
        if (moment.type === 'presence' || moment.user === request.principal?.user) stream.say(moment.type, moment);
      };
      try {
        await stream.catchUp(from, (cursor) => eventsAfter(db, cursor, filter, catchUpPage));
        if (request.query.live === true && !response.destroyed) response.once('close', moments.listen(tell));
      } catch (error) {
        request.log.warn({ name: (error as Error).name }, 'the stream was cut off while catching up');
        response.destroy();
      }
    },
  );
};

export default routes;
