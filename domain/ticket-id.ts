import { createHash } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * 60 bits of the SHA-256 of `key` as 12 characters of Crockford base32. The same intake key always gives the same id,
 * which is what makes a repeated request find the ticket that it made.
 */
export function idOf(key: string): string {
  const digest = createHash('sha256').update(key).digest();
  let bits = digest.readBigUInt64BE(0) >> 4n;
  let id = '';
  for (let i = 0; i < 12; i++) {
    id = alphabet.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return id;
}

/** How people read an id: `K7Q2-9MZP-4WTX`. */
export function shownId(id: string): string {
  return `${id.slice(0, 4)}-${id.slice(4, 8)}-${id.slice(8)}`;
}

/**
 * The id that a person meant: dashes and case do not count, and I, L and O are read as 1, 1 and 0, as Crockford's
 * alphabet has it. Undefined where `text` is no ticket id.
 */
export function parseId(text: string): string | undefined {
  const id = text.replaceAll('-', '').toUpperCase().replace(/[IL]/g, '1').replaceAll('O', '0');
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(id) ? id : undefined;
}
