import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { specialIn, specialText, windowsIn, windowsText } from '../../web/admin/calendars/hours-text.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${two(h)}:${two(m)}`);
const windows = fc.array(fc.tuple(time, time), { maxLength: 4 });
const date = fc.tuple(fc.nat(11), fc.nat(27)).map(([m, d]) => `2026-${two(m + 1)}-${two(d + 1)}`);

test('hours that are shown are read as they were', () => {
  fc.assert(
    fc.property(windows, (given) => {
      expect(windowsIn(windowsText(given))).toEqual(given);
    }),
  );
});

test('days with hours of their own that are shown are read as they were', () => {
  fc.assert(
    fc.property(fc.dictionary(date, windows), (given) => {
      expect(specialIn(specialText(given))).toEqual({ ...given });
    }),
  );
});

it.each([
  ['9-17', [['09:00', '17:00']]],
  [
    '9:30 – 12:00; 13:00-24:00',
    [
      ['09:30', '12:00'],
      ['13:00', '24:00'],
    ],
  ],
  [' , ', []],
  // What is no time is refused by the API, which says why.
  ['nine-five', [['nine', 'five']]],
  ['09:00', [['09:00', '']]],
])('reads %j', (text, expected) => {
  expect(windowsIn(text)).toEqual(expected);
});
