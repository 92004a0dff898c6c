import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../domain/duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('parseDuration', () => {
  it.each([
    ['PT2H', 2 * hour],
    ['PT90M', 90 * minute],
    ['PT1H30M', 90 * minute],
    ['PT1H30M15S', 90 * minute + 15 * second],
    ['P1D', day],
    ['P2W', 14 * day],
    ['P1W2DT3H4M5S', 9 * day + 3 * hour + 4 * minute + 5 * second],
    ['PT36H', 36 * hour],
    ['PT0S', 0],
    ['P0D', 0],
    ['PT007M', 7 * minute],
    ['PT0.5S', 500],
    ['PT0,5S', 500],
    ['PT1.005S', 1005],
    ['PT1.0059S', 1005],
    ['PT0.000999999S', 0],
    ['PT1.5H', 90 * minute],
    ['PT1H0.25M', hour + 15 * second],
    ['PT0.009H', 32_400],
    ['PT4.35H', 4 * hour + 21 * minute],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['P1Y', 'P1M', 'P1Y2M', 'P1Y2DT3H', 'P3MT1H', 'P1W1M'])('says why %s has no length', (text) => {
    expect(() => parseDuration(text)).toThrow(RangeError);
    expect(() => parseDuration(text)).toThrow(/years or months/);
  });

  it.each(['-PT1H', '-P1D'])('refuses %s as negative', (text) => {
    expect(() => parseDuration(text)).toThrow(RangeError);
    expect(() => parseDuration(text)).toThrow(/negative/);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    'P1',
    '1H',
    'T1H',
    'pt1h',
    'PT1h',
    'P1d',
    '+PT1H',
    'PT-1H',
    ' PT1H',
    'PT1H ',
    'PT1H\n',
    'PT1S1M',
    'PT1M1H',
    'P1D1W',
    'PT1H1H',
    'P1H',
    'PT1D',
    'P0.5D',
    'P1.5W',
    'PT1.5H30M',
    'PT1.5M1S',
    'PT.5S',
    'PT1.S',
    'PT1.1234567891S',
    'PT1e3S',
    'PT١H',
    'PT1H/PT2H',
    '2 h',
  ])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow(RangeError);
    expect(() => parseDuration(text)).toThrow(/not an ISO 8601 duration/);
  });

  it('refuses what whole milliseconds cannot hold', () => {
    expect(() => parseDuration('PT99999999999999H')).toThrow(/too long/);
    expect(() => parseDuration(`P${'9'.repeat(400)}W`)).toThrow(/too long/);
  });

  it('adds its parts, whatever they are', () => {
    const part = fc.nat({ max: 100_000 });
    fc.assert(
      fc.property(part, part, part, part, fc.nat({ max: 59_999 }), (w, d, h, m, ms) => {
        const text = `P${w}W${d}DT${h}H${m}M${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}S`;
        expect(parseDuration(text)).toBe(w * 7 * day + d * day + h * hour + m * minute + ms);
      }),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0, 'PT0S'],
    [999, 'PT0S'],
    [1000, 'PT1S'],
    [1999, 'PT1S'],
    [45 * minute, 'PT45M'],
    [26 * hour + 5 * minute + 3 * second, 'PT26H5M3S'],
    [2 * hour + 3 * second, 'PT2H3S'],
    [day, 'PT24H'],
    [400 * day, 'PT9600H'],
    [-5 * minute, '-PT5M'],
    [-999, 'PT0S'],
    [-0, 'PT0S'],
  ])('writes %d as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %d', (ms) => {
    expect(() => formatDuration(ms)).toThrow(RangeError);
  });

  it('is read back as the same seconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000 * day }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms - (ms % 1000));
      }),
    );
  });
});
