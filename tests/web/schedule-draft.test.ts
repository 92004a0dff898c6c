import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  draftOf,
  instantOf,
  type Layer,
  layersOf,
  moved,
  newSchedule,
  timeDraft,
} from '../../web/on-call/editor/draft.ts';
import { messageOf, othersThan, within } from '../../web/on-call/editor/problems.ts';
import { problemsOfSchedule } from '../../domain/schedule-problems.ts';
import type { Schedule } from '../../domain/schedule.ts';

const berlin = 'Europe/Berlin';
const second = (from: string, to: string) =>
  fc
    .integer({ min: Date.parse(from) / 1000, max: Date.parse(to) / 1000 })
    .map((at) => new Date(at * 1000).toISOString().replace('.000Z', 'Z'));
const instant = second('2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z');
const later = second('2031-01-01T00:00:00Z', '2040-01-01T00:00:00Z');
const person = fc.stringMatching(/^usr_[a-z]{3}$/);
const optional = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.option(
    value.map((v) => ({ [name]: v })),
    { nil: {} },
  );

const rotationLayer = fc
  .tuple(
    fc.record({
      rotation: fc.record({
        type: fc.constantFrom('hourly', 'daily', 'weekly', 'monthly'),
        shiftLength: fc.integer({ min: 1, max: 9000 }),
        start: instant,
      }),
      participants: fc.array(fc.oneof(person, fc.uniqueArray(person, { minLength: 2, maxLength: 3 })), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
    optional('name', fc.constantFrom('Nights', 'Second line')),
    optional('fair', fc.constant(true)),
    optional('weights', fc.constant({ night: 3 })),
    optional('eligible', fc.constant({ minMonths: 6 })),
    optional('until', later),
    optional(
      'shadows',
      fc.array(fc.oneof(person, fc.record({ user: person, from: instant, until: later })), { minLength: 1 }),
    ),
    optional(
      'restrictions',
      fc.array(
        fc.record({
          days: fc.constantFrom(['mon'], ['sat', 'sun']),
          from: fc.constantFrom('00:00', '09:30'),
          to: fc.constantFrom('24:00', '17:00'),
        }),
        { minLength: 1 },
      ),
    ),
  )
  .map((parts) => Object.assign({}, ...parts) as Layer);
const calendarLayer = fc.record({
  name: fc.constant('From elsewhere'),
  shifts: fc.array(fc.record({ start: instant, end: later, users: fc.array(person, { minLength: 1 }) })),
}) as fc.Arbitrary<Layer>;

describe('a draft of a schedule', () => {
  test('is the schedule again as long as nothing is changed, whatever the form has no field for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(rotationLayer, calendarLayer), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('UTC', berlin, 'America/New_York', 'Australia/Lord_Howe'),
        (layers, timeZone) => {
          expect(layersOf(draftOf({ name: 'Any', timeZone, layers }))).toEqual(layers);
        },
      ),
    );
  });

  it('keeps times on the clocks when the zone is another, and gives the API what is no time to judge', () => {
    const noon = timeDraft(berlin, '2026-11-23T11:00:00Z');
    expect(instantOf(berlin, noon)).toBe('2026-11-23T11:00:00Z');
    expect(instantOf('America/New_York', noon)).toBe('2026-11-23T17:00:00Z');
    expect(instantOf(berlin, { ...noon, text: '2026-11-23T13:00' })).toBe('2026-11-23T12:00:00Z');
    // The second time that clocks show half past two stays the second one.
    const twice = timeDraft(berlin, '2026-10-25T01:30:00Z');
    expect([twice.text, instantOf(berlin, twice)]).toEqual(['2026-10-25T02:30', '2026-10-25T01:30:00Z']);
    expect(instantOf(berlin, { text: 'soon' })).toBe('soon');
    expect(instantOf('Nowhere/Land', { text: '2026-11-23T13:00' })).toBe('2026-11-23T13:00:00Z');
    expect(instantOf(berlin, { text: '' })).toBeUndefined();
  });

  it('begins with one weekly layer that lacks people and nothing else', () => {
    const draft = newSchedule(berlin, Date.parse('2026-11-26T23:30:00Z'));
    const layers = layersOf(draft);
    expect(layers).toEqual([
      { rotation: { type: 'weekly', shiftLength: 1, start: '2026-11-23T08:00:00Z' }, participants: [] },
    ]);
    const problems = problemsOfSchedule({ timeZone: berlin, layers: layers as Schedule['layers'] });
    expect(problems.map(({ path }) => path)).toEqual(['layers.0.participants']);
  });
});

it('moves what is not at the end', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});

it('says of each field what is wrong with it, and leaves nothing unsaid', () => {
  const problems = [
    { path: 'layers.1.participants.0', message: 'nobody is named' },
    { path: 'layers.1.participants.2', message: 'nobody is named' },
    { path: 'layers.10.name', message: 'is too long' },
    { path: 'name', message: 'Another schedule has this name.' },
    { path: '', message: 'is not valid' },
  ];
  const layer = within(problems, 'layers.1');
  expect(layer).toHaveLength(2);
  expect(messageOf(layer, 'participants')).toBe('nobody is named');
  expect(messageOf(problems, 'timeZone')).toBeUndefined();
  expect(othersThan(problems, ['layers', 'timeZone'])).toEqual([
    'name: Another schedule has this name.',
    'is not valid',
  ]);
});
