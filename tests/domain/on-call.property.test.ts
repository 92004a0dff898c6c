import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapsBetween, OnCall } from '../../domain/on-call.ts';
import { formatInstant } from '../../domain/instant.ts';
import type { Layer, Override, Restriction, Schedule } from '../../domain/schedule.ts';
import { problemsOfSchedule } from '../../domain/schedule-problems.ts';
import { weekdays } from '../../domain/wall-clock.ts';
import { rosterByMinutes } from './roster-oracle.ts';
import { jumps } from './wall-clock-oracle.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const people = ['ann', 'bob', 'cleo', 'dan'];
const person = fc.constantFrom(...people);
const participants = fc.array(fc.oneof(person, fc.uniqueArray(person, { minLength: 1, maxLength: 3 })), {
  minLength: 1,
  maxLength: 4,
});
const timeOfDay = fc
  .oneof(fc.integer({ min: 0, max: 4 * 60 }), fc.integer({ min: 0, max: 24 * 60 - 1 }))
  .map((m) => [Math.floor(m / 60), m % 60].map((n) => String(n).padStart(2, '0')).join(':'));
const restriction: fc.Arbitrary<Restriction> = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
  from: timeOfDay,
  to: fc.oneof(timeOfDay, fc.constant('24:00')),
});

/** Minutes about a jump of the clock. */
const near = (days: number) =>
  fc.oneof(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -days * 24 * 60, max: days * 24 * 60 }));

const rotationLayerAt = (jump: number): fc.Arbitrary<Layer> =>
  fc.record(
    {
      rotation: fc.record({
        type: fc.constantFrom('hourly', 'hourly', 'daily', 'weekly', 'monthly'),
        shiftLength: fc.integer({ min: 1, max: 5 }),
        start: near(5).map((minutes) => formatInstant(jump + minutes * minute)),
      }),
      participants,
      fair: fc.boolean(),
      weights: fc.record({ night: fc.constantFrom(0, 1, 1.1), weekend: fc.constantFrom(1, 3.3) }, { requiredKeys: [] }),
      restrictions: fc.array(restriction, { maxLength: 3 }),
      until: fc.integer({ min: 6 * 24 * 60, max: 8 * 24 * 60 }).map((m) => formatInstant(jump + m * minute)),
    },
    { requiredKeys: ['rotation', 'participants'] },
  );

const writtenLayerAt = (jump: number): fc.Arbitrary<Layer> =>
  fc
    .array(fc.tuple(near(4), fc.integer({ min: 1, max: 36 * 60 }), fc.array(person, { minLength: 1, maxLength: 3 })), {
      maxLength: 6,
    })
    .map((shifts) => ({
      shifts: shifts.map(([from, length, users]) => ({
        start: formatInstant(jump + from * minute),
        end: formatInstant(jump + (from + length) * minute),
        users,
      })),
    }));

const layerAt = (jump: number): fc.Arbitrary<Layer> =>
  fc.oneof({ weight: 4, arbitrary: rotationLayerAt(jump) }, { weight: 1, arbitrary: writtenLayerAt(jump) });

const overrideAt = (jump: number): fc.Arbitrary<Override> =>
  fc
    .tuple(
      near(4),
      fc.integer({ min: 1, max: 2 * 24 * 60 }),
      fc.constantFrom('swap', 'take', 'remove', 'add'),
      person,
      person,
    )
    .map(([from, length, kind, a, b]) => ({
      start: formatInstant(jump + from * minute),
      end: formatInstant(jump + (from + length) * minute),
      ...(kind === 'swap' && { user: a === b ? 'eve' : a, replaces: b }),
      ...(kind === 'take' && { user: a }),
      ...(kind === 'remove' && { replaces: a }),
      ...(kind === 'add' && { adds: a }),
    }));

const scheduleNearJump = fc.constantFrom(...jumps).chain(([timeZone, text]) => {
  const jump = Date.parse(text);
  return fc
    .record({
      layers: fc.array(layerAt(jump), { minLength: 1, maxLength: 3 }),
      overrides: fc.array(overrideAt(jump), { maxLength: 4 }),
    })
    .map(({ layers, overrides }): { schedule: Schedule; jump: number } => ({
      schedule: { timeZone, layers, overrides },
      jump,
    }))
    .filter(({ schedule }) => problemsOfSchedule(schedule).length === 0);
});

describe('who is on duty', () => {
  it('is, about every jump of the clock, what the minutes say one by one', { timeout: 240_000 }, () => {
    fc.assert(
      fc.property(scheduleNearJump, near(5), ({ schedule, jump }, offset) => {
        const from = jump + offset * minute;
        const to = from + 2 * day;
        expect(new OnCall(schedule).shifts(from, to)).toEqual(rosterByMinutes(schedule, from, to));
      }),
      { numRuns: 70 },
    );
  });

  it('does not depend on the window asked for, nor on what was asked before', () => {
    const inYears = fc.integer({ min: 0, max: 12 * 365 * 24 * 60 });
    fc.assert(
      fc.property(
        scheduleNearJump,
        inYears,
        fc.array(fc.integer({ min: 1, max: 9 * 24 * 60 })),
        (s, start, lengths) => {
          const from = s.jump + (start - 3 * 24 * 60) * minute;
          const cuts = [from, ...lengths.map((m) => from + m * minute), from + 9 * day].toSorted((a, b) => a - b);
          const pieces = cuts.slice(1).flatMap((to, i) => new OnCall(s.schedule).shifts(cuts[i] as number, to));
          const whole = new OnCall(s.schedule).shifts(from, from + 9 * day);
          const minutes = (list: typeof whole) =>
            list.flatMap((shift) =>
              [shift.start, (shift.start + shift.end) / 2].map((at) => [Math.floor(at), shift.users, shift.source]),
            );
          const asked = new OnCall(s.schedule);
          for (const [at, users, source] of minutes(pieces)) {
            expect(asked.at(at as number)).toMatchObject({ users, source });
          }
          expect(pieces.reduce((sum, p) => sum + p.end - p.start, 0)).toBe(
            whole.reduce((sum, p) => sum + p.end - p.start, 0),
          );
          for (const shift of whole) {
            const inside = pieces.filter((p) => shift.start <= p.start && p.end <= shift.end);
            expect(inside[0]?.start).toBe(shift.start);
            expect(inside.at(-1)?.end).toBe(shift.end);
            for (const piece of inside) expect(piece).toMatchObject({ users: shift.users, source: shift.source });
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('fills the window together with its gaps, each instant once', () => {
    fc.assert(
      fc.property(scheduleNearJump, ({ schedule, jump }) => {
        const [from, to] = [jump - 4 * day, jump + 4 * day];
        const shifts = new OnCall(schedule).shifts(from, to);
        const spans = [...shifts.map(({ start, end }) => [start, end] as const), ...gapsBetween(shifts, from, to)];
        const ordered = spans.toSorted((a, b) => a[0] - b[0]);
        expect(ordered[0]?.[0]).toBe(from);
        expect(ordered.at(-1)?.[1]).toBe(to);
        ordered.slice(1).forEach(([start], i) => expect(start).toBe(ordered[i]?.[1]));
      }),
      { numRuns: 150 },
    );
  });

  it('differs, over a year of a fair layer, by no more than the heaviest turn', () => {
    const turn = fc.constantFrom(['hourly', 12], ['daily', 1], ['daily', 2], ['weekly', 1]) as fc.Arbitrary<
      ['hourly' | 'daily' | 'weekly', number]
    >;
    fc.assert(
      fc.property(
        turn,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(...jumps),
        ([type, shiftLength], count, [timeZone, text]) => {
          const crew = Array.from({ length: count }, (_, i) => `p${i}`);
          const start = Date.parse(text);
          const rotation = { type, shiftLength, start: text };
          const schedule = {
            timeZone,
            layers: [{ rotation, participants: crew, fair: true, weights: { night: 1, weekend: 1 } }],
          };
          const hours = new Map(crew.map((p) => [p, 0]));
          let heaviest = 0;
          for (const shift of new OnCall(schedule).shifts(start, start + 365 * day)) {
            const [user = ''] = shift.users;
            hours.set(user, (hours.get(user) ?? 0) + shift.end - shift.start);
            heaviest = Math.max(heaviest, shift.end - shift.start);
          }
          expect(Math.max(...hours.values()) - Math.min(...hours.values())).toBeLessThanOrEqual(heaviest);
        },
      ),
      { numRuns: 30 },
    );
  });
});
