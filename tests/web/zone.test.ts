import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { zoneNamed } from '../../domain/wall-clock.ts';
import { instantIn, midnight, wallText } from '../../web/on-call/zone.ts';

const at = (iso: string) => Date.parse(iso);

it('knows the days on which clocks change', () => {
  expect(midnight('Europe/Berlin', at('2026-03-29T12:00:00Z'))).toBe(at('2026-03-28T23:00:00Z'));
  expect(midnight('Europe/Berlin', at('2026-03-29T12:00:00Z'), 1)).toBe(at('2026-03-29T22:00:00Z'));
  expect(instantIn('Europe/Berlin', '2026-10-25T02:30')).toBe(at('2026-10-25T00:30:00Z'));
  expect(instantIn('Europe/Berlin', 'soon')).toBeUndefined();
});

it('takes a time that clocks leave out for the first instant after it, as duty does', () => {
  for (const [timeZone, text, instant] of [
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30:00Z'],
    ['Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00:00Z'],
  ] as const) {
    expect(instantIn(timeZone, text), text).toBe(at(instant));
    expect(zoneNamed(timeZone).toInstant(at(`${text}:00Z`)), text).toBe(at(instant));
  }
});

test('means the same instants as the rules of duty, wherever a time is shown', () => {
  const zone = fc.constantFrom('UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Europe/Berlin');
  const minute = fc.integer({ min: at('2020-01-01T00:00:00Z') / 60_000, max: at('2035-01-01T00:00:00Z') / 60_000 });
  fc.assert(
    fc.property(zone, minute, (timeZone, minutes) => {
      const instant = minutes * 60_000;
      const text = wallText(timeZone, instant);
      expect(`${text}:00.000Z`).toBe(new Date(zoneNamed(timeZone).toWall(instant)).toISOString());
      expect(instantIn(timeZone, text)).toBe(zoneNamed(timeZone).toInstant(at(`${text}Z`)));
    }),
  );
});
