import { isAPIError } from 'better-auth/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, unprocessable } from '../problem.ts';

/** What better-auth gets to see of a request. */
export function headersOf({ headers }: FastifyRequest, cookie = headers.cookie): Headers {
  return new Headers({
    ...(cookie !== undefined && { cookie }),
    ...(headers['user-agent'] !== undefined && { 'user-agent': headers['user-agent'].slice(0, 500) }),
  });
}

/** Sends the browser what better-auth set. */
export function sendCookies(reply: FastifyReply, headers: Headers): void {
  void reply.header('set-cookie', headers.getSetCookie());
}

/** The cookies that an answer set, as the request after it would send them. */
export function cookieAfter(headers: Headers): string {
  const pairs = headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
  return pairs.filter((pair) => !pair.endsWith('=')).join('; ');
}

/** Whether better-auth refused, rather than failed. */
export function isRefusal(error: unknown): boolean {
  return isAPIError(error) && error.statusCode >= 400 && error.statusCode < 500;
}

export function isTooMany(error: unknown): boolean {
  return isAPIError(error) && error.statusCode === 429;
}

/** What better-auth says where the session is gone that a request came with. */
const sessionGone = ['UNAUTHORIZED', 'INVALID_TWO_FACTOR_COOKIE'];

/** For what somebody who has signed in sends: a refusal is about the field, unless the session has just been ended. */
export async function orWrong<T>(path: string, message: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (isAPIError(error) && sessionGone.includes(error.body?.code ?? '')) {
      throw new Problem('unauthorized', 'Your session has ended: sign in again.');
    }
    throw unprocessable([{ path, message }]);
  }
}
