import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { identityOf } from '../once.ts';
import { invalid, Problem } from '../problem.ts';
import { answers, IdempotencyHeaders, Strict } from '../schemas/common.ts';

const AttachmentSchema = Type.Object({
  id: Type.String({ description: 'SHA-256 of the content' }),
  name: Type.String(),
  size: Type.Integer({ description: 'bytes' }),
  type: Type.String({ description: 'what the content is, whatever it was sent as' }),
});
const tags = ['attachments'];

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { attachments, config } = app.parts;
  await app.register(multipart, { limits: { files: 1, fields: 0, fileSize: config.attachmentLimit + 1 } });
  // Any other body is taken as the content itself, and not read before the store asks for it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  app.post(
    '/v1/attachments',
    {
      config: { permission: 'intake' },
      bodyLimit: config.attachmentLimit + 64 * 1024,
      schema: {
        tags,
        summary: 'Store a file',
        description:
          'The body is the content, or multipart/form-data with one file. The same content has the same id, so that ' +
          'repeating the request changes nothing.',
        headers: IdempotencyHeaders,
        querystring: Strict({ name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })) }),
        response: answers({ 201: AttachmentSchema }),
      },
    },
    async (request, reply) => {
      identityOf(request);
      const { content, name } = await contentOf(request);
      const stored = await attachments.save(content, (request.query.name ?? name).slice(0, 255));
      return reply.code(201).header('location', `/v1/attachments/${stored.id}`).send(stored);
    },
  );

  app.get(
    '/v1/attachments/:id',
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'The content of a file',
        params: Strict({ id: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      },
    },
    async (request, reply) => {
      const stored = await attachments.find(request.params.id);
      if (stored === undefined) throw new Problem('not-found', 'There is no attachment of this id.');
      return reply
        .headers({
          'content-type': stored.type,
          'content-length': stored.size,
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(stored.name).replace(/['()*]/g, escape)}`,
          // What customers send is shown by nobody's browser as a page of ours.
          'content-security-policy': "sandbox; default-src 'none'",
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, max-age=31536000, immutable',
          etag: `"${stored.id}"`,
        })
        .send(attachments.read(stored.id));
    },
  );
};

export default routes;

async function contentOf(request: FastifyRequest): Promise<{ content: Readable; name: string }> {
  if (request.isMultipart()) {
    const file = await request.file();
    if (file === undefined) throw invalid([{ path: '', message: 'must have one file' }]);
    return { content: file.file, name: file.filename || 'file' };
  }
  if (request.body === undefined || request.body === null)
    throw invalid([{ path: '', message: 'must be the content of a file' }]);
  return { content: request.body as Readable, name: 'file' };
}

function escape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
