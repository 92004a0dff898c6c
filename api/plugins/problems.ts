import type { FastifyError, FastifyInstance, FastifySchemaValidationError } from 'fastify';
import fp from 'fastify-plugin';
import { DeskConflict, UnknownReference } from '../../db/desk-change.ts';
import { DirectoryUnavailableError } from '../../db/directory.ts';
import { isUnavailable, safeMessage } from '../../db/errors.ts';
import { InvalidCursor } from '../../db/cursor.ts';
import { IdempotencyMismatch } from '../../db/idempotency.ts';
import { FieldProblems } from '../../domain/field-problem.ts';
import { NoAnswer } from '../temporal-calls.ts';
import { invalid, Problem, sendProblem, type FieldError, unavailable, unprocessable } from '../problem.ts';

/** Answers every error as a problem document, and logs what is our fault. */
export default fp(
  async (app: FastifyInstance) => {
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const problem = problemOf(error);
      if (problem.status === 500) request.log.error({ name: error.name, stack: stackOf(error) }, 'request failed');
      else if (problem.status === 503) {
        const cause = problem.cause instanceof NoAnswer ? problem.cause.message : undefined;
        request.log.warn({ reason: problem.message, cause }, 'request refused for now');
      }
      return sendProblem(reply, problem);
    });
    const paths = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
    app.addHook('onRoute', ({ url, method }) => {
      const known = paths.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
      for (const one of [method].flat()) known.methods.add(one);
      paths.set(url, known);
    });
    app.setNotFoundHandler((request) => {
      const path = request.url.split('?')[0] ?? '';
      const methods = new Set([...paths.values()].flatMap((p) => (p.pattern.test(path) ? [...p.methods] : [])));
      if (methods.size === 0) throw new Problem('not-found', `There is nothing at ${path.slice(0, 200)}.`);
      const allow = [...methods].toSorted().join(', ');
      throw new Problem('method-not-allowed', `${request.method} is not allowed here; right is ${allow}.`, {
        headers: { allow },
      });
    });
  },
  { name: 'problems' },
);

/** What addresses a route such as `/v1/tickets/:id` answers, whatever the method. */
function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}

function problemOf(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (error.validation) return invalid(error.validation.map((v) => fieldError(v, error.validationContext ?? 'body')));
  if (error instanceof DeskConflict) {
    const errors = error.field === null ? undefined : [{ path: error.field, message: error.message }];
    return new Problem('conflict', error.message, errors && { errors });
  }
  if (error instanceof FieldProblems) return unprocessable(error.problems);
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
