import { describe, expect, it } from 'vitest';
import { type Calendar, problemsOfCalendar } from '../../domain/calendar.ts';

const fine: Calendar = {
  timeZone: 'Europe/Berlin',
  hours: {
    mon: [
      ['13:00', '24:00'],
      ['00:00', '12:00'],
      ['12:00', '13:00'],
    ],
    tue: [],
  },
  holidays: ['2028-02-29', '2026-12-25'],
  special: { '2026-12-24': [['09:00', '12:00']], '2026-12-25': [] },
};

const paths = (calendar: Calendar) => problemsOfCalendar(calendar).map(({ path }) => path);
const monday = (...windows: [string, string][]): Calendar => ({ ...fine, hours: { mon: windows } });

describe('problems of a calendar', () => {
  it('are none in one that makes sense', () => {
    expect(problemsOfCalendar(fine)).toEqual([]);
    expect(problemsOfCalendar({ timeZone: 'UTC', hours: 'always' })).toEqual([]);
    expect(problemsOfCalendar({ timeZone: 'Asia/Katmandu', hours: {} })).toEqual([]);
  });

  it.each(['+03:00', 'PST', 'Mars/Olympus', ''])('name the zone %j', (timeZone) => {
    expect(problemsOfCalendar({ ...fine, timeZone })).toEqual([
      { path: 'timeZone', message: `"${timeZone}" is no time zone; right is for example Europe/Berlin` },
    ]);
  });

  it.each([
    ['9:00', '17:00', 'hours.mon.0.0'],
    ['24:30', '25:00', 'hours.mon.0.0'],
    ['09:00', '17:60', 'hours.mon.0.1'],
    ['09:00', '', 'hours.mon.0.1'],
  ])('name the time that is none in %j to %j', (from, to, path) => {
    expect(paths(monday([from, to]))[0]).toBe(path);
  });

  it('name both times of a window', () => {
    expect(paths(monday(['x', 'y']))).toEqual(['hours.mon.0.0', 'hours.mon.0.1']);
  });

  it.each([
    ['17:00', '09:00'],
    ['09:00', '09:00'],
    ['24:00', '24:00'],
    ['22:00', '00:00'],
  ])('name a window from %s to %s, which does not end after its start', (from, to) => {
    expect(problemsOfCalendar(monday(['01:00', '02:00'], [from, to]))).toEqual([
      { path: 'hours.mon.1', message: `${to} is not after ${from}` },
    ]);
  });

  it.each<[string, string]>([
    ['11:59', '13:00'],
    ['08:00', '09:01'],
    ['10:00', '11:00'],
    ['08:00', '13:00'],
    ['09:00', '12:00'],
  ])('name a window from %s to %s, which overlaps another of its day', (from, to) => {
    expect(problemsOfCalendar(monday(['09:00', '12:00'], [from, to]))).toEqual([
      { path: 'hours.mon.1', message: `${from} to ${to} overlaps 09:00 to 12:00` },
    ]);
  });

  it('name days and dates that are none', () => {
    const hours = { mo: [], Monday: [], mon: [] } as Calendar['hours'];
    expect(paths({ ...fine, hours })).toEqual(['hours.mo', 'hours.Monday']);
    expect(paths({ ...fine, holidays: ['2026-12-25', '2026-02-29', '25.12.2026'] })).toEqual([
      'holidays.1',
      'holidays.2',
    ]);
    expect(paths({ ...fine, special: { '2026-04-31': [['12:00', '11:00']] } })).toEqual([
      'special.2026-04-31',
      'special.2026-04-31.0',
    ]);
  });

  it('are all told at once', () => {
    const calendar: Calendar = {
      timeZone: 'nowhere',
      hours: { mon: [['1', '2']], fri: [['10:00', '09:00']] },
      holidays: ['never'],
      special: { '2026-12-24': [['09:00', '25:00']] },
    };
    expect(paths(calendar)).toEqual([
      'timeZone',
      'hours.mon.0.0',
      'hours.mon.0.1',
      'hours.fri.0',
      'holidays.0',
      'special.2026-12-24.0.1',
    ]);
  });
});
