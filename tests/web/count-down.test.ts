import { expect, it } from 'vitest';
import { countDown } from '../../web/wall/count-down.ts';

it.each([
  [0, '0:00'],
  [-5000, '0:00'],
  // The last second is shown until it is over.
  [1, '0:01'],
  [59_001, '1:00'],
  [249_000, '4:09'],
  [3_599_001, '1:00:00'],
  [3_849_000, '1:04:09'],
  [86_399_000, '23:59:59'],
  [86_400_000, undefined],
])('%i ms are shown as %s', (ms, text) => {
  expect(countDown(ms)).toBe(text);
});
