import type { FastifyReply } from 'fastify';

/** What can go wrong for a caller, as RFC 9457 has it. Everything that is not one of these is answered as `internal`. */
const types = {
  'invalid-request': [400, 'The request is not valid'],
  unauthorized: [401, 'An API key or a session is needed'],
  'sign-in-failed': [401, 'Nobody was signed in'],
  'second-factor-needed': [401, 'A code is needed, too'],
  forbidden: [403, 'The API key or the user may not do this'],
  'cross-site': [403, 'The request may come from another site'],
  'not-found': [404, 'There is no such thing'],
  'method-not-allowed': [405, 'The method is not allowed here'],
  'request-timeout': [408, 'The request took too long to arrive'],
  conflict: [409, 'The present state forbids it'],
  'too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The media type is not supported'],
  unprocessable: [422, 'The request cannot be carried out as it is'],
  'too-many-requests': [429, 'Too many requests'],
  'headers-too-large': [431, 'The headers are too large'],
  internal: [500, 'Internal error'],
  unavailable: [503, 'Temporarily unavailable'],
} as const satisfies Record<string, readonly [number, string]>;
export type ProblemType = keyof typeof types;

export interface FieldError {
  /** Such as `requester.email` or `tags.3`; empty for the body as a whole. */
  readonly path: string;
  readonly message: string;
}

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

interface Extras {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Thrown by a handler to answer with a problem document. */
export class Problem extends Error {
  readonly type: ProblemType;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(type: ProblemType, detail: string, { errors, headers = {}, cause }: Extras = {}) {
    super(detail, { cause });
    this.name = 'Problem';
    this.type = type;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return types[this.type][0];
  }

  toDocument(): ProblemDocument {
    const [status, title] = types[this.type];
    const { message: detail, errors } = this;
    return { type: `urn:vigil:problem:${this.type}`, title, status, detail, ...(errors !== undefined && { errors }) };
  }
}

/** As bytes, since to text Fastify would add a charset, which problem documents have none of. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problem.toDocument())));
}

/** More would help nobody, and a small body can be wrong in very many places. */
const listedErrors = 50;

export function invalid(errors: readonly FieldError[]): Problem {
  return new Problem('invalid-request', 'Some fields are not valid.', { errors: errors.slice(0, listedErrors) });
}

export function unprocessable(errors: readonly FieldError[]): Problem {
  return new Problem('unprocessable', 'Some fields cannot be used as they are.', { errors });
}

export function unavailable(detail: string, cause?: unknown): Problem {
  return new Problem('unavailable', detail, { headers: { 'retry-after': '2' }, cause });
}
