import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { qrCode } from '../../web/settings/qr.ts';

const picture = (text: string): string[] => qrCode(text).map((row) => row.map((dark) => (dark ? '#' : '.')).join(''));
const text = (length: number): string =>
  'otpauth://totp/Vigil:ann@example.com?secret='.padEnd(length, 'ABCDEFGHIJ234567');

/** The longest of each version from 1 to 20. */
const lengths = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666];

/** Of pictures that zxing-cpp, which is not of this house, has read. */
const read = '9a98941b6d0e4d79b2d7a8012bbab550b4d0a49db25994ad2eb629785aa78d22';

it('draws what cameras read, in every version', () => {
  const hash = createHash('sha256');
  lengths.forEach((length, i) => {
    const rows = picture(text(length).slice(0, length));
    expect(rows).toHaveLength(17 + 4 * (i + 1));
    hash.update(rows.join('\n'));
  });
  expect(hash.digest('hex')).toBe(read);
});

it('says that a text is too long', () => {
  expect(() => qrCode(text(667))).toThrow('667 bytes');
});
