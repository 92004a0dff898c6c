import type { FastifyError, FastifyInstance, FastifySchemaValidationError } from 'fastify';
import fp from 'fastify-plugin';
import { DeskConflict, UnknownReference } from '../../db/desk-change.ts';
import { DirectoryUnavailableError } from '../../db/directory.ts';
import { isUnavailable, safeMessage } from '../../db/errors.ts';
import { InvalidCursor } from '../../db/cursor.ts';
import { IdempotencyMismatch } from '../../db/idempotency.ts';
import { invalid, Problem, type FieldError, unavailable, unprocessable } from '../problem.ts';

/** Answers every error as a problem document, and logs what is our fault. */
export default fp(
  async (app: FastifyInstance) => {
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const problem = problemOf(error);
      if (problem.status === 500) request.log.error({ name: error.name, stack: stackOf(error) }, 'request failed');
      else if (problem.status === 503) request.log.warn({ reason: problem.message }, 'request refused for now');
      return reply
        .code(problem.status)
        .headers(problem.headers)
        .type('application/problem+json')
        .send(JSON.stringify(problem.toDocument()));
    });
    app.setNotFoundHandler((request, reply) => {
      const path = request.url.split('?')[0] ?? '';
      const allowed = methods.filter((method) => app.findRoute({ method, url: path }) !== null);
      const problem = new Problem('not-found', `There is nothing at ${request.method} ${path.slice(0, 200)}.`);
      if (allowed.length > 0) void reply.header('allow', allowed.join(', '));
      return reply.code(404).type('application/problem+json').send(JSON.stringify(problem.toDocument()));
    });
  },
  { name: 'problems' },
);

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function problemOf(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error.validation) return invalid(error.validation.map((v) => fieldError(v, error.validationContext ?? 'body')));
  if (error instanceof DeskConflict) {
    const errors = error.field === null ? undefined : [{ path: error.field, message: error.message }];
    return new Problem('conflict', error.message, errors && { errors });
  }
  if (error instanceof UnknownReference) return unprocessable([{ path: error.path, message: error.message }]);
  if (error instanceof IdempotencyMismatch) return new Problem('unprocessable', error.message);
  if (error instanceof InvalidCursor) return invalid([{ path: 'query.cursor', message: error.message }]);
  if (error instanceof DirectoryUnavailableError) return unavailable(error.message, error);
  if (error.statusCode === 413) return new Problem('too-large', 'The body is larger than this route takes.');
  if (error.statusCode === 415) return new Problem('unsupported-media-type', 'Send the body as application/json.');
  if (error.statusCode === 429) return new Problem('too-many-requests', error.message);
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Problem('invalid-request', error.message);
  }
  if (isUnavailable(error)) return unavailable(safeMessage(error), error);
  return new Problem('internal', 'Something went wrong on our side; it has been logged.', { cause: error });
}

/** The validator's word for it, with the path as people write it. */
function fieldError(
  { instancePath, keyword, message, params }: FastifySchemaValidationError,
  context: string,
): FieldError {
  const path = instancePath.split('/').slice(1).map(unescapePointer);
  const { missingProperty, additionalProperty, allowedValues } = params;
  if (keyword === 'required') path.push(String(missingProperty));
  if (keyword === 'additionalProperties') path.push(String(additionalProperty));
  const where = context === 'querystring' ? 'query' : context;
  return {
    path: (context === 'body' ? path : [where, ...path]).join('.'),
    message:
      keyword === 'required'
        ? 'is missing'
        : keyword === 'additionalProperties'
          ? 'is not known here'
          : keyword === 'enum'
            ? `must be one of ${(allowedValues as unknown[]).join(', ')}`
            : (message ?? 'is not valid'),
  };
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The stack without the message, which may hold what a caller sent. */
function stackOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .join('\n');
}
