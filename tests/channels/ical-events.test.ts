import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readEvents } from '../../channels/ical/events.ts';
import { FieldProblems } from '../../domain/field-problem.ts';

const window = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2027-02-05T00:00:00Z') };

function calendar(...events: string[][]): string {
  const bodies = events.map((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n'));
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...bodies, 'END:VCALENDAR', ''].join('\r\n');
}

/** As `start/end`, which is easier to read. */
function spans(text: string, timeZone = 'Europe/Berlin'): string[] {
  return readEvents(text, window, timeZone).map(
    ({ start, end }) => `${new Date(start).toISOString()}/${new Date(end).toISOString()}`,
  );
}

function problemOf(text: string): string {
  try {
    readEvents(text, window, 'UTC');
  } catch (error) {
    if (error instanceof FieldProblems) return error.message;
    throw error;
  }
  throw new Error('There is no problem.');
}

describe('single events', () => {
  it('are read with their name, from UTC, a zone, or none', () => {
    const text = calendar(
      ['UID:utc', 'DTSTART:20260105T090000Z', 'DTEND:20260105T110000Z', 'SUMMARY:Dentist\\, and\\; lunch \\n 🦷'],
      ['UID:zone', 'DTSTART;TZID=America/New_York:20260106T090000', 'DURATION:PT90M', 'SUMMARY;LANGUAGE=en:Flight'],
      ['UID:floating', 'DTSTART:20260107T090000', 'DTEND:20260107T100000'],
      ['UID:windows', 'DTSTART;TZID="W. Europe Standard Time":20260108T090000', 'DURATION:PT1H'],
      ['UID:path', 'DTSTART;TZID=/citadel.org/20210210_1/Europe/Berlin:20260109T090000', 'DURATION:PT1H'],
      ['UID:outside', 'DTSTART:20250105T090000Z', 'DTEND:20250105T110000Z'],
      ['UID:moment', 'DTSTART:20260105T090000Z'],
    );
    expect(readEvents(text, window, 'Europe/Berlin').map(({ uid, summary }) => [uid, summary])).toEqual([
      ['utc/2026-01-05T09:00:00.000Z', 'Dentist, and; lunch \n 🦷'],
      ['zone/2026-01-06T14:00:00.000Z', 'Flight'],
      ['floating/2026-01-07T08:00:00.000Z', ''],
      ['windows/2026-01-08T08:00:00.000Z', ''],
      ['path/2026-01-09T08:00:00.000Z', ''],
    ]);
    expect(spans(text)[1]).toBe('2026-01-06T14:00:00.000Z/2026-01-06T15:30:00.000Z');
  });

  it('of days last by the calendar, whatever clocks do', () => {
    const text = calendar(
      ['UID:one', 'DTSTART;VALUE=DATE:20260329'],
      ['UID:several', 'DTSTART;VALUE=DATE:20261023', 'DTEND;VALUE=DATE:20261027', 'SUMMARY:Away'],
      ['UID:empty', 'DTSTART;VALUE=DATE:20260601', 'DTEND;VALUE=DATE:20260601'],
    );
    expect(spans(text)).toEqual([
      '2026-03-28T23:00:00.000Z/2026-03-29T22:00:00.000Z',
      '2026-05-31T22:00:00.000Z/2026-06-01T22:00:00.000Z',
      '2026-10-22T22:00:00.000Z/2026-10-26T23:00:00.000Z',
    ]);
    expect(spans(text, 'Pacific/Auckland')[0]).toBe('2026-03-28T11:00:00.000Z/2026-03-29T11:00:00.000Z');
  });

  it('are not cut by the window', () => {
    const text = calendar(['UID:long', 'DTSTART;VALUE=DATE:20251220', 'DTEND;VALUE=DATE:20260110']);
    expect(spans(text, 'UTC')).toEqual(['2025-12-20T00:00:00.000Z/2026-01-10T00:00:00.000Z']);
  });

  it('that are cancelled or transparent are left out', () => {
    const span = ['DTSTART:20260105T090000Z', 'DTEND:20260105T110000Z'];
    const text = calendar(
      ['UID:a', ...span, 'STATUS:CANCELLED'],
      ['UID:b', ...span, 'TRANSP:TRANSPARENT'],
      ['UID:c', ...span, 'STATUS:TENTATIVE', 'TRANSP:OPAQUE', 'BEGIN:VALARM', 'SUMMARY:No', 'END:VALARM'],
      ['UID:d', ...span, 'transp:transparent'],
    );
    expect(readEvents(text, window, 'UTC').map(({ uid, summary }) => [uid, summary])).toEqual([
      ['c/2026-01-05T09:00:00.000Z', ''],
    ]);
  });
});

describe('recurring events', () => {
  const berlin = 'DTSTART;TZID=Europe/Berlin:20260326T140000';

  it('keep their time on the wall across a change of clocks, without what is excluded', () => {
    const rule = 'RRULE:INTERVAL=1;FREQ=DAILY;COUNT=5';
    const text = calendar(['UID:r', berlin, 'DURATION:PT2H', rule, 'EXDATE;TZID=Europe/Berlin:20260327T140000']);
    expect(spans(text)).toEqual([
      '2026-03-26T13:00:00.000Z/2026-03-26T15:00:00.000Z',
      '2026-03-28T13:00:00.000Z/2026-03-28T15:00:00.000Z',
      '2026-03-29T12:00:00.000Z/2026-03-29T14:00:00.000Z',
      '2026-03-30T12:00:00.000Z/2026-03-30T14:00:00.000Z',
    ]);
  });

  it('are changed, moved and cancelled one by one, whatever comes first', () => {
    const series = ['UID:r', berlin, 'DURATION:PT2H', 'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4', 'SUMMARY:Course'];
    const moved = ['UID:r', 'RECURRENCE-ID;TZID=Europe/Berlin:20260409T140000', 'DTSTART:20260410T060000Z'];
    const cancelled = ['UID:r', 'RECURRENCE-ID;TZID=Europe/Berlin:20260423T140000', 'DTSTART:20260423T120000Z'];
    const changes = [
      [...moved, 'DTEND:20260410T070000Z', 'SUMMARY:Exam'],
      [...cancelled, 'DTEND:20260423T140000Z', 'STATUS:CANCELLED'],
    ];
    const expected = [
      ['r/2026-03-26T13:00:00.000Z', 'Course'],
      ['r/2026-04-10T06:00:00.000Z', 'Exam'],
      ['r/2026-05-07T12:00:00.000Z', 'Course'],
    ];
    for (const text of [calendar(series, ...changes), calendar(...changes.toReversed(), series)]) {
      expect(readEvents(text, window, 'UTC').map(({ uid, summary }) => [uid, summary])).toEqual(expected);
    }
    const alone = calendar(...changes);
    expect(readEvents(alone, window, 'UTC').map(({ uid }) => uid)).toEqual(['r/2026-04-10T06:00:00.000Z']);
  });

  it('are read only within the window, but for what was moved into it', () => {
    const series = ['UID:r', 'DTSTART:20101201T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY'];
    const moved = ['UID:r', 'RECURRENCE-ID:20251201T090000Z', 'DTSTART:20260115T090000Z', 'DURATION:PT1H'];
    const read = spans(calendar(series, moved));
    expect(read).toHaveLength(15);
    expect(read[1]).toBe('2026-01-15T09:00:00.000Z/2026-01-15T10:00:00.000Z');
    expect(read.at(-1)).toBe('2027-02-01T09:00:00.000Z/2027-02-01T10:00:00.000Z');
  });

  it('of days are read by the calendar', () => {
    const rule = ['RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20260418', 'EXDATE;VALUE=DATE:20260404'];
    const text = calendar(['UID:r', 'DTSTART;VALUE=DATE:20260321', 'DTEND;VALUE=DATE:20260323', ...rule]);
    expect(spans(text)).toEqual([
      '2026-03-20T23:00:00.000Z/2026-03-22T23:00:00.000Z',
      '2026-03-27T23:00:00.000Z/2026-03-29T22:00:00.000Z',
      '2026-04-10T22:00:00.000Z/2026-04-12T22:00:00.000Z',
      '2026-04-17T22:00:00.000Z/2026-04-19T22:00:00.000Z',
    ]);
  });

  it('end on a day that is named without a time', () => {
    const text = calendar(['UID:r', berlin, 'DURATION:PT2H', 'RRULE:FREQ=DAILY;UNTIL=20260327']);
    expect(spans(text)).toHaveLength(2);
  });
});

describe('a file', () => {
  const event = ['UID:a', 'DTSTART:20260105T090000Z', 'DTEND:20260105T110000Z'];

  it('may be folded, hold several calendars, or nothing', () => {
    const folded = calendar(['UID:a', 'DTSTART:202601\r\n 05T090000Z', 'DTEND:20260105T110000Z']);
    expect(spans(folded)).toEqual(['2026-01-05T09:00:00.000Z/2026-01-05T11:00:00.000Z']);
    expect(spans(calendar(event) + calendar(['UID:b', ...event.slice(1)]))).toHaveLength(2);
    expect(spans(calendar(event).replaceAll('\r\n', '\n'))).toHaveLength(1);
    expect(spans(calendar())).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'type', '"__proto__"'])('may call an event %s', (uid) => {
    const times = event.slice(1);
    const zone = ['BEGIN:VTIMEZONE', `UID:${uid}`, 'X-UID:__proto__', 'TZID:x', 'END:VTIMEZONE'].join('\r\n');
    const text = calendar([`UID:${uid}`, ...times, 'POLLUTED:yes'], ['X-uid:__proto__', 'UID:b', ...times]);
    const read = readEvents(text.replace('BEGIN:VEVENT', `${zone}\r\nBEGIN:VEVENT`), window, 'UTC');
    expect(read.map((absence) => absence.uid)).toEqual([
      `${uid}/2026-01-05T09:00:00.000Z`,
      'b/2026-01-05T09:00:00.000Z',
    ]);
    expect({}).not.toHaveProperty('start');
    expect({}).not.toHaveProperty('polluted');
    expect(Object).not.toHaveProperty('start');
  });

  it.each([
    ['', 'is no calendar'],
    ['<html></html>', 'is no calendar'],
    ['BEGIN:VCARD\nEND:VCARD', 'is no calendar'],
    [calendar(event).slice(0, -30), 'is cut off'],
    [calendar(event).replace('END:VEVENT', 'END:VTODO'), 'a VEVENT has no end'],
    [calendar(event.slice(1)), 'an event without a UID'],
    [calendar(['UID:long', 'DTSTART:tomorrow']), 'the event long has a start or an end that cannot be read'],
    [calendar(['UID:x', 'DTSTART;TZID=Mars/Olympus:20260105T090000', 'DURATION:PT1H']), '"Mars/Olympus"'],
    [calendar([...event, 'RRULE:FREQ=OFTEN']), 'cannot be'],
    [calendar([...event, 'RRULE:FREQ=HOURLY']), 'more than once a day'],
    [calendar([...event, 'RRULE:FREQ=DAILY;BYHOUR=1,2']), 'more than once a day'],
    [calendar([...event, 'RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30']), 'the event a: its rule cannot be followed'],
    [calendar([`UID:${'x'.repeat(1001)}`, ...event.slice(1)]), 'a UID of more than'],
  ])('of another kind is refused: %#', (text, message) => {
    expect(problemOf(text)).toContain(message);
  });

  it('of too many occurrences is refused', () => {
    // However slow the machine is: how long it may take is the last test's.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    onTestFinished(() => clock.mockRestore());
    const events = Array.from({ length: 5001 }, (_, i) => [`UID:${i}`, ...event.slice(1)]);
    expect(problemOf(calendar(...events))).toContain('more than 5000 occurrences');
    expect(readEvents(calendar(...events.slice(1)), window, 'UTC')).toHaveLength(5000);
  });

  it('of too many dates in zones that must be guessed is refused', () => {
    const times = ['DTSTART;TZID=Customized Time Zone:20250105T090000', 'DURATION:PT1H'];
    const events = Array.from({ length: 1001 }, (_, i) => [`UID:${i}`, ...times]);
    expect(problemOf(calendar(...events))).toContain('time zones of its own');
  });

  it('that takes too long is refused in time', () => {
    const endless = Array.from({ length: 2000 }, (_, i) => [`UID:${i}`, ...event.slice(1), 'RRULE:FREQ=DAILY']);
    const begun = Date.now();
    expect(problemOf(calendar(...endless))).toMatch(/too long|more than 5000/);
    expect(Date.now() - begun).toBeLessThan(20_000);
  });
});
