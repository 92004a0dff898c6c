import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OnCall } from '../../domain/on-call.ts';
import type { WrittenShift } from '../../domain/schedule.ts';
import { problemsOfSchedule } from '../../domain/schedule-problems.ts';
import { replaceShifts } from '../../domain/written-shifts.ts';
import { formatInstant } from '../../domain/instant.ts';

const hour = 60 * 60 * 1000;
const zero = Date.parse('2026-03-02T00:00:00Z');
const at = (hours: number): string => formatInstant(zero + hours * hour);
const shift = (from: number, to: number, ...users: string[]): WrittenShift => ({ start: at(from), end: at(to), users });

const shifts = fc.array(
  fc
    .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 10 }), fc.constantFrom('ann', 'bob', 'cleo'))
    .map(([from, length, user]) => shift(from, from + length, user)),
  { maxLength: 8 },
);
const duty = (written: readonly WrittenShift[], from: number, to: number) =>
  new OnCall({ timeZone: 'UTC', layers: [{ shifts: written }] })
    .shifts(zero + from * hour, zero + to * hour)
    .map(({ start, end, users }) => [start, end, users.toSorted()] as const);
/** Who is on duty in each half hour: shifts of the same people may be cut otherwise. */
const byHalfHours = (written: readonly WrittenShift[], from: number, to: number) => {
  const found = duty(written, from, to);
  return Array.from({ length: (to - from) * 2 }, (_, i) => {
    const instant = zero + from * hour + (i * hour) / 2;
    return found.find(([start, end]) => start <= instant && instant < end)?.[2] ?? [];
  });
};

describe('a calendar that is read again', () => {
  test('changes what is to come, and nothing that has been', () => {
    fc.assert(
      fc.property(shifts, shifts, (before, wanted) => {
        const { shifts: after } = replaceShifts(before, wanted, zero);
        expect(byHalfHours(after, -40, 0)).toEqual(byHalfHours(before, -40, 0));
        expect(byHalfHours(after, 0, 40)).toEqual(byHalfHours(wanted, 0, 40));
        expect(problemsOfSchedule({ timeZone: 'UTC', layers: [{ shifts: after }] })).toEqual([]);
      }),
    );
  });

  test('leaves a shift under way whole where it is the same', () => {
    const written = [shift(-3, 3, 'ann'), shift(3, 9, 'bob')];
    expect(replaceShifts(written, written, zero)).toEqual({ shifts: written, added: 0, removed: 0, unchanged: 2 });
    const counted = replaceShifts(written, [shift(-3, 3, 'ann'), shift(3, 8, 'bob')], zero);
    expect(counted).toMatchObject({ added: 1, removed: 1, unchanged: 1 });
  });

  test('ends a shift under way that is gone, and begins now what it says of now', () => {
    const { shifts: after } = replaceShifts([shift(-3, 3, 'ann')], [shift(-3, 3, 'bob')], zero);
    expect(after).toEqual([shift(-3, 0, 'ann'), shift(0, 3, 'bob')]);
  });
});

describe('a layer of shifts', () => {
  test('has all on duty where shifts overlap, and is covered by later layers like any other', () => {
    const written = { shifts: [shift(0, 10, 'ann'), shift(5, 12, 'bob', 'ann')] };
    const over = { shifts: [shift(6, 7, 'cleo')] };
    const onCall = new OnCall({ timeZone: 'UTC', layers: [written, over] });
    expect(onCall.shifts(zero, zero + 24 * hour).map(({ start, end, users }) => [start, end, users])).toEqual([
      [zero, zero + 5 * hour, ['ann']],
      [zero + 5 * hour, zero + 6 * hour, ['ann', 'bob']],
      [zero + 6 * hour, zero + 7 * hour, ['cleo']],
      [zero + 7 * hour, zero + 10 * hour, ['ann', 'bob']],
      [zero + 10 * hour, zero + 12 * hour, ['bob', 'ann']],
    ]);
  });

  test('loses who leaves the company at that instant', () => {
    const staff = {
      presence: (user: string): [number, number] => (user === 'ann' ? [-Infinity, zero + hour] : [-Infinity, Infinity]),
      absences: () => [],
    };
    const schedule = { timeZone: 'UTC', layers: [{ shifts: [shift(0, 3, 'ann'), shift(2, 4, 'bob')] }] };
    const found = new OnCall(schedule, staff).shifts(zero, zero + 24 * hour);
    expect(found.map(({ start, end, users }) => [start - zero, end - zero, users])).toEqual([
      [0, hour, ['ann']],
      [2 * hour, 4 * hour, ['bob']],
    ]);
  });

  test('says what is wrong with it, and where', () => {
    const wrong = {
      shifts: [shift(3, 3, 'ann'), { ...shift(1, 2), start: 'soon' }],
      fair: true,
    };
    const layers = [wrong, { name: 'neither' } as never, { rotation: {} } as never];
    expect(problemsOfSchedule({ timeZone: 'UTC', layers }).map(({ path }) => path)).toEqual([
      'layers.0.fair',
      'layers.0.shifts.0.end',
      'layers.0.shifts.1.start',
      'layers.0.shifts.1.users',
      'layers.1.rotation',
      'layers.2.participants',
    ]);
  });
});
