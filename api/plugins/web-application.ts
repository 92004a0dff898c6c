import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { isDemonstration } from '../../config/demonstration.ts';
import type { Config } from '../../config/environment.ts';
import { Problem } from '../problem.ts';

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url));
/** What is asked for under these and is not there is missing for browsers as well. */
const notPages = /^\/(?:v\d+|docs|codec|assets|openapi\.json|healthz|readyz|metrics)(?:[/?]|$)/;
const year = 365 * 24 * 60 * 60;

/**
 * The web application, where it was built: its files, and for browsers its page at every address that is no route. The
 * page finds out by itself what to show there. Without a build there is the API and nothing else.
 */
export default fp(
  async (app: FastifyInstance) => {
    const page = await readFile(path.join(dist, 'index.html'), 'utf8').catch(() => undefined);
    if (page === undefined) return;
    await app.register(assets);
    const settings = escapeAttribute(JSON.stringify(settingsOf(app.parts.config)));
    app.addHook('onRequest', async (request, reply) => {
      if (!request.is404 || !wantsPage(request)) return;
      const nonce = randomBytes(16).toString('base64');
      return reply
        .headers(pageHeaders(nonce))
        .type('text/html; charset=utf-8')
        .send(page.replace('content="" nonce=""', `content="${settings}" nonce="${nonce}"`));
    });
  },
  { name: 'web-application' },
);

/** A file's name holds the hash of its content: it may be kept for ever. */
async function assets(app: FastifyInstance): Promise<void> {
  const root = path.join(dist, 'assets');
  const files = new Set(await readdir(root));
  await app.register(fastifyStatic, { root, serve: false, preCompressed: true, immutable: true, maxAge: year * 1000 });
  app.get<{ Params: { file: string } }>(
    '/assets/:file',
    { config: { permission: 'open', rateLimit: false }, schema: { hide: true } },
    (request, reply) => {
      const { file } = request.params;
      if (!files.has(file)) throw new Problem('not-found', 'There is no such file; the page may be newer by now.');
      return reply.header('x-content-type-options', 'nosniff').sendFile(file);
    },
  );
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return (headers.accept ?? '').includes('text/html') && !notPages.test(url);
}

function pageHeaders(nonce: string): Record<string, string> {
  return {
    'cache-control': 'no-cache',
    'content-security-policy': [
      "default-src 'self'",
      "script-src 'self'",
      // Mantine writes its colours into style elements of its own; inline style attributes stay forbidden.
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "object-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    // Addresses hold the ids of tickets, and for once invitations.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  };
}

function settingsOf({ dataDir }: Config): object {
  return { demonstration: isDemonstration(dataDir) };
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
