import { describe, expect, it } from 'vitest';
import { FieldProblems } from '../../domain/field-problem.ts';
import { previewSchedule } from '../../domain/schedule-preview.ts';
import type { Layer, Override } from '../../domain/schedule.ts';

const layer = (more: object = {}) =>
  ({
    rotation: { type: 'daily', shiftLength: 1, start: '2026-01-05T09:00:00Z' },
    participants: ['ann', 'bob'],
    ...more,
  }) as Layer;
const window = { from: '2026-01-05T00:00:00Z', to: '2026-01-07T00:00:00Z' };

function problems(schedule: object, more: object = {}): string[] {
  try {
    previewSchedule({ schedule: { timeZone: 'UTC', layers: [layer()], ...schedule }, ...window, ...more });
  } catch (error) {
    if (error instanceof FieldProblems) return error.problems.map((p) => `${p.path}: ${p.message}`);
    throw error;
  }
  return [];
}
const rotation = { type: 'daily', shiftLength: 1, start: '2026-01-05T09:00:00Z' };
const override = (more: object) =>
  ({ start: '2026-01-05T10:00:00Z', end: '2026-01-05T12:00:00Z', ...more }) as Override;

describe('a preview of a schedule', () => {
  it('tells shifts with their sources, and gaps, clipped to the window', () => {
    const schedule = {
      timeZone: 'Asia/Kolkata',
      layers: [layer({ shadows: ['rob'] })],
      overrides: [override({ replaces: 'ann' })],
    };
    expect(previewSchedule({ schedule, ...window })).toEqual({
      shifts: [
        {
          start: '2026-01-05T09:00:00Z',
          end: '2026-01-05T10:00:00Z',
          users: ['ann'],
          shadows: ['rob'],
          source: { layer: 0 },
        },
        {
          start: '2026-01-05T12:00:00Z',
          end: '2026-01-06T09:00:00Z',
          users: ['ann'],
          shadows: ['rob'],
          source: { layer: 0 },
        },
        {
          start: '2026-01-06T09:00:00Z',
          end: '2026-01-07T00:00:00Z',
          users: ['bob'],
          shadows: ['rob'],
          source: { layer: 0 },
        },
      ],
      gaps: [
        { start: '2026-01-05T00:00:00Z', end: '2026-01-05T09:00:00Z' },
        { start: '2026-01-05T10:00:00Z', end: '2026-01-05T12:00:00Z' },
      ],
      idleOverrides: [],
    });
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, /^schedule.timeZone: "Mars\/Olympus" is no time zone/],
    [{ layers: [] }, /^schedule.layers: a schedule needs at least one layer/],
    [{ layers: [layer({ participants: [] })] }, /^schedule.layers.0.participants: a layer needs/],
    [{ layers: [layer({ participants: ['ann', []] })] }, /^schedule.layers.0.participants.1: nobody/],
    [
      { layers: [layer({ rotation: { ...rotation, shiftLength: 0 } })] },
      /^schedule.layers.0.rotation.shiftLength: must be/,
    ],
    [{ layers: [layer({ rotation: { ...rotation, shiftLength: 1.5 } })] }, /rotation.shiftLength: must be a whole/],
    [{ layers: [layer({ rotation: { ...rotation, start: 'today' } })] }, /rotation.start: "today" is no RFC 3339/],
    [{ layers: [layer({ until: '2026-01-05T09:00:00Z' })] }, /^schedule.layers.0.until: must be after rotation.start/],
    [
      { layers: [layer({ restrictions: [{ days: [], from: '09:00', to: '10:00' }] })] },
      /restrictions.0.days: a restriction/,
    ],
    [{ layers: [layer({ restrictions: [{ days: ['xyz'], from: '09:00', to: '10:00' }] })] }, /days.0: "xyz" is no day/],
    [
      { layers: [layer({ restrictions: [{ days: ['mon'], from: '9:00', to: '24:00' }] })] },
      /from: "9:00" is no time of day/,
    ],
    [
      { layers: [layer({ restrictions: [{ days: ['mon'], from: '24:00', to: '00:00' }] })] },
      /restrictions.0.to: the restriction leaves no time/,
    ],
    [{ layers: [layer({ weights: { night: -1 } })] }, /weights.night: must be from 0/],
    [{ layers: [layer({ shadows: [{ user: 'r', from: 'x' }] })] }, /shadows.0.from: "x" is no RFC 3339/],
    [{ overrides: [override({})] }, /^schedule.overrides.0.user: an override needs/],
    [{ overrides: [override({ user: 'a', replaces: 'a' })] }, /overrides.0.replaces: nobody can replace themselves/],
    [{ overrides: [override({ user: 'a', end: '2026-01-05T10:00:00Z' })] }, /overrides.0.end: must be after start/],
    [
      { overrides: [override({ user: 'a' }), override({ adds: 'a' })] },
      /overrides.1: overlaps overrides.0, which has a on/,
    ],
  ])('refuses %j', (schedule, message) => {
    expect(problems(schedule)).toEqual([expect.stringMatching(message)]);
  });

  it('lets a shift be handed on and back', () => {
    const chain = [
      override({ user: 'cleo', replaces: 'ann' }),
      override({ user: 'dan', replaces: 'cleo' }),
      override({ user: 'cleo', replaces: 'dan' }),
    ];
    expect(problems({ overrides: chain })).toEqual([]);
  });

  it('refuses a window that is none, or longer than 400 days', () => {
    expect(problems({}, { to: window.from })).toEqual([expect.stringMatching(/^to: .* is not after/)]);
    expect(problems({}, { from: 'x', to: 'y' })).toHaveLength(2);
    expect(problems({}, { to: '2027-02-09T00:00:00Z' })).toEqual([]);
    expect(problems({}, { to: '2027-02-09T00:00:00.001Z' })).toEqual(['to: is more than 400 days after from']);
  });
});
