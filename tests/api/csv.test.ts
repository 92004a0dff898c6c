import { expect, test } from 'vitest';
import { csv } from '../../api/csv.ts';

test('a field with commas, quotes or lines of its own stays one field', () => {
  expect(csv([['a,b', 'say "yes"', 'two\r\nlines', null, 1.5]])).toBe('"a,b","say ""yes""","two\r\nlines",,1.5\r\n');
});

test.each(['=1+1', '+1', '-1', '@now', '\tx', '\rx'])(
  'what a spreadsheet would carry out is only shown: %j',
  (text) => {
    const [field = ''] = csv([[text]]).split('\r\n');
    expect(field.replace(/^"/, '')).toMatch(/^'/);
  },
);

test('a number may be negative', () => {
  expect(csv([[-1]])).toBe('-1\r\n');
});
