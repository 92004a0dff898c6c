import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/environment.ts';
import { Problem } from '../problem.ts';

const safe = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Browsers send the cookie whoever made them ask. Only pages of ours can add the header, and browsers say themselves
 * which site a request comes from.
 */
export function refuseCrossSite(request: FastifyRequest, { publicUrl }: Pick<Config, 'publicUrl'>): void {
  if (safe.includes(request.method)) return;
  if (request.headers['x-vigil-request'] !== '1') {
    throw new Problem('cross-site', 'With a cookie instead of an API key, send the header x-vigil-request: 1.');
  }
  const { origin, host = '' } = request.headers;
  if (origin === undefined) return;
  const sender = URL.parse(origin);
  // Behind a proxy the scheme that we see is not the browser's, so that it is the host alone that is compared.
  const own = [new URL(publicUrl).origin, URL.parse(`${sender?.protocol}//${host}`)?.origin];
  if (sender === null || !own.includes(sender.origin)) {
    throw new Problem('cross-site', 'The request comes from a page of another site.');
  }
}
