import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../domain/calendar.ts';
import { previewCalendar, type PreviewRequest } from '../../domain/calendar-preview.ts';
import { FieldProblems } from '../../domain/field-problem.ts';

const workDay = [
  ['09:00', '12:00'],
  ['13:00', '17:00'],
] as const;
const office: Calendar = {
  timeZone: 'Europe/Berlin',
  hours: { mon: workDay, tue: workDay, wed: workDay, thu: workDay, fri: workDay },
  holidays: ['2026-12-24', '2026-12-25', '2026-12-31', '2027-01-01'],
  special: { '2026-12-24': [['09:00', '12:00']] },
};
const always: Calendar = { timeZone: 'UTC', hours: 'always' };
const never: Calendar = { timeZone: 'UTC', hours: {} };

const dueAt = (calendar: Calendar, start: string, budget: string, pauses?: PreviewRequest['pauses']) =>
  previewCalendar({ calendar, start, budget, ...(pauses !== undefined && { pauses }) }).dueAt;

/** What is wrong with a request, as `path: message`. */
function problems(request: PreviewRequest): string[] {
  try {
    previewCalendar(request);
  } catch (error) {
    if (error instanceof FieldProblems) return error.problems.map((p) => `${p.path}: ${p.message}`);
    throw error;
  }
  return [];
}

describe('a window', () => {
  it('answers with its open spans in UTC and their sum', () => {
    const answer = previewCalendar({ calendar: office, from: '2026-12-23T16:00:00+01:00', to: '2026-12-28T10:00:00Z' });
    expect(answer).toEqual({
      spans: [
        { start: '2026-12-23T15:00:00Z', end: '2026-12-23T16:00:00Z' },
        { start: '2026-12-24T08:00:00Z', end: '2026-12-24T11:00:00Z' },
        { start: '2026-12-28T08:00:00Z', end: '2026-12-28T10:00:00Z' },
      ],
      elapsed: 'PT6H',
    });
  });

  it('may have nothing open', () => {
    const answer = previewCalendar({ calendar: office, from: '2026-12-25T00:00:00Z', to: '2026-12-28T08:00:00Z' });
    expect(answer).toEqual({ spans: [], elapsed: 'PT0S' });
  });

  it('counts an hour less or more over a jump of the clock', () => {
    const calendar: Calendar = { timeZone: 'Europe/Berlin', hours: 'always' };
    const day = (from: string, to: string) => previewCalendar({ calendar, from, to }).elapsed;
    expect(day('2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00')).toBe('PT23H');
    expect(day('2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00')).toBe('PT25H');
  });

  it('leaves pauses out of the sum, in any order, overlaps once', () => {
    const pauses = [
      { start: '2026-01-05T10:30:00Z', end: '2026-01-05T11:30:00Z' },
      { start: '2026-01-05T08:00:00Z', end: '2026-01-05T09:00:00.250Z' },
      { start: '2026-01-05T12:00:00+01:00', end: '2026-01-05T15:00:00+03:00' },
      { start: '2025-01-05T12:00:00Z', end: '2025-01-05T12:00:01Z' },
    ];
    const answer = previewCalendar({
      calendar: office,
      from: '2026-01-05T00:00:00Z',
      to: '2026-01-05T13:00:00Z',
      pauses,
    });
    expect(answer).toEqual({
      spans: [
        { start: '2026-01-05T08:00:00Z', end: '2026-01-05T11:00:00Z' },
        { start: '2026-01-05T12:00:00Z', end: '2026-01-05T13:00:00Z' },
      ],
      elapsed: 'PT2H29M59S',
    });
  });

  it('may be 400 days long, and no longer', () => {
    const from = '2026-01-01T00:00:00Z';
    expect(previewCalendar({ calendar: always, from, to: '2027-02-05T00:00:00Z' }).elapsed).toBe('PT9600H');
    expect(problems({ calendar: always, from, to: '2027-02-05T00:00:00.001Z' })).toEqual([
      'to: is more than 400 days after from',
    ]);
  });

  it.each(['2026-01-05T10:00:00Z', '2026-01-05T11:00:00+01:00', '2026-01-05T09:59:59.999Z'])(
    'must end after its start, which %s does not',
    (to) => {
      expect(problems({ calendar: always, from: '2026-01-05T10:00:00Z', to })).toEqual([
        `to: ${to} is not after 2026-01-05T10:00:00Z`,
      ]);
    },
  );
});

describe('a budget', () => {
  it.each([
    ['2026-01-05T08:00:00Z', 'PT2H', '2026-01-05T10:00:00Z', 'within a window'],
    ['2026-01-05T10:00:00Z', 'PT2H', '2026-01-05T13:00:00Z', 'over the lunch break'],
    ['2026-01-05T10:00:00Z', 'PT1H', '2026-01-05T11:00:00Z', 'exactly up to the lunch break'],
    ['2026-01-05T12:00:00Z', 'PT4H', '2026-01-05T16:00:00Z', 'exactly up to closing'],
    ['2026-01-05T12:00:00Z', 'PT4H0.001S', '2026-01-06T08:00:00.001Z', 'past closing by a millisecond'],
    ['2026-01-09T15:30:00Z', 'PT1H', '2026-01-12T08:30:00Z', 'over a weekend'],
    ['2026-01-10T12:00:00Z', 'PT7H', '2026-01-12T16:00:00Z', 'from a weekend'],
    ['2026-12-23T15:00:00Z', 'PT5H', '2026-12-28T09:00:00Z', 'over a special day and a holiday'],
    ['2026-12-30T15:00:00Z', 'PT2H', '2027-01-04T09:00:00Z', 'over the end of the year'],
    ['2026-03-27T15:00:00Z', 'PT2H', '2026-03-30T08:00:00Z', 'over clocks going forward'],
    ['2026-10-23T14:00:00Z', 'PT2H', '2026-10-26T09:00:00Z', 'over clocks going back'],
    ['2026-01-05T00:00:00Z', 'P1D', '2026-01-08T11:00:00Z', 'of a day, which is 24 hours of open time'],
  ])('from %s of %s is due at %s: %s', (start, budget, due) => {
    expect(dueAt(office, start, budget)).toBe(due);
  });

  it('runs on around the clock', () => {
    expect(dueAt(always, '2026-02-28T12:00:00+01:00', 'P1DT0.5S')).toBe('2026-03-01T11:00:00.500Z');
    expect(dueAt(always, '2026-01-05T00:00:00Z', 'P1W')).toBe('2026-01-12T00:00:00Z');
  });

  it('rests in pauses', () => {
    const pauses = [
      { start: '2026-01-05T09:00:00Z', end: '2026-01-05T10:00:00Z' },
      { start: '2026-01-05T09:30:00Z', end: '2026-01-05T10:30:00Z' },
    ];
    expect(dueAt(office, '2026-01-05T08:00:00Z', 'PT1H', pauses)).toBe('2026-01-05T09:00:00Z');
    expect(dueAt(office, '2026-01-05T08:00:00Z', 'PT1H1S', pauses)).toBe('2026-01-05T10:30:01Z');
    expect(dueAt(always, '2026-01-05T09:15:00Z', 'PT1S', pauses)).toBe('2026-01-05T10:30:01Z');
  });

  it('rests in a pause of years', () => {
    const pauses = [{ start: '2026-01-01T00:00:00Z', end: '2046-01-01T00:00:00Z' }];
    expect(dueAt(always, '2026-06-01T00:00:00Z', 'PT1H', pauses)).toBe('2046-01-01T01:00:00Z');
  });

  it('may take years', () => {
    const hourOnMonday: Calendar = { timeZone: 'Europe/Berlin', hours: { mon: [['09:00', '10:00']] } };
    // 2026-01-05 is a Monday; the 1000th Monday from it is 6993 days later, in winter time.
    expect(dueAt(hourOnMonday, '2026-01-05T00:00:00Z', 'PT1000H')).toBe('2045-02-27T09:00:00Z');
    expect(dueAt(always, '2026-01-01T00:00:00Z', 'P3653D')).toBe('2036-01-02T00:00:00Z');
  });

  it('may take centuries, and is refused after a thousand years', () => {
    const minuteOnMonday: Calendar = { timeZone: 'Europe/Berlin', hours: { mon: [['09:00', '09:01']] } };
    // 2026-01-05 is a Monday, and so is the day 400 years, or 20871 weeks, later.
    expect(dueAt(minuteOnMonday, '2026-01-05T00:00:00Z', 'PT20872M')).toBe('2426-01-05T08:01:00Z');
    expect(dueAt(always, '2026-01-01T00:00:00Z', 'P365250D')).toBe('3026-01-09T00:00:00Z');
    expect(problems({ calendar: always, start: '2026-01-01T00:00:00Z', budget: 'P365250DT0.001S' })).toEqual([
      'budget: is more than is open until 3026-01-09T00:00:00Z',
    ]);
    expect(problems({ calendar: office, start: '2026-01-01T00:00:00Z', budget: 'P100000W' })).toHaveLength(1);
  });

  it('is refused where the year of its end has more than four digits', () => {
    expect(problems({ calendar: always, start: '9999-12-31T00:00:00Z', budget: 'P1D' })).toEqual([
      'budget: is more than is open until 9999-12-31T23:59:59.999Z',
    ]);
    expect(dueAt(always, '9999-12-31T00:00:00Z', 'PT23H59M59S')).toBe('9999-12-31T23:59:59Z');
  });

  it('is due never where the calendar never opens', () => {
    expect(dueAt(never, '2026-01-01T00:00:00Z', 'PT1S')).toBeNull();
    expect(dueAt({ ...never, hours: { mon: [] } }, '2026-01-01T00:00:00Z', 'PT1S')).toBeNull();
    expect(dueAt({ ...never, holidays: ['2026-12-25'] }, '2026-01-01T00:00:00Z', 'PT1S')).toBeNull();
    expect(dueAt({ ...never, special: { '2026-12-24': [] } }, '2026-01-01T00:00:00Z', 'PT1S')).toBeNull();
  });

  it('finds special days of a calendar that has nothing else, and no more than they hold', () => {
    const fairs: Calendar = {
      timeZone: 'Europe/Berlin',
      hours: {},
      holidays: ['2061-07-28', '2027-05-01'],
      special: { '2061-07-28': [['23:00', '24:00']], '2027-03-01': [['09:00', '10:00']], '2099-01-01': [] },
    };
    expect(dueAt(fairs, '2026-01-01T00:00:00Z', 'PT1H')).toBe('2027-03-01T09:00:00Z');
    expect(dueAt(fairs, '2026-01-01T00:00:00Z', 'PT2H')).toBe('2061-07-28T22:00:00Z');
    expect(dueAt(fairs, '2026-01-01T00:00:00Z', 'PT2H0.001S')).toBeNull();
    expect(dueAt(fairs, '2061-07-28T21:59:59Z', 'PT1S')).toBe('2061-07-28T22:00:00Z');
    expect(dueAt(fairs, '2061-07-28T22:00:00Z', 'PT1S')).toBeNull();
    const pauses = [{ start: '2027-01-01T00:00:00Z', end: '2062-01-01T00:00:00Z' }];
    expect(dueAt(fairs, '2026-01-01T00:00:00Z', 'PT1S', pauses)).toBeNull();
  });

  it('finds special days however far away', () => {
    const jubilees: Calendar = {
      timeZone: 'Asia/Kathmandu',
      hours: {},
      special: { '9999-06-01': [['09:00', '10:00']], '2200-01-01': [['00:00', '01:00']] },
    };
    expect(dueAt(jubilees, '2026-01-01T00:00:00Z', 'PT1H')).toBe('2199-12-31T19:15:00Z');
    expect(dueAt(jubilees, '2026-01-01T00:00:00Z', 'PT2H')).toBe('9999-06-01T04:15:00Z');
    expect(dueAt(jubilees, '2026-01-01T00:00:00Z', 'PT2H1S')).toBeNull();
  });

  it('counts the special days of a calendar with weekly hours', () => {
    const calendar: Calendar = {
      timeZone: 'UTC',
      hours: { mon: [['09:00', '10:00']] },
      holidays: ['2026-01-05'],
      special: { '2026-01-06': [['12:00', '12:30']], '2026-01-12': [] },
    };
    expect(dueAt(calendar, '2026-01-01T00:00:00Z', 'PT1H')).toBe('2026-01-19T09:30:00Z');
  });

  it.each(['PT0S', 'P0D', 'PT0.0001S'])('of nothing, such as %s, is refused', (budget) => {
    expect(problems({ calendar: always, start: '2026-01-01T00:00:00Z', budget })).toEqual([
      `budget: ${budget} is no time at all`,
    ]);
  });

  it.each([
    ['-PT1H', 'negative'],
    ['P1M', 'years or months'],
    ['2h', 'not an ISO 8601 duration'],
  ])('of %s is refused', (budget, why) => {
    const [problem] = problems({ calendar: always, start: '2026-01-01T00:00:00Z', budget });
    expect(problem).toMatch(/^budget: /);
    expect(problem).toContain(why);
  });
});

describe('a question that makes no sense', () => {
  const mixed = [': ask with from and to, or with start and budget'];
  const instant = '2026-01-01T00:00:00Z';

  it('is neither or both of the two', () => {
    expect(problems({ calendar: always })).toEqual(mixed);
    expect(
      problems({ calendar: always, from: instant, to: '2026-01-02T00:00:00Z', budget: 'PT1H', start: instant }),
    ).toEqual(mixed);
  });

  it('is half of one', () => {
    expect(problems({ calendar: always, from: instant })).toEqual(['to: is missing']);
    expect(problems({ calendar: always, to: instant })).toEqual(['from: is missing']);
    expect(problems({ calendar: always, start: instant })).toEqual(['budget: is missing']);
    expect(problems({ calendar: always, budget: 'PT1H' })).toEqual(['start: is missing']);
  });

  it('has a pause that does not end after its start', () => {
    const pauses = [
      { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:00:01Z' },
      { start: '2026-01-01T10:00:00Z', end: '2026-01-01T12:00:00+02:00' },
      { start: '2026-01-01T10:00:00Z', end: '2026-01-01T09:00:00Z' },
    ];
    const expected = [
      'pauses.1.end: 2026-01-01T12:00:00+02:00 is not after 2026-01-01T10:00:00Z',
      'pauses.2.end: 2026-01-01T09:00:00Z is not after 2026-01-01T10:00:00Z',
    ];
    expect(problems({ calendar: always, from: instant, to: '2026-01-02T00:00:00Z', pauses })).toEqual(expected);
    expect(problems({ calendar: always, start: instant, budget: 'PT1H', pauses })).toEqual(expected);
  });

  it('is told everything at once', () => {
    const calendar: Calendar = { timeZone: '+03:00', hours: { mon: [['17:00', '09:00']] } };
    const paths = problems({
      calendar,
      from: '2026-01-01',
      to: 'tomorrow',
      pauses: [{ start: 'x', end: '2026-01-01T00:00:00Z' }],
    }).map((text) => text.slice(0, text.indexOf(':')));
    expect(paths).toEqual(['calendar.timeZone', 'calendar.hours.mon.0', 'pauses.0.start', 'from', 'to']);
  });
});
