import { Type, type TSchema } from 'typebox';

/** An object that refuses fields that it does not know. */
export const Strict = <T extends Record<string, TSchema>>(fields: T, options: object = {}) =>
  Type.Object(fields, { additionalProperties: false, ...options });

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** A closed list of words or numbers. */
export const OneOf = <const T extends readonly (string | number)[]>(values: T, options: object = {}) =>
  Type.Unsafe<T[number]>({ type: typeof values[0] === 'number' ? 'integer' : 'string', enum: [...values], ...options });

export const Instant = Type.String({
  format: 'date-time',
  description: 'RFC 3339',
  examples: ['2026-01-05T09:00:00Z'],
});
export const Duration = Type.String({ description: 'ISO 8601', examples: ['PT2H'], maxLength: 60 });
export const Text = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength });
/** Ids that Vigil gives, of anything but tickets. */
export const Id = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' });

export const TicketParams = Strict({ id: Type.String({ minLength: 1, maxLength: 20 }) });
export const IdParams = Strict({ id: Id });

export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { description: 'A problem as RFC 9457 has it' },
);

const problemContent = { description: 'A problem', content: { 'application/problem+json': { schema: ProblemSchema } } };

/** The answers of a route: the given ones, and a problem for every other status. */
export function answers<T extends Record<number, unknown>>(
  own: T,
): T & { '4xx': typeof problemContent; '5xx': typeof problemContent } {
  return { ...own, '4xx': problemContent, '5xx': problemContent };
}

export const PageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 1000, description: 'the `next` of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
};
/** `next` is null on the last page. */
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({ data: Type.Array(item), next: Nullable(Type.String()) });

export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ description: 'Repeating a request with its key is safe: it is carried out once.', maxLength: 255 }),
  ),
});
