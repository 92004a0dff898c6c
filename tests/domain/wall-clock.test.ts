import { describe, expect, it } from 'vitest';
import {
  formatDate,
  isTimeZone,
  parseDate,
  parseTimeOfDay,
  startOfDay,
  weekdayOf,
  zoneNamed,
} from '../../domain/wall-clock.ts';

const shown = (text: string) => Date.parse(`${text}Z`);
const instant = (zone: string, wall: string) => new Date(zoneNamed(zone).toInstant(shown(wall))).toISOString();
const wall = (zone: string, at: string) => new Date(zoneNamed(zone).toWall(Date.parse(at))).toISOString().slice(0, 19);

describe('the instant of a wall-clock time', () => {
  it.each([
    ['UTC', '2026-01-05T09:00', '2026-01-05T09:00:00.000Z'],
    ['Europe/Berlin', '2026-01-05T09:00', '2026-01-05T08:00:00.000Z'],
    ['Europe/Berlin', '2026-07-05T09:00', '2026-07-05T07:00:00.000Z'],
    ['America/New_York', '2028-02-29T23:59', '2028-03-01T04:59:00.000Z'],
    ['Asia/Kolkata', '2026-01-01T00:00', '2025-12-31T18:30:00.000Z'],
    ['Asia/Kathmandu', '2026-01-05T09:00', '2026-01-05T03:15:00.000Z'],
    ['Australia/Adelaide', '2026-07-01T09:00', '2026-06-30T23:30:00.000Z'],
    ['Australia/Adelaide', '2026-01-01T09:00', '2025-12-31T22:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-01-01T09:00', '2025-12-31T22:00:00.000Z'],
    ['Pacific/Chatham', '2026-07-01T09:00', '2026-06-30T20:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00.000Z'],
    ['Africa/Monrovia', '1971-12-31T12:00', '1971-12-31T12:44:30.000Z'],
    ['US/Pacific', '2026-01-05T09:00', '2026-01-05T17:00:00.000Z'],
  ])('%s %s is %s', (zone, at, expected) => {
    expect(instant(zone, at)).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T02:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '2026-03-08T02:59', '2026-03-08T07:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30:00.000Z'],
    ['Antarctica/Troll', '2026-03-29T02:45', '2026-03-29T01:00:00.000Z'],
    ['Africa/Casablanca', '2026-03-22T02:30', '2026-03-22T02:00:00.000Z'],
  ])('%s %s does not exist: the first instant after the gap is %s', (zone, at, expected) => {
    expect(instant(zone, at)).toBe(expected);
  });

  it.each([
    ['America/Sao_Paulo', '2018-11-04T00:00', '2018-11-04T03:00:00.000Z'],
    ['Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00:00.000Z'],
    ['Asia/Beirut', '2026-03-29T00:30', '2026-03-28T22:00:00.000Z'],
  ])('%s %s is in a gap at midnight: the day begins at %s', (zone, at, expected) => {
    expect(instant(zone, at)).toBe(expected);
  });

  it.each(['2011-12-30T00:00', '2011-12-30T09:00', '2011-12-30T23:59', '2011-12-31T00:00'])(
    'Pacific/Apia %s, on a day that was left out, is the start of the next',
    (at) => {
      expect(instant('Pacific/Apia', at)).toBe('2011-12-30T10:00:00.000Z');
    },
  );

  it.each([
    ['Europe/Berlin', '2026-10-25T02:00', '2026-10-25T00:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
    ['America/Havana', '2026-11-01T00:30', '2026-11-01T04:30:00.000Z'],
    ['America/Sao_Paulo', '2018-02-17T23:30', '2018-02-18T01:30:00.000Z'],
    ['America/St_Johns', '2010-11-07T00:00', '2010-11-07T02:30:00.000Z'],
    ['America/St_Johns', '2010-11-06T23:30', '2010-11-07T02:00:00.000Z'],
  ])('%s %s exists twice: the first is %s', (zone, at, expected) => {
    expect(instant(zone, at)).toBe(expected);
  });

  it('exists once right after a repeated hour', () => {
    expect(instant('Europe/Berlin', '2026-10-25T03:00')).toBe('2026-10-25T02:00:00.000Z');
  });
});

describe('what clocks show at an instant', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-29T01:59:59'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00'],
    ['Europe/Berlin', '2026-10-25T00:59:59Z', '2026-10-25T02:59:59'],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00'],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29T23:59:59'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31T00:00:00'],
    ['Africa/Monrovia', '1971-12-31T12:44:30Z', '1971-12-31T12:00:00'],
    ['UTC', '2026-12-31T23:59:59Z', '2026-12-31T23:59:59'],
  ])('in %s at %s it is %s', (zone, at, expected) => {
    expect(wall(zone, at)).toBe(expected);
  });
});

describe('names of zones', () => {
  it.each(['UTC', 'Europe/Berlin', 'Asia/Calcutta', 'Asia/Kolkata', 'US/Pacific', 'America/Argentina/La_Rioja', 'CET'])(
    '%s is one',
    (name) => {
      expect(isTimeZone(name)).toBe(true);
      expect(zoneNamed(name).name).toBe(name);
    },
  );

  it('are known in any case, and kept once', () => {
    expect(zoneNamed('europe/BERLIN')).toBe(zoneNamed('Europe/Berlin'));
    expect(isTimeZone('america/port-au-prince')).toBe(true);
  });

  it.each([
    '',
    '+03:00',
    '-05',
    '+0300',
    'Z',
    'GMT+3',
    'PST',
    'IST',
    'Europe',
    'Mars/Olympus',
    ' UTC',
    'Europe/Berlin\n',
    '2026-01-01T00:00Z',
    '2026-01-01T00:00[Europe/Berlin]',
    '__proto__',
    'Europe/Bérlin',
  ])('%j is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
    expect(() => zoneNamed(name)).toThrow(RangeError);
    expect(() => zoneNamed(name)).toThrow('is no time zone; right is for example Europe/Berlin');
  });
});

describe('dates and times of day', () => {
  it.each([
    ['1970-01-01', 'thu'],
    ['1969-12-31', 'wed'],
    ['1969-12-28', 'sun'],
    ['2026-12-24', 'thu'],
    ['2028-02-29', 'tue'],
    ['2000-02-29', 'tue'],
    ['1900-01-01', 'mon'],
    ['9999-12-31', 'fri'],
  ])('%s was a %s', (date, weekday) => {
    const midnight = parseDate(date) as number;
    expect(midnight).toBe(Date.parse(`${date}T00:00:00Z`));
    expect(weekdayOf(midnight)).toBe(weekday);
    expect(weekdayOf(midnight + 86_399_999)).toBe(weekday);
    expect(startOfDay(midnight + 86_399_999)).toBe(midnight);
    expect(formatDate(midnight)).toBe(date);
  });

  it.each(['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '26-01-01', '2026-1-1'])(
    '%s is no date',
    (text) => {
      expect(parseDate(text)).toBeUndefined();
    },
  );

  it.each(['', '2026-01-01T00:00', '20260101', '+002026-01-01', 'today', '2026-01-01\n'])('%j is no date', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  it.each([
    ['00:00', 0],
    ['09:05', 32_700_000],
    ['23:59', 86_340_000],
    ['24:00', 86_400_000],
  ])('%s is %d ms after midnight', (text, ms) => {
    expect(parseTimeOfDay(text)).toBe(ms);
  });

  it.each(['24:01', '25:00', '12:60', '9:00', '09:00:00', '0900', '9 am', '', '-1:00', '09:00\n'])(
    '%j is no time of day',
    (text) => {
      expect(parseTimeOfDay(text)).toBeUndefined();
    },
  );
});
