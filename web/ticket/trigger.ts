/** What is being typed behind a sign that asks for a list: `/` for macros, `@` for people. */
export interface Trigger {
  readonly sign: Sign;
  /** Where the sign stands. */
  readonly start: number;
  readonly query: string;
}
export type Sign = '/' | '@';

const patterns: Readonly<Record<Sign, RegExp>> = {
  // Neither a fraction nor an address nor the end of a tag.
  '/': /(?:^|\s)\/((?:[^\s/][^\n/]{0,39})?)$/,
  // Not the middle of a mail address.
  '@': /(?:^|[^\p{L}\p{N}_.@])@((?:[^\s@][^\n@]{0,39})?)$/u,
};

/** Null where the words before the caret ask for nothing. */
export function triggerAt(text: string, caret: number, signs: readonly Sign[]): Trigger | null {
  const before = text.slice(0, caret);
  for (const sign of signs) {
    const query = patterns[sign].exec(before)?.[1];
    if (query !== undefined) return { sign, start: caret - query.length - 1, query };
  }
  return null;
}
