/** Who can be named in an internal note. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
}

/**
 * Whom a text names by `@` and their name as the desk writes it, case aside. Of names that begin alike the longest is
 * meant; people of the same name are all meant.
 */
export function mentionedIn(text: string, people: readonly Mentionable[]): string[] {
  const body = text.normalize('NFC').toLowerCase();
  const named = people.map(({ id, name }) => ({ id, name: name.normalize('NFC').toLowerCase().trim() }));
  const found = new Set<string>();
  // Not the middle of a mail address.
  for (const { index } of body.matchAll(/(?<![\p{L}\p{N}_.@])@/gu)) {
    const rest = body.slice(index + 1);
    const here = named.filter(
      ({ name }) => name !== '' && rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    );
    const longest = Math.max(...here.map(({ name }) => name.length));
    for (const { id, name } of here) if (name.length === longest) found.add(id);
  }
  return [...found];
}
