import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor, InvalidCursor } from '../../db/cursor.ts';

const place = ['2026-01-05T09:00:00.123Z', 'K7Q29MZP4WTX', 7] as const;
const types = ['instant', 'text', 'integer'] as const;

test('a cursor leads back to the place that it was made of', () => {
  expect(decodeCursor('things', types, encodeCursor('things', place))).toEqual(place);
  const farthest = ['infinity', '', -1];
  expect(decodeCursor('things', types, encodeCursor('things', farthest))).toEqual(farthest);
});

test('what counts up for ever may be beyond what an integer holds', () => {
  const list = ['serial'] as const;
  expect(decodeCursor('things', list, encodeCursor('things', [2 ** 40]))).toEqual([2 ** 40]);
  for (const wrong of [2 ** 53, 1.5, '7']) {
    expect(() => decodeCursor('things', list, encodeCursor('things', [wrong]))).toThrow(InvalidCursor);
  }
});

const [at, id, seq] = place;

test.each([
  ['of another list', encodeCursor('others', place)],
  ['of no list', 'K7Q29MZP4WTX'],
  ['that is empty', ''],
  ['with too few keys', encodeCursor('things', [at, id])],
  ['with too many', encodeCursor('things', [...place, 1])],
  ['with keys in another order', encodeCursor('things', [id, at, seq])],
  ['with a fraction', encodeCursor('things', [at, id, 1.5])],
  ['with a number that no column of the kind holds', encodeCursor('things', [at, id, 2 ** 31])],
  ['with the year 0', encodeCursor('things', ['0000-01-01T00:00:00.000Z', id, seq])],
  ['with a year of six digits', encodeCursor('things', ['+012026-01-01T00:00:00.000Z', id, seq])],
  ['with the 30th of February', encodeCursor('things', ['2026-02-30T00:00:00.000Z', id, seq])],
  ['with the hour 24', encodeCursor('things', ['2026-02-28T24:00:00.000Z', id, seq])],
  ['with an instant of another form', encodeCursor('things', ['2026-01-05T09:00:00Z', id, seq])],
  ['with the character U+0000', encodeCursor('things', [at, 'a\0', seq])],
])('refuses a cursor %s', (_, cursor) => {
  expect(() => decodeCursor('things', types, cursor)).toThrow(InvalidCursor);
});
