import { describe, expect, it } from 'vitest';
import { gapsBetween, OnCall } from '../../domain/on-call.ts';
import type { Layer, Override, Schedule } from '../../domain/schedule.ts';
import { anybody, type Absence, type Staff } from '../../domain/staff.ts';

const layer = (
  more: Partial<Layer> & { start?: string; type?: 'hourly' | 'daily' | 'weekly' | 'monthly' } = {},
): Layer => {
  const { start = '2026-01-05T09:00:00Z', type = 'weekly', ...rest } = more;
  return { rotation: { type, shiftLength: 1, start }, participants: ['ann', 'bob', 'cleo'], ...rest };
};
const utc = (layers: readonly Layer[], overrides: readonly Override[] = []): Schedule => ({
  timeZone: 'UTC',
  layers,
  overrides,
});

/** `start users source`, starts to the minute. */
function told(schedule: Schedule, from: string, to: string, staff?: Staff): string[] {
  const shifts = new OnCall(schedule, staff).shifts(Date.parse(from), Date.parse(to));
  return shifts.map(({ start, end, users, shadows, source }) => {
    const name = 'layer' in source ? `layer ${source.layer}` : `override ${source.override}`;
    const copies = shadows.length > 0 ? ` (${shadows.join('+')})` : '';
    return `${short(start)} to ${short(end)} ${users.join('+')}${copies} ${name}`;
  });
}
const short = (at: number) => new Date(at).toISOString().slice(5, 16).replace('T', ' ');

describe('rotations', () => {
  it('hand over at the same time on the wall, whatever the clock does', () => {
    const schedule = { timeZone: 'Europe/Berlin', layers: [layer({ start: '2026-03-23T08:00:00Z' })] };
    expect(told(schedule, '2026-03-23T08:00:00Z', '2026-04-13T07:00:00Z')).toEqual([
      '03-23 08:00 to 03-30 07:00 ann layer 0',
      '03-30 07:00 to 04-06 07:00 bob layer 0',
      '04-06 07:00 to 04-13 07:00 cleo layer 0',
    ]);
  });

  it('of a month go from the 31st to a shorter month’s last day and back, over a leap day', () => {
    const months = layer({ type: 'monthly', start: '2027-12-31T10:00:00Z' });
    const starts = told(utc([months]), '2028-01-01T00:00:00Z', '2028-06-01T00:00:00Z').map((s) => s.slice(0, 11));
    expect(starts).toEqual(['01-01 00:00', '01-31 10:00', '02-29 10:00', '03-31 10:00', '04-30 10:00', '05-31 10:00']);
  });

  it('begin at the first instant after a gap where the handoff time does not exist, and at the first of two', () => {
    const daily = layer({ type: 'daily', start: '2026-03-27T01:30:00Z' });
    const schedule = { timeZone: 'Europe/Berlin', layers: [daily] };
    expect(told(schedule, '2026-03-28T01:30:00Z', '2026-03-30T00:30:00Z')).toEqual([
      '03-28 01:30 to 03-29 01:00 bob layer 0',
      '03-29 01:00 to 03-30 00:30 cleo layer 0',
    ]);
    const autumn = { timeZone: 'Europe/Berlin', layers: [layer({ type: 'daily', start: '2026-10-24T00:30:00Z' })] };
    expect(told(autumn, '2026-10-24T00:30:00Z', '2026-10-26T01:30:00Z')).toEqual([
      '10-24 00:30 to 10-25 00:30 ann layer 0',
      '10-25 00:30 to 10-26 01:30 bob layer 0',
    ]);
  });

  it('use up nobody in a turn that a jump of the clock leaves without time', () => {
    const hourly = layer({ type: 'hourly', start: '2026-03-29T00:00:00Z' });
    expect(
      told({ timeZone: 'Europe/Berlin', layers: [hourly] }, '2026-03-29T00:00:00Z', '2026-03-29T03:00:00Z'),
    ).toEqual([
      '03-29 00:00 to 03-29 01:00 ann layer 0',
      '03-29 01:00 to 03-29 02:00 bob layer 0',
      '03-29 02:00 to 03-29 03:00 cleo layer 0',
    ]);
  });

  it('keep restrictions across midnight and across the week’s end in one shift', () => {
    const nights = layer({ restrictions: [{ days: ['sun', 'wed'], from: '22:00', to: '06:00' }] });
    expect(told(utc([nights]), '2026-01-05T09:00:00Z', '2026-01-13T00:00:00Z')).toEqual([
      '01-07 22:00 to 01-08 06:00 ann layer 0',
      '01-11 22:00 to 01-12 06:00 ann layer 0',
    ]);
    const whole = layer({
      restrictions: [
        { days: ['sat', 'sun'], from: '00:00', to: '24:00' },
        { days: ['mon'], from: '00:00', to: '09:00' },
      ],
    });
    expect(told(utc([whole]), '2026-01-05T09:00:00Z', '2026-01-12T12:00:00Z')).toEqual([
      '01-10 00:00 to 01-12 09:00 ann layer 0',
    ]);
  });

  it('skip whom the restrictions leave no time', () => {
    const weekdaysOnly = layer({ type: 'daily', restrictions: [{ days: ['mon', 'tue'], from: '09:00', to: '09:00' }] });
    expect(told(utc([weekdaysOnly]), '2026-01-05T09:00:00Z', '2026-01-14T09:00:00Z')).toEqual([
      '01-05 09:00 to 01-06 09:00 ann layer 0',
      '01-06 09:00 to 01-07 09:00 bob layer 0',
      '01-12 09:00 to 01-13 09:00 cleo layer 0',
      '01-13 09:00 to 01-14 09:00 ann layer 0',
    ]);
  });

  it('have people on duty together, and end', () => {
    const pairs = layer({ participants: [['ann', 'bob'], 'cleo'], until: '2026-01-13T00:00:00Z' });
    expect(told(utc([pairs]), '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')).toEqual([
      '01-05 09:00 to 01-12 09:00 ann+bob layer 0',
      '01-12 09:00 to 01-13 00:00 cleo layer 0',
    ]);
  });
});

describe('layers', () => {
  it('lie over each other, and leave gaps where nobody is', () => {
    const office = layer({ participants: ['dan'], restrictions: [{ days: ['mon'], from: '12:00', to: '14:00' }] });
    const schedule = utc([layer({ until: '2026-01-06T00:00:00Z' }), office]);
    expect(told(schedule, '2026-01-05T00:00:00Z', '2026-01-12T13:00:00Z')).toEqual([
      '01-05 09:00 to 01-05 12:00 ann layer 0',
      '01-05 12:00 to 01-05 14:00 dan layer 1',
      '01-05 14:00 to 01-06 00:00 ann layer 0',
      '01-12 12:00 to 01-12 13:00 dan layer 1',
    ]);
    const [from, to] = [Date.parse('2026-01-05T00:00:00Z'), Date.parse('2026-01-07T00:00:00Z')];
    const gaps = gapsBetween(new OnCall(schedule).shifts(from, to), from, to);
    expect(gaps.map((gap) => gap.map(short))).toEqual([
      ['01-05 00:00', '01-05 09:00'],
      ['01-06 00:00', '01-07 00:00'],
    ]);
  });
});

describe('overrides', () => {
  const span = (start: string, end: string) => ({ start: `2026-01-${start}:00Z`, end: `2026-01-${end}:00Z` });

  it('replace, take over, remove and add; what was taken over can be handed on', () => {
    const overrides = [
      { ...span('05T10:00', '05T20:00'), user: 'dan', replaces: 'ann' },
      { ...span('05T12:00', '05T13:00'), user: 'eve', replaces: 'dan' },
      { ...span('05T14:00', '05T15:00'), replaces: 'dan' },
      { ...span('05T16:00', '05T17:00'), adds: 'flo' },
      { ...span('05T18:00', '05T19:00'), user: 'gus' },
    ];
    const schedule = utc([layer()], overrides);
    expect(told(schedule, '2026-01-05T09:00:00Z', '2026-01-05T21:00:00Z')).toEqual([
      '01-05 09:00 to 01-05 10:00 ann layer 0',
      '01-05 10:00 to 01-05 12:00 dan override 0',
      '01-05 12:00 to 01-05 13:00 eve override 1',
      '01-05 13:00 to 01-05 14:00 dan override 0',
      '01-05 15:00 to 01-05 16:00 dan override 0',
      '01-05 16:00 to 01-05 17:00 dan+flo override 3',
      '01-05 17:00 to 01-05 18:00 dan override 0',
      '01-05 18:00 to 01-05 19:00 gus override 4',
      '01-05 19:00 to 01-05 20:00 dan override 0',
      '01-05 20:00 to 01-05 21:00 ann layer 0',
    ]);
  });

  it('let no lower layer show through, are not cut by turns, and say when they find nobody', () => {
    const overrides = [
      { ...span('06T00:00', '06T01:00'), replaces: 'dan' },
      { ...span('11T00:00', '13T00:00'), user: 'eve' },
      { ...span('20T00:00', '21T00:00'), user: 'eve', replaces: 'nobody' },
    ];
    const schedule = utc([layer(), layer({ participants: ['dan'] })], overrides);
    expect(told(schedule, '2026-01-05T20:00:00Z', '2026-01-14T00:00:00Z')).toEqual([
      '01-05 20:00 to 01-06 00:00 dan layer 1',
      '01-06 01:00 to 01-11 00:00 dan layer 1',
      '01-11 00:00 to 01-13 00:00 eve override 1',
      '01-13 00:00 to 01-14 00:00 dan layer 1',
    ]);
    const onCall = new OnCall(schedule);
    expect(onCall.idleOverrides(Date.parse('2026-01-20T12:00:00Z'), Date.parse('2026-01-20T13:00:00Z'))).toEqual([2]);
    expect(onCall.idleOverrides(Date.parse('2026-01-05T00:00:00Z'), Date.parse('2026-01-14T00:00:00Z'))).toEqual([]);
  });

  it('put somebody on duty where nobody is', () => {
    const schedule = utc(
      [layer()],
      [
        { ...span('01T00:00', '02T00:00'), user: 'dan' },
        { ...span('03T00:00', '04T00:00'), adds: 'eve' },
      ],
    );
    expect(told(schedule, '2026-01-01T00:00:00Z', '2026-01-05T09:00:00Z')).toEqual([
      '01-01 00:00 to 01-02 00:00 dan override 0',
      '01-03 00:00 to 01-04 00:00 eve override 1',
    ]);
  });
});

describe('people who come, leave and are away', () => {
  const staff = (
    presence: Record<string, [(string | undefined)?, string?]>,
    absences: Record<string, Absence[]> = {},
  ): Staff => ({
    presence: (user) => {
      const [from, to] = presence[user] ?? [];
      return [from === undefined ? -Infinity : Date.parse(from), to === undefined ? Infinity : Date.parse(to)];
    },
    absences: (user) => absences[user] ?? [],
  });

  it('join the order with the next turn, and leave it at once, with a gap for the rest of theirs', () => {
    const people = staff({ cleo: ['2026-01-14T00:00:00Z'], ann: [undefined, '2026-01-28T00:00:00Z'] });
    expect(told(utc([layer()]), '2026-01-05T09:00:00Z', '2026-02-16T09:00:00Z', people)).toEqual([
      '01-05 09:00 to 01-12 09:00 ann layer 0',
      '01-12 09:00 to 01-19 09:00 bob layer 0',
      '01-19 09:00 to 01-26 09:00 cleo layer 0',
      '01-26 09:00 to 01-28 00:00 ann layer 0',
      '02-02 09:00 to 02-09 09:00 bob layer 0',
      '02-09 09:00 to 02-16 09:00 cleo layer 0',
    ]);
  });

  it('are looked for by fairness with absences counting neither way, and with newcomers at the level of the group', () => {
    const fair = layer({
      fair: true,
      type: 'daily',
      participants: ['ann', 'bob', 'cleo', 'dan'],
      weights: { night: 1, weekend: 1 },
    });
    const away = { start: Date.parse('2026-01-10T00:00:00Z'), end: Date.parse('2026-01-25T00:00:00Z'), knownAt: 0 };
    const people = staff({ dan: ['2026-02-01T00:00:00Z'] }, { bob: [away] });
    const shifts = (from: string, to: string) =>
      new OnCall(utc([fair]), people).shifts(Date.parse(from), Date.parse(to));
    const count = (from: string, to: string) =>
      Object.fromEntries(
        ['ann', 'bob', 'cleo', 'dan'].map((user) => [
          user,
          shifts(from, to).filter((s) => s.users.includes(user)).length,
        ]),
      );
    expect(count('2026-01-10T00:00:00Z', '2026-01-25T00:00:00Z').bob).toBe(0);
    const after = count('2026-02-01T09:00:00Z', '2026-03-13T09:00:00Z');
    // Forty days for four people: nobody has to make up for anything.
    expect(after).toEqual({ ann: 10, bob: 10, cleo: 10, dan: 10 });
  });

  it('keep a turn that had begun when their absence was entered', () => {
    const absence = { start: Date.parse('2026-01-06T00:00:00Z'), end: Date.parse('2026-01-07T00:00:00Z') };
    const fair = utc([layer({ fair: true })]);
    const on = (knownAt: string) =>
      told(
        fair,
        '2026-01-05T09:00:00Z',
        '2026-01-12T09:00:00Z',
        staff({}, { ann: [{ ...absence, knownAt: Date.parse(knownAt) }] }),
      );
    expect(on('2026-01-06T00:00:00Z')).toEqual(['01-05 09:00 to 01-12 09:00 ann layer 0']);
    expect(on('2026-01-04T00:00:00Z')).toEqual(['01-05 09:00 to 01-12 09:00 bob layer 0']);
  });

  it('shadow duty for a time, and never their own', () => {
    const shadows = [{ user: 'rob', from: '2026-01-07T00:00:00Z', until: '2026-01-14T00:00:00Z' }, 'bob'];
    expect(told(utc([layer({ shadows })]), '2026-01-05T09:00:00Z', '2026-01-19T09:00:00Z', anybody)).toEqual([
      '01-05 09:00 to 01-07 00:00 ann (bob) layer 0',
      '01-07 00:00 to 01-12 09:00 ann (rob+bob) layer 0',
      '01-12 09:00 to 01-14 00:00 bob (rob) layer 0',
      '01-14 00:00 to 01-19 09:00 bob layer 0',
    ]);
  });
});

describe('the shift at an instant', () => {
  it('is told whole, however long, and null in a gap', () => {
    const yearly: Layer = {
      rotation: { type: 'monthly', shiftLength: 12, start: '2020-06-01T00:00:00Z' },
      participants: ['ann', 'bob'],
    };
    const shift = new OnCall(utc([yearly])).at(Date.parse('2026-01-01T00:00:00Z'));
    expect(shift).toMatchObject({
      start: Date.parse('2025-06-01T00:00:00Z'),
      end: Date.parse('2026-06-01T00:00:00Z'),
      users: ['bob'],
    });
    expect(new OnCall(utc([yearly])).at(Date.parse('2020-05-31T23:59:59Z'))).toBeNull();
  });
});
