import { describe, expect, it } from 'vitest';
import { contactsFor } from '../../domain/notification.ts';
import { problemsOfUser } from '../../domain/user.ts';

const contacts = [
  { type: 'slack', address: 'U1' },
  { type: 'sms', address: '+4915112345678' },
  { type: 'sms', address: '+4915112345679' },
] as const;
const user = { contacts, notificationRules: null, quietHours: null, timeZone: null };

describe('where a page goes', () => {
  it('is everywhere at once without rules', () => {
    expect(contactsFor(user, 'low').map((c) => c.contact)).toEqual(['slack1', 'sms2', 'sms3']);
  });

  it('follows rules by their delays, urgent ones only when it is', () => {
    const notificationRules = [
      { contact: 'sms', delay: 'PT5M' },
      { contact: 'slack' },
      { contact: 'sms', urgentOnly: true },
    ] as const;
    expect(contactsFor({ ...user, notificationRules }, 'normal')).toEqual([
      { contact: 'slack1', channel: 'slack' },
      { contact: 'sms2', channel: 'sms', afterMs: 300_000 },
      { contact: 'sms3', channel: 'sms', afterMs: 300_000 },
    ]);
    expect(contactsFor({ ...user, notificationRules }, 'urgent').map((c) => [c.contact, c.afterMs])).toEqual([
      ['slack1', undefined],
      ['sms2', undefined],
      ['sms3', undefined],
    ]);
  });

  it('keeps quiet hours on the person’s own clock for copies, and never for whoever is responsible', () => {
    const sleeper = { ...user, quietHours: { from: '22:00', to: '07:00' }, timeZone: 'Asia/Tokyo' };
    const at = (time: string) => Date.parse(`2026-01-05T${time}:00Z`);
    expect(contactsFor(sleeper, 'low')).toHaveLength(3);
    expect(contactsFor(sleeper, 'low', at('13:00'))).toEqual([]);
    expect(contactsFor(sleeper, 'low', at('21:59'))).toEqual([]);
    expect(contactsFor(sleeper, 'low', at('22:00'))).toHaveLength(3);
    expect(contactsFor({ ...sleeper, quietHours: { from: '12:00', to: '13:00' } }, 'low', at('03:30'))).toEqual([]);
  });

  it('refuses rules that make no sense', () => {
    const problems = problemsOfUser({
      notificationRules: [
        { contact: 'sms', delay: 'soon' },
        { contact: 'sms', delay: 'PT25H' },
      ],
      quietHours: { from: '22', to: '07:00' },
    });
    expect(problems.map((p) => p.path)).toEqual([
      'notificationRules.0.delay',
      'notificationRules.1.delay',
      'quietHours.from',
    ]);
  });
});
