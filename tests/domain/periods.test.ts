import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { intervals, periodStarts } from '../../domain/periods.ts';
import { zoneNamed } from '../../domain/wall-clock.ts';

const at = (iso: string) => Date.parse(iso);
const starts = (zone: string, interval: 'day' | 'week' | 'month', from: string, to: string): string[] =>
  periodStarts(zone, interval, at(from), at(to)).map((start) => new Date(start).toISOString().slice(0, 16));

describe('periods', () => {
  it('of days are 23 and 25 hours long when clocks change', () => {
    expect(starts('Europe/Berlin', 'day', '2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z')).toEqual([
      '2026-03-27T23:00',
      '2026-03-28T23:00',
      '2026-03-29T22:00',
    ]);
    expect(starts('Europe/Berlin', 'day', '2026-10-24T10:00:00Z', '2026-10-26T10:00:00Z')).toEqual([
      '2026-10-24T10:00',
      '2026-10-24T22:00',
      '2026-10-25T23:00',
    ]);
  });

  it('of weeks begin on Mondays, those of months on the first', () => {
    expect(starts('UTC', 'week', '2026-01-01T00:00:00Z', '2026-01-19T00:00:00Z')).toEqual([
      '2026-01-01T00:00',
      '2026-01-05T00:00',
      '2026-01-12T00:00',
    ]);
    expect(starts('Asia/Kathmandu', 'month', '2026-01-30T18:15:00Z', '2026-03-01T00:00:00Z')).toEqual([
      '2026-01-30T18:15',
      '2026-01-31T18:15',
      '2026-02-28T18:15',
    ]);
  });

  it('begin after the gap where there is no midnight', () => {
    // In Cairo clocks are put forward at midnight of the 24th.
    expect(starts('Africa/Cairo', 'day', '2026-04-23T12:00:00Z', '2026-04-25T00:00:00Z')).toEqual([
      '2026-04-23T12:00',
      '2026-04-23T22:00',
      '2026-04-24T21:00',
    ]);
  });

  it('leave out a day that does not exist', () => {
    // Samoa went from the 29th to the 31st.
    expect(starts('Pacific/Apia', 'day', '2011-12-29T10:00:00Z', '2012-01-01T10:00:00Z')).toEqual([
      '2011-12-29T10:00',
      '2011-12-30T10:00',
      '2011-12-31T10:00',
    ]);
  });
});

test('periods rise, begin with the window, and each begins on a day of its own on the wall', () => {
  const zone = fc.constantFrom('UTC', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Pacific/Apia');
  const from = fc.integer({ min: at('2009-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
  const length = fc.integer({ min: 1, max: 120 * 24 * 3600_000 });
  fc.assert(
    fc.property(zone, fc.constantFrom(...intervals), from, length, (timeZone, interval, start, ms) => {
      const found = periodStarts(timeZone, interval, start, start + ms);
      expect(found[0]).toBe(start);
      const days = found.map((one) => new Date(zoneNamed(timeZone).toWall(one)).toISOString().slice(0, 10));
      expect(days).toEqual([...new Set(days)].toSorted());
      for (const [i, one] of found.entries()) {
        expect(one).toBeLessThan(start + ms);
        const before = new Date(zoneNamed(timeZone).toWall(one - 1)).toISOString().slice(0, 10);
        if (i > 0) expect(before).not.toBe(days[i]);
      }
    }),
  );
});
