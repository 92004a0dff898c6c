import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Turns } from '../../domain/turns.ts';
import { weeklyWindows } from '../../domain/restrictions.ts';
import { weekdays, zoneNamed } from '../../domain/wall-clock.ts';
import { jumps } from './wall-clock-oracle.ts';

const minute = 60_000;
const time = (m: number) => [Math.floor(m / 60), m % 60].map((n) => String(n).padStart(2, '0')).join(':');

describe('turns that leave time', () => {
  it('are counted by periods as they are one by one, for years and over every jump of the clock', () => {
    const windows = fc.array(
      fc.record({
        days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
        // Short and in the small hours, so that a jump can swallow one.
        from: fc.integer({ min: 0, max: 4 * 60 }).map(time),
        to: fc.integer({ min: 0, max: 5 * 60 }).map(time),
      }),
      { maxLength: 2 },
    );
    const kinds = fc.constantFrom('hourly', 'hourly', 'daily', 'weekly', 'monthly');
    fc.assert(
      fc.property(
        fc.constantFrom(...jumps),
        kinds,
        fc.integer({ min: 1, max: 30 }),
        windows,
        fc.integer({ min: -9000, max: 200 }),
        ([timeZone, jump], type, shiftLength, restrictions, before) => {
          const turns = new Turns({
            zone: zoneNamed(timeZone),
            type,
            shiftLength,
            start: Date.parse(jump) + before * minute,
            until: Infinity,
            windows: weeklyWindows(restrictions),
          });
          let live = 0;
          for (let turn = 0; turn < 800; turn += 1) {
            if (turn % 7 === 0 || turn < 40) expect(turns.liveBefore(turn), `before turn ${turn}`).toBe(live);
            if (turns.dutyOf(turn).length > 0) live += 1;
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
