/** What PostgreSQL's jsonb refuses in a string: the NUL character and halves of surrogate pairs. */
const refused = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/**
 * JSON that jsonb takes. Each refused character becomes U+FFFD, since a batch of events that is refused once would be
 * refused for ever.
 */
export function toJsonb(value: unknown): string {
  const json = JSON.stringify(value);
  return refused.test(json) ? JSON.stringify(clean(value)) : json;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD').toWellFormed();
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [String(clean(key)), clean(inner)]));
}
