import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { idempotencyKeyOf } from '../once.ts';
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
  app.removeAllContentTypeParsers();
  await app.register(multipart, { limits: { files: 1, fields: 20, fileSize: config.attachmentLimit + 1 } });
  // Any other body is taken as the content itself, and not read before the store asks for it.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  // After a refusal the rest of the body is read past, so that the caller gets to read the answer.
  app.addHook('onError', async ({ raw }) => void raw.unpipe().resume());

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
      idempotencyKeyOf(request);
      const stored = await attachments.save(...(await contentOf(request)));
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
        response: answers({
          200: {
            description: 'The content',
            content: {
              'application/octet-stream': { schema: Type.Unsafe<Readable>({ type: 'string', format: 'binary' }) },
            },
          },
        }),
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

async function contentOf(request: FastifyRequest): Promise<[content: Readable, name: string]> {
  const { name } = request.query as { name?: string };
  if (request.isMultipart()) {
    const file = await request.file().catch(() => undefined);
    if (file === undefined) throw invalid([{ path: '', message: 'must be multipart/form-data with one file' }]);
    return [file.file, nameOf(name ?? file.filename)];
  }
  if (request.body === undefined || request.body === null)
    throw invalid([{ path: '', message: 'must be the content of a file' }]);
  return [request.body as Readable, nameOf(name ?? nameIn(request.headers['content-disposition']))];
}

function nameOf(given: string | undefined): string {
  return given?.replaceAll('\0', '').slice(0, 255).toWellFormed() || 'file';
}

/** The name in `attachment; filename="a.txt"`, or in `filename*=UTF-8''a%20b.txt`, which goes before it. */
function nameIn(disposition = ''): string | undefined {
  const [, extended] = /;\s*filename\*=UTF-8''([^;\s]+)/i.exec(disposition) ?? [];
  const [, quoted, bare] = /;\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
  try {
    if (extended !== undefined) return decodeURIComponent(extended);
  } catch {
    // The plain name serves.
  }
  return quoted?.replace(/\\(.)/g, '$1') ?? bare;
}

function escape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
