import type { ProblemDocument } from './types.ts';

/** What the API answered instead of what was asked for; status 0 where no answer came at all. */
export class ApiProblem extends Error {
  readonly status: number;
  /** The last part of the problem's type, such as `conflict`; `offline` where no answer came. */
  readonly type: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];

  constructor({ status, type, detail, errors }: Omit<ProblemDocument, 'title'>) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.type = type.split(':').at(-1) ?? type;
    this.errors = errors ?? [];
  }

  /** Whether the same request may well be answered later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON, but for a file, which is sent as it is. */
  readonly body?: unknown;
  /** Repeating a request with its key carries it out once. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Sent even if the page goes away meanwhile. */
  readonly keepalive?: boolean;
}

/** @throws ApiProblem */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const { body, idempotencyKey, signal, keepalive = false } = options;
  const isFile = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(path + queryText(options.query), {
      method,
      keepalive,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        // No other site can make a browser send it, so that the cookie alone is not enough to change anything.
        ...(method !== 'GET' && { 'x-vigil-request': '1' }),
        ...(body !== undefined && { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem({ status: 0, type: 'offline', detail: 'Vigil cannot be reached.' });
  }
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    return new ApiProblem((await response.json()) as ProblemDocument);
  } catch {
    // A proxy in between, say.
    return new ApiProblem({ status: response.status, type: 'unknown', detail: `HTTP ${response.status}` });
  }
}

/** The sentence of a problem, with what it says of single fields. */
export function problemText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fields = error instanceof ApiProblem ? error.errors.map(({ path, message }) => `${path} ${message}`) : [];
  return [error.message, ...fields].join(' · ');
}

export function queryText(query: CallOptions['query'] = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** For an Idempotency-Key. `crypto.randomUUID` is missing where a desk is reached by plain HTTP. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
