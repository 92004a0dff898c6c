import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../domain/wall-clock.ts';
import { clockOf, jumps, minutesOf } from './wall-clock-oracle.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const anyZone = fc.constantFrom(...new Set(jumps.map(([zone]) => zone)));
const anyInstant = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.getTime());
const anyInstantToCome = fc
  .date({ min: new Date('2100-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
  .map((date) => date.getTime());
/** A zone, and an instant within a day and a half of a jump of its clocks. */
const nearJump = fc
  .tuple(fc.constantFrom(...jumps), fc.integer({ min: -36 * 60, max: 36 * 60 }))
  .map(([[zone, jump], minutes]) => ({ zone, instant: Date.parse(jump) + minutes * minute }));

describe('clocks of real zones', () => {
  it('show what Intl says they show', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        expect(zoneNamed(zone).toWall(instant)).toBe(clockOf(zone)(instant));
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(nearJump, ({ zone, instant }) => {
        expect(zoneNamed(zone).toWall(instant)).toBe(clockOf(zone)(instant));
      }),
      { numRuns: 1000 },
    );
  });

  it('go on by their rules up to the year 9999', () => {
    fc.assert(
      fc.property(anyZone, anyInstantToCome, (zone, instant) => {
        expect(zoneNamed(zone).toWall(instant)).toBe(clockOf(zone)(instant));
      }),
      { numRuns: 500 },
    );
  });

  it('reach a time for the first time at its instant', () => {
    fc.assert(
      fc.property(nearJump, ({ zone, instant: wall }) => {
        const first = [...minutesOf(zone, wall - day, wall + day)].find(({ latest }) => latest >= wall);
        expect(zoneNamed(zone).toInstant(wall)).toBe(first?.at);
      }),
      { numRuns: 50 },
    );
  });

  it('lead back to the instant, or to an earlier one at which they showed the same', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (name, instant) => {
        const zone = zoneNamed(name);
        const first = zone.toInstant(zone.toWall(instant));
        expect(first).toBeLessThanOrEqual(instant);
        expect(zone.toWall(first)).toBe(zone.toWall(instant));
      }),
    );
  });

  it('never make an earlier instant of a later time', () => {
    fc.assert(
      fc.property(nearJump, fc.nat({ max: 3 * day }), ({ zone: name, instant: wall }, later) => {
        const zone = zoneNamed(name);
        expect(zone.toInstant(wall + later)).toBeGreaterThanOrEqual(zone.toInstant(wall));
      }),
      { numRuns: 1000 },
    );
  });
});
