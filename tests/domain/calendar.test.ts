import { describe, expect, it } from 'vitest';
import { type Calendar, compileCalendar, readCalendar } from '../../domain/calendar.ts';

const at = (text: string) => Date.parse(text);
const nine = [['09:00', '17:00']] as const;
const workDays = { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine };

/** Open time as `start/end` in UTC, to the minute. */
function compiled(calendar: Calendar, from: string, to: string): string[] {
  return compileCalendar(calendar, at(from), at(to)).map((span) =>
    span.map((instant) => new Date(instant).toISOString().replace(':00.000Z', 'Z')).join('/'),
  );
}

describe('weekly hours', () => {
  it('open at the same time on the wall before and after clocks go forward', () => {
    const calendar = { timeZone: 'Europe/Berlin', hours: workDays };
    expect(compiled(calendar, '2026-03-26T00:00Z', '2026-03-31T00:00Z')).toEqual([
      '2026-03-26T08:00Z/2026-03-26T16:00Z',
      '2026-03-27T08:00Z/2026-03-27T16:00Z',
      '2026-03-30T07:00Z/2026-03-30T15:00Z',
    ]);
  });

  it('open at the same time on the wall before and after clocks go back', () => {
    const calendar = { timeZone: 'America/New_York', hours: workDays };
    expect(compiled(calendar, '2026-10-30T00:00Z', '2026-11-03T00:00Z')).toEqual([
      '2026-10-30T13:00Z/2026-10-30T21:00Z',
      '2026-11-02T14:00Z/2026-11-02T22:00Z',
    ]);
  });

  it.each([
    ['Asia/Kathmandu', '2026-01-05T03:15Z/2026-01-05T11:15Z'],
    ['Australia/Adelaide', '2026-01-04T22:30Z/2026-01-05T06:30Z'],
    ['Pacific/Chatham', '2026-01-04T19:15Z/2026-01-05T03:15Z'],
  ])('follow the odd offset of %s', (timeZone, span) => {
    expect(compiled({ timeZone, hours: { mon: nine } }, '2026-01-04T12:00Z', '2026-01-08T00:00Z')).toEqual([span]);
  });

  it('may be several a day, in any order, and are one where they touch', () => {
    const hours = {
      mon: [
        ['14:00', '18:00'],
        ['08:00', '12:00'],
        ['12:00', '13:00'],
      ],
    } as const;
    expect(compiled({ timeZone: 'UTC', hours }, '2026-01-05T00:00Z', '2026-01-06T00:00Z')).toEqual([
      '2026-01-05T08:00Z/2026-01-05T13:00Z',
      '2026-01-05T14:00Z/2026-01-05T18:00Z',
    ]);
  });

  it('join across midnight, the week and the year', () => {
    const hours = { thu: [['22:00', '24:00']], fri: [['00:00', '06:00']] } as const;
    expect(compiled({ timeZone: 'Europe/Berlin', hours }, '2026-12-31T00:00Z', '2027-01-02T00:00Z')).toEqual([
      '2026-12-31T21:00Z/2027-01-01T05:00Z',
    ]);
    const night = { sun: [['22:00', '24:00']], mon: [['00:00', '06:00']] } as const;
    expect(compiled({ timeZone: 'UTC', hours: night }, '2026-01-03T00:00Z', '2026-01-06T00:00Z')).toEqual([
      '2026-01-04T22:00Z/2026-01-05T06:00Z',
    ]);
  });

  it('know the leap day', () => {
    const calendar = { timeZone: 'UTC', hours: { tue: nine } };
    expect(compiled(calendar, '2028-02-28T00:00Z', '2028-03-02T00:00Z')).toEqual([
      '2028-02-29T09:00Z/2028-02-29T17:00Z',
    ]);
  });

  it('are clipped to the window', () => {
    const calendar = { timeZone: 'UTC', hours: workDays };
    expect(compiled(calendar, '2026-01-05T10:30Z', '2026-01-06T09:15Z')).toEqual([
      '2026-01-05T10:30Z/2026-01-05T17:00Z',
      '2026-01-06T09:00Z/2026-01-06T09:15Z',
    ]);
    expect(compiled(calendar, '2026-01-05T17:00Z', '2026-01-06T09:00Z')).toEqual([]);
    expect(compiled(calendar, '2026-01-05T12:00Z', '2026-01-05T12:00Z')).toEqual([]);
    expect(compiled(calendar, '2026-01-05T12:00Z', '2026-01-05T11:00Z')).toEqual([]);
  });

  it('of no day are never open', () => {
    expect(compiled({ timeZone: 'UTC', hours: {} }, '2026-01-01T00:00Z', '2027-01-01T00:00Z')).toEqual([]);
    expect(compiled({ timeZone: 'UTC', hours: { mon: [] } }, '2026-01-01T00:00Z', '2027-01-01T00:00Z')).toEqual([]);
  });
});

describe('windows on a day on which clocks jump', () => {
  const berlin = (from: string, to: string): Calendar => ({ timeZone: 'Europe/Berlin', hours: { sun: [[from, to]] } });

  it.each([
    ['02:15', '02:45', []],
    ['02:00', '03:00', []],
    ['02:15', '03:30', ['2026-03-29T01:00Z/2026-03-29T01:30Z']],
    ['01:30', '02:30', ['2026-03-29T00:30Z/2026-03-29T01:00Z']],
    ['01:30', '03:30', ['2026-03-29T00:30Z/2026-03-29T01:30Z']],
    ['00:00', '24:00', ['2026-03-28T23:00Z/2026-03-29T22:00Z']],
  ])('%s to %s loses what does not exist', (from, to, spans) => {
    expect(compiled(berlin(from, to), '2026-03-28T00:00Z', '2026-03-31T00:00Z')).toEqual(spans);
  });

  it.each([
    ['02:15', '02:45', ['2026-10-25T00:15Z/2026-10-25T00:45Z']],
    ['01:00', '02:30', ['2026-10-24T23:00Z/2026-10-25T00:30Z']],
    ['02:30', '03:30', ['2026-10-25T00:30Z/2026-10-25T02:30Z']],
    ['02:00', '03:00', ['2026-10-25T00:00Z/2026-10-25T02:00Z']],
    ['00:00', '24:00', ['2026-10-24T22:00Z/2026-10-25T23:00Z']],
  ])('%s to %s begins and ends at the first of a time that exists twice', (from, to, spans) => {
    expect(compiled(berlin(from, to), '2026-10-24T00:00Z', '2026-10-27T00:00Z')).toEqual(spans);
  });

  it('follow the half hour of Lord Howe', () => {
    const calendar: Calendar = { timeZone: 'Australia/Lord_Howe', hours: { sun: [['01:00', '04:00']] } };
    expect(compiled(calendar, '2026-10-03T00:00Z', '2026-10-05T00:00Z')).toEqual([
      '2026-10-03T14:30Z/2026-10-03T17:00Z',
    ]);
    expect(compiled(calendar, '2026-04-04T00:00Z', '2026-04-06T00:00Z')).toEqual([
      '2026-04-04T14:00Z/2026-04-04T17:30Z',
    ]);
  });

  it('begin after the gap where a day has no midnight', () => {
    const calendar: Calendar = { timeZone: 'America/Sao_Paulo', hours: { sun: [['00:00', '24:00']] } };
    expect(compiled(calendar, '2018-11-03T12:00Z', '2018-11-06T00:00Z')).toEqual([
      '2018-11-04T03:00Z/2018-11-05T02:00Z',
    ]);
  });

  it('are not open on a day that was left out', () => {
    const calendar: Calendar = { timeZone: 'Pacific/Apia', hours: { thu: nine, fri: nine, sat: nine } };
    expect(compiled(calendar, '2011-12-29T00:00Z', '2012-01-01T00:00Z')).toEqual([
      '2011-12-29T19:00Z/2011-12-30T03:00Z',
      '2011-12-30T19:00Z/2011-12-31T03:00Z',
    ]);
    const special = { '2011-12-30': nine };
    expect(compiled({ ...calendar, hours: {}, special }, '2011-12-29T00:00Z', '2012-01-01T00:00Z')).toEqual([]);
  });

  it('begin with the first midnight where clocks go back over it', () => {
    // At 00:01 on Sunday clocks went back to 23:01, so that for an hour they showed Saturday again.
    const calendar: Calendar = { timeZone: 'America/St_Johns', hours: { sun: [['00:00', '24:00']] } };
    const sunday = '2010-11-07T02:30Z/2010-11-08T03:30Z';
    expect(compiled(calendar, '2010-11-06T12:00Z', '2010-11-09T00:00Z')).toEqual([sunday]);
    expect(compiled(calendar, '2010-11-07T02:40Z', '2010-11-07T02:50Z')).toEqual([
      '2010-11-07T02:40Z/2010-11-07T02:50Z',
    ]);
    const special: Calendar = { ...calendar, hours: {}, special: { '2010-11-07': [['00:00', '24:00']] } };
    expect(compiled(special, '2010-11-07T02:40Z', '2010-11-07T02:50Z')).toEqual([
      '2010-11-07T02:40Z/2010-11-07T02:50Z',
    ]);
  });

  it('are exact to the second where offsets are', () => {
    const calendar: Calendar = { timeZone: 'Africa/Monrovia', hours: { thu: nine, fri: [['00:00', '09:00']] } };
    expect(compiled(calendar, '1972-01-06T00:00Z', '1972-01-08T00:00Z')).toEqual([
      '1972-01-06T09:44:30.000Z/1972-01-06T17:44:30.000Z',
      '1972-01-07T00:44:30.000Z/1972-01-07T09:00Z',
    ]);
  });
});

describe('always', () => {
  it('is one span, over every jump of the clock', () => {
    const calendar: Calendar = { timeZone: 'Pacific/Apia', hours: 'always' };
    expect(compiled(calendar, '2011-12-01T00:00Z', '2012-02-01T00:00Z')).toEqual([
      '2011-12-01T00:00Z/2012-02-01T00:00Z',
    ]);
  });

  it('rests on holidays, from midnight to midnight of the zone', () => {
    const calendar: Calendar = { timeZone: 'Europe/Berlin', hours: 'always', holidays: ['2026-03-29', '2026-12-25'] };
    expect(compiled(calendar, '2026-03-28T00:00Z', '2026-03-31T00:00Z')).toEqual([
      '2026-03-28T00:00Z/2026-03-28T23:00Z',
      '2026-03-29T22:00Z/2026-03-31T00:00Z',
    ]);
  });

  it('gives way to special days', () => {
    const calendar: Calendar = { timeZone: 'Europe/Berlin', hours: 'always', special: { '2026-12-24': nine } };
    expect(compiled(calendar, '2026-12-23T12:00Z', '2026-12-25T12:00Z')).toEqual([
      '2026-12-23T12:00Z/2026-12-23T23:00Z',
      '2026-12-24T08:00Z/2026-12-24T16:00Z',
      '2026-12-24T23:00Z/2026-12-25T12:00Z',
    ]);
  });
});

describe('holidays and special days', () => {
  const calendar: Calendar = {
    timeZone: 'Europe/Berlin',
    hours: workDays,
    holidays: ['2026-12-24', '2026-12-25', '2026-12-25'],
    special: { '2026-12-24': [['09:00', '12:00']], '2026-12-26': [['10:00', '11:00']], '2026-12-28': [] },
  };

  it('close, open and replace days, and special wins over holiday', () => {
    expect(compiled(calendar, '2026-12-23T00:00Z', '2026-12-30T00:00Z')).toEqual([
      '2026-12-23T08:00Z/2026-12-23T16:00Z',
      '2026-12-24T08:00Z/2026-12-24T11:00Z',
      '2026-12-26T09:00Z/2026-12-26T10:00Z',
      '2026-12-29T08:00Z/2026-12-29T16:00Z',
    ]);
  });

  it('end the open time of a calendar that has nothing else', () => {
    const closedForGood = (c: Calendar) => readCalendar(c).closedForGood;
    expect(closedForGood(calendar)).toBe(Infinity);
    expect(closedForGood({ timeZone: 'UTC', hours: 'always' })).toBe(Infinity);
    expect(closedForGood({ ...calendar, hours: { mon: [] } })).toBe(at('2026-12-26T23:00Z'));
    expect(closedForGood({ timeZone: 'UTC', hours: {}, holidays: ['2026-12-24'] })).toBe(-Infinity);
  });
});

it('refuses to compile what has problems', () => {
  const calendar: Calendar = { timeZone: 'UTC', hours: { mon: [['17:00', '09:00']] } };
  expect(() => compileCalendar(calendar, 0, 1)).toThrow(new RangeError('hours.mon.0: 09:00 is not after 17:00'));
});
