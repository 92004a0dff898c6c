import { timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { codecToken } from '../../config/codec-token.ts';
import { AesGcmCodec } from '../../temporal/codec.ts';
import { CodecBodyError, decodePayloads, encodePayloads } from '../../temporal/codec-server.ts';
import { Problem } from '../problem.ts';
import { Strict } from '../schemas/common.ts';

/** What Temporal's UI has payloads decoded by, where they are encrypted. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, secret } = app.parts;
  if (config.codecKeys === null) return;
  const codec = new AesGcmCodec(config.codecKeys);
  const token = Buffer.from(codecToken(secret));
  const open = { permission: 'open' } as const;
  const params = Strict({ token: Type.String({ maxLength: 100 }) });

  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    // The UI is a page of another port; the token in the address, not a cookie, is what lets it in.
    if (origin !== undefined) void reply.header('access-control-allow-origin', origin).header('vary', 'origin');
    const given = Buffer.from((request.params as { token?: string }).token ?? '');
    if (given.length !== token.length || !timingSafeEqual(given, token)) {
      throw new Problem('not-found', 'There is nothing here.');
    }
  });
  app.options(
    '/codec/:token/*',
    { config: open, schema: { params: Type.Object({ token: Type.String() }) } },
    (request, reply) => {
      const headers = request.headers['access-control-request-headers'] ?? 'content-type, x-namespace';
      return reply
        .code(204)
        .headers({
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': headers,
          'access-control-max-age': '600',
        })
        .send();
    },
  );
  for (const [name, work] of [
    ['decode', decodePayloads],
    ['encode', encodePayloads],
  ] as const) {
    app.post(
      `/codec/:token/${name}`,
      { config: open, schema: { params }, bodyLimit: 16 * 1024 * 1024 },
      async (request) => {
        try {
          return await work(codec, request.body);
        } catch (error) {
          if (error instanceof CodecBodyError) throw new Problem('invalid-request', error.message);
          throw error;
        }
      },
    );
  }
};

export default routes;
