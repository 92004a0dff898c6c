/** The address of a list: what is searched for is kept by going back, and can be sent to somebody. */
export interface ListSearch {
  readonly q?: string;
}

export function listSearch({ q }: Record<string, unknown>): ListSearch {
  // The router reads `q=123` as a number.
  const text = typeof q === 'number' ? String(q) : q;
  return typeof text === 'string' && text !== '' ? { q: text } : {};
}

/** Whether each word of what is searched for is in one of the texts. */
export function matches(q: string | undefined, ...texts: readonly (string | null | undefined)[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
