/** Thrown for a cursor that no page of this list, in this order, has given out. */
export class InvalidCursor extends Error {
  constructor() {
    super('The cursor is not the `next` of a page of this list.');
    this.name = 'InvalidCursor';
  }
}

/** The place of a row in a list: what the list is ordered by. An instant is written in RFC 3339, or as `infinity`. */
export type Place = readonly (string | number)[];

/** A `serial` counts up for ever, beyond what an `integer` of PostgreSQL holds. */
export type KeyType = 'instant' | 'text' | 'integer' | 'serial';

/** A place as an opaque text; `list` names the list and its order, which a cursor is bound to. */
export function encodeCursor(list: string, place: Place): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url');
}

/** @throws InvalidCursor */
export function decodeCursor(list: string, types: readonly KeyType[], cursor: string): Place {
  const [name, ...place] = parse(cursor);
  const right = name === list && place.length === types.length && place.every((key, i) => isOf(types[i], key));
  if (!right) throw new InvalidCursor();
  return place as Place;
}

/** The first `limit` of up to `limit + 1` rows, and the cursor for those after them. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { rows: readonly Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function isOf(type: KeyType | undefined, key: unknown): boolean {
  if (type === 'serial') return Number.isSafeInteger(key);
  if (type === 'integer') return Number.isInteger(key) && Math.abs(key as number) <= maxInteger;
  if (typeof key !== 'string') return false;
  if (type === 'text') return !key.includes('\0') && key.isWellFormed();
  return key === 'infinity' || isInstant(key);
}

/** PostgreSQL's `int`. */
const maxInteger = 2 ** 31 - 1;

/** As `encodeCursor` has it written: no 30th of February, no hour 24, and no year 0, which PostgreSQL refuses. */
function isInstant(text: string): boolean {
  if (!/^(?!0000)\d{4}-/.test(text)) return false;
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString() === text;
}
