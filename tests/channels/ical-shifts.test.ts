import ical, { type VEvent } from 'node-ical';
import { describe, expect, it } from 'vitest';
import { shiftCalendar } from '../../channels/ical/shift-calendar.ts';
import {
  type FeedSchedule,
  type ShiftEvent,
  shiftsOfPerson,
  shiftsOfSchedule,
} from '../../channels/ical/shift-events.ts';
import { OnCall } from '../../domain/on-call.ts';
import type { Override } from '../../domain/schedule.ts';

const now = Date.parse('2026-03-27T12:00:00Z');
const [from, to] = [now, Date.parse('2026-04-01T12:00:00Z')];
const names: Record<string, string> = {
  ann: 'Ann Keller',
  bob: 'Bob; Costa, Jr. \\ 🦊',
  cleo: `Cléo ${'é🚀'.repeat(40)}`,
};
const nameOf = (user: string): string => names[user] ?? user;

function scheduleWith(participants: (string | string[])[], shadows: string[] = [], overrides: Override[] = []) {
  const rotation = { type: 'daily', shiftLength: 1, start: '2026-01-05T08:00:00Z' } as const;
  const onCall = new OnCall({ timeZone: 'Europe/Berlin', layers: [{ rotation, participants, shadows }], overrides });
  return { id: 'sch_first', name: 'First line', onCall } satisfies FeedSchedule;
}

function written(events: readonly ShiftEvent[], name = 'On call', at = now): { text: string; events: VEvent[] } {
  const text = shiftCalendar(name, events, at);
  const parsed = Object.values(ical.sync.parseICS(text));
  return { text, events: parsed.filter((item): item is VEvent => item?.type === 'VEVENT') };
}

const ofSchedule = (schedule: FeedSchedule, window: [number, number] = [from, to]) =>
  shiftsOfSchedule(schedule, nameOf, ...window);

describe("a schedule's calendar", () => {
  it('has every shift, whole, at the instants that clocks show', () => {
    const { text, events } = written(ofSchedule(scheduleWith([['ann', 'dan'], 'dan'])));
    // 09:00 in Berlin, which is an hour earlier in UTC from 29 March on.
    expect(events.map(({ start, end }) => [start.toISOString(), end?.toISOString()])).toEqual([
      ['2026-03-27T08:00:00.000Z', '2026-03-28T08:00:00.000Z'],
      ['2026-03-28T08:00:00.000Z', '2026-03-29T07:00:00.000Z'],
      ['2026-03-29T07:00:00.000Z', '2026-03-30T07:00:00.000Z'],
      ['2026-03-30T07:00:00.000Z', '2026-03-31T07:00:00.000Z'],
      ['2026-03-31T07:00:00.000Z', '2026-04-01T07:00:00.000Z'],
      ['2026-04-01T07:00:00.000Z', '2026-04-02T07:00:00.000Z'],
    ]);
    expect(events.map(({ summary }) => summary).slice(0, 2)).toEqual([
      'dan · First line',
      'Ann Keller, dan · First line',
    ]);
    expect(text).toMatch(/^DTSTART:20260327T080000Z\r$/m);
    expect(text).not.toContain('VALARM');
  });

  it('is text as RFC 5545 has it, whatever names are', () => {
    const name = 'Night, "shift"; 1\\2\r\nX-EVIL:yes\u0007';
    const { text, events } = written(ofSchedule(scheduleWith([['bob', 'cleo']])), name);
    expect(events[0]?.summary).toBe(`${names.bob}, ${names.cleo} · First line`);
    const lines = text.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines.some((line) => line.includes('\n') || line.startsWith('X-EVIL') || line.includes('\u0007'))).toBe(
      false,
    );
    expect(lines.some((line) => line.includes('\ufffd'))).toBe(false);
    expect(lines).toContain('X-WR-CALNAME:Night\\, "shift"\\; 1\\\\2\\nX-EVIL:yes ');
    expect(lines).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
  });

  it('may be empty', () => {
    expect(written([]).text).toMatch(/^BEGIN:VCALENDAR\r\n(?:[A-Z-]+[^\r\n]+\r\n)+END:VCALENDAR\r\n$/);
  });

  it('gives a shift the same UID always, and another one to what differs', () => {
    const uids = (events: readonly ShiftEvent[], at = now) =>
      written(events, 'On call', at).events.map(({ uid }) => uid);
    const schedule = scheduleWith(['ann', 'bob']);
    const first = uids(ofSchedule(schedule));
    expect(new Set(first).size).toBe(first.length);
    const later = 5 * 60 * 60 * 1000;
    expect(uids(ofSchedule(schedule, [from + later, to + later]), now + later)).toEqual(first);
    expect(uids(ofSchedule({ ...schedule, name: 'Renamed' }))).toEqual(first);
    expect(uids(ofSchedule({ ...schedule, id: 'sch_other' })).filter((uid) => first.includes(uid))).toEqual([]);
    const cover = { start: '2026-03-28T08:00:00Z', end: '2026-03-29T07:00:00Z', user: 'cleo' };
    const covered = uids(ofSchedule(scheduleWith(['ann', 'bob'], [], [cover])));
    expect(covered.filter((uid) => !first.includes(uid))).toHaveLength(1);
    const person = uids(shiftsOfPerson('ann', [schedule], from, to));
    expect(person.every((uid) => first.includes(uid))).toBe(true);
  });
});

describe("a person's calendar", () => {
  it('has an alarm 15 minutes before own shifts, and takes no time for those that are shadowed', () => {
    const second = { ...scheduleWith(['dan'], ['ann']), id: 'sch_second', name: 'Second, line' };
    const { text, events } = written(shiftsOfPerson('ann', [scheduleWith(['ann', 'bob']), second], from, to));
    const own = events.filter(({ transparency }) => transparency === 'OPAQUE');
    expect(own.map(({ summary }) => summary)).toEqual(Array(3).fill('On call: First line'));
    const alarms = own.map((event) => (event.alarms as unknown as { action: string; trigger: string }[])[0]);
    expect(alarms.map((alarm) => `${alarm?.action} ${alarm?.trigger}`)).toEqual(Array(3).fill('DISPLAY -PT15M'));
    const shadowed = events.filter(({ transparency }) => transparency === 'TRANSPARENT');
    expect(shadowed.map(({ summary }) => summary)).toEqual(Array(6).fill('On call: Second, line (shadow)'));
    expect(shadowed.every(({ alarms }) => alarms === undefined)).toBe(true);
    expect(text.match(/BEGIN:VALARM/g)).toHaveLength(3);
    expect(shiftsOfPerson('eve', [second], from, to)).toEqual([]);
  });
});
