import { expect, it } from 'vitest';
import { clockTime } from '../../web/i18n/clock-time.ts';

const fourPastMidnight = Date.UTC(2026, 0, 1, 0, 4);

it.each([
  ['en-GB', '00:04'],
  ['en-US', '12:04 AM'],
  ['de', '00:04'],
  ['fr', '00:04'],
  ['pt', '00:04'],
  ['ru', '00:04'],
])('%s writes four minutes past midnight as %s', (language, written) => {
  const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...clockTime(language) });
  // Between time and AM stands a narrow space that does not break.
  expect(format.format(fourPastMidnight).replace(/\s/, ' ')).toBe(written);
});
