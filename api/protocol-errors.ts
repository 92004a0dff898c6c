import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { Problem, sendProblem, type ProblemType } from './problem.ts';

/** Errors that come before any route, as problem documents like all others. */
export const protocolErrors = {
  /** An address that cannot be decoded. */
  frameworkErrors(_error: Error, _request: FastifyRequest, reply: FastifyReply): void {
    void sendProblem(reply, new Problem('invalid-request', 'The address is not valid.'));
  },

  /** What is not HTTP. It is not logged: the parser's error holds what was sent. */
  clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
    if (error.code === 'ECONNRESET' || !socket.writable) return;
    const problem = new Problem(types[error.code ?? ''] ?? 'invalid-request', 'The request is not valid HTTP.');
    const document = problem.toDocument();
    const body = JSON.stringify(document);
    const head = [
      `HTTP/1.1 ${problem.status} ${document.title}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  },
};

const types: Readonly<Record<string, ProblemType>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};
