import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from '../../domain/instant.ts';

describe('parseInstant', () => {
  it.each([
    ['2026-01-05T09:00:00Z', '2026-01-05T09:00:00.000Z'],
    ['2026-01-05t09:00:00z', '2026-01-05T09:00:00.000Z'],
    ['2026-01-05T09:00:00+03:00', '2026-01-05T06:00:00.000Z'],
    ['2026-01-05T01:00:00+05:45', '2026-01-04T19:15:00.000Z'],
    ['2026-12-31T20:00:00-05:30', '2027-01-01T01:30:00.000Z'],
    ['2026-01-05T09:00:00-00:00', '2026-01-05T09:00:00.000Z'],
    ['2026-01-05T09:00:00.25Z', '2026-01-05T09:00:00.250Z'],
    ['2026-01-05T09:00:00.9999999+01:00', '2026-01-05T08:00:00.999Z'],
    ['2028-02-29T23:59:59Z', '2028-02-29T23:59:59.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('reads %s', (text, expected) => {
    expect(new Date(parseInstant(text) ?? Number.NaN).toISOString()).toBe(expected);
  });

  it.each([
    '',
    '2026-01-05',
    '2026-01-05T09:00:00',
    '2026-01-05T09:00Z',
    '2026-01-05 09:00:00Z',
    '2026-02-29T09:00:00Z',
    '2026-01-05T24:00:00Z',
    '2026-01-05T09:60:00Z',
    '2016-12-31T23:59:60Z',
    '2026-01-05T09:00:00+24:00',
    '2026-01-05T09:00:00+0300',
    '2026-01-05T09:00:00.Z',
    '2026-01-05T09:00:00Z\n',
    '+002026-01-05T09:00:00Z',
    '0000-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '1767603600000',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('formatInstant', () => {
  it('writes milliseconds only where there are some', () => {
    expect(formatInstant(Date.UTC(2026, 0, 5, 9))).toBe('2026-01-05T09:00:00Z');
    expect(formatInstant(Date.UTC(2026, 0, 5, 9) + 50)).toBe('2026-01-05T09:00:00.050Z');
  });

  it('is read back as the same instant', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        expect(parseInstant(formatInstant(date.getTime()))).toBe(date.getTime());
      }),
    );
  });
});
