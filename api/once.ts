import { createHash, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { callerOf } from './plugins/auth.ts';
import { invalid, Problem } from './problem.ts';

/** What tells one request from another, and its repetition from a new one. */
export interface Identity {
  /** Names the request for ever: the caller and its Idempotency-Key, or something random. */
  readonly key: string;
  /** SHA-256 of what is asked for. */
  readonly hash: string;
}

/**
 * The request's Idempotency-Key, if it has one.
 * @throws Problem where it cannot be one
 */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const given = request.headers['idempotency-key'];
  if (
    given !== undefined &&
    (typeof given !== 'string' || !/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(given))
  ) {
    throw invalid([{ path: 'headers.idempotency-key', message: 'must be 1 to 255 printable ASCII characters' }]);
  }
  return given;
}

/** @throws Problem where the Idempotency-Key cannot be one */
export function identityOf(request: FastifyRequest): Identity {
  const given = idempotencyKeyOf(request);
  const route = `${request.method} ${request.routeOptions.url ?? ''} ${canonical(request.params)}`;
  const hash = createHash('sha256')
    .update(`${route}\n${canonical(request.body ?? null)}`)
    .digest('hex');
  return { key: `api:${callerOf(request) ?? 'link'}:${given ?? randomUUID()}`, hash };
}

/** The same JSON value always gives the same text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** What names the request has named another before. */
export class KeyReused extends Problem {
  constructor() {
    super('unprocessable', 'This Idempotency-Key was used for a request with another body.', {
      errors: [{ path: 'headers.idempotency-key', message: 'was used for another request' }],
    });
  }
}
