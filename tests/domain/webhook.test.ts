import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { eventPatterns, eventTypes, matches } from '../../domain/event-types.ts';
import {
  type Health,
  healthAfter,
  healthy,
  isProbing,
  nextAttemptAfter,
  type Outcome,
  problemsOfWebhook,
  reasonToGiveUp,
} from '../../domain/webhook.ts';

const [second, minute, hour] = [1000, 60_000, 3_600_000];
const outcome = fc.constantFrom<Outcome>('delivered', 'refused', 'unavailable', 'gone');

describe('an address', () => {
  it.each(['https://example.com', 'http://10.0.0.7:8080/vigil?to=chat', 'https://[::1]/x'])('%s is one', (url) => {
    expect(problemsOfWebhook({ url })).toEqual([]);
  });

  it.each([
    ['example.com', 'not a web address'],
    ['ftp://example.com', 'not a web address'],
    ['javascript:alert(1)', 'not a web address'],
    ['https://ann:secret@example.com', 'a name or a password'],
    ['https://example.com/#here', 'a fragment'],
  ])('%s is none', (url, message) => {
    expect(problemsOfWebhook({ url })).toEqual([{ path: 'url', message: expect.stringContaining(message) }]);
  });

  it('that is not given is not looked at', () => {
    expect(problemsOfWebhook({})).toEqual([]);
  });
});

describe('patterns', () => {
  it.each([
    [['*'], 'sla.breached', true],
    [['sla.*'], 'sla.breached', true],
    [['sla.*'], 'ticket.created', false],
    [['ticket.created', 'sla.*'], 'ticket.created', true],
    [['ticket.created'], 'ticket.created-again', false],
    [['ticket.*'], 'ticketing.begun', false],
  ] as const)('%s match %s: %s', (patterns, type, expected) => {
    expect(matches(patterns, type)).toBe(expected);
  });

  it('find every type by itself, by its group and by the star, and no type twice', () => {
    for (const type of eventTypes) {
      expect(eventPatterns.filter((pattern) => matches([pattern], type))).toEqual([
        '*',
        `${type.split('.')[0]}.*`,
        type,
      ]);
    }
    expect(new Set(eventPatterns).size).toBe(eventPatterns.length);
  });
});

describe('the next attempt', () => {
  const waits = (kind: Outcome, health: Health, count: number): (number | null)[] =>
    Array.from({ length: count }, (_, i) => nextAttemptAfter(i + 1, kind, health));

  it('comes later and later while the receiver is unavailable, for two days and a half', () => {
    const all = waits('unavailable', healthy, 10);
    expect(all.slice(0, 4)).toEqual([5 * second, minute, 5 * minute, 30 * minute]);
    expect(all.at(-1)).toBeNull();
    const total = all.reduce<number>((sum, wait) => sum + (wait ?? 0), 0);
    expect(Math.round(total / hour)).toBe(56);
  });

  it('of what is refused comes thrice, within a quarter of an hour', () => {
    expect(waits('refused', healthy, 4)).toEqual([5 * second, minute, 10 * minute, null]);
  });

  it('is never the last while nothing at all gets through', () => {
    const dead: Health = { failures: 5, failingSince: 0, restsUntil: minute };
    expect(nextAttemptAfter(50, 'unavailable', dead)).toBe(24 * hour);
    expect(nextAttemptAfter(50, 'refused', dead)).toBe(10 * minute);
    expect(nextAttemptAfter(50, 'gone', dead)).toBe(10 * minute);
  });

  it('waits for as long as the receiver asks, up to a day', () => {
    expect(nextAttemptAfter(1, 'unavailable', healthy, 90 * second)).toBe(90 * second);
    expect(nextAttemptAfter(3, 'unavailable', healthy, 90 * second)).toBe(5 * minute);
    expect(nextAttemptAfter(1, 'unavailable', healthy, 1000 * hour)).toBe(24 * hour);
    expect(nextAttemptAfter(1, 'unavailable', healthy, -hour)).toBe(5 * second);
  });

  test('there is none after a delivery', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), (n) => nextAttemptAfter(n, 'delivered', healthy) === null));
  });
});

describe('health', () => {
  const after = (outcomes: readonly Outcome[], apart: number): { health: Health; now: number; reason: string | null } =>
    outcomes.reduce<{ health: Health; now: number; reason: string | null }>(
      ({ health, now }, one) => {
        const next = healthAfter(health, one, now + apart);
        return { health: next, now: now + apart, reason: reasonToGiveUp(next, one, now + apart) };
      },
      { health: healthy, now: 0, reason: null },
    );

  it('rests after five failures in a row, longer and longer, up to a quarter of an hour', () => {
    expect(after(Array(4).fill('unavailable'), second).health.restsUntil).toBeNull();
    const rests = [5, 6, 7, 8, 9, 10, 40].map((count) => {
      const { health, now } = after(Array(count).fill('unavailable'), second);
      expect(isProbing(health)).toBe(true);
      return ((health.restsUntil ?? 0) - now) / minute;
    });
    expect(rests).toEqual([1, 2, 5, 10, 15, 15, 15]);
  });

  it('is good again with the first delivery', () => {
    expect(after([...Array(9).fill('unavailable'), 'delivered'], minute).health).toEqual(healthy);
  });

  it('gives up after three days in which nothing got through, and not for a few failures', () => {
    const every15 = (days: number): Outcome[] => Array(days * 24 * 4 + 1).fill('refused');
    expect(after(every15(3).slice(1), 15 * minute).reason).toBeNull();
    expect(after(every15(3), 15 * minute).reason).toBe('three-days');
    // Two events in a week, whose receiver was away both times.
    expect(after(['unavailable', 'unavailable'], 96 * hour).reason).toBeNull();
  });

  it('gives up at once where the receiver says that it is gone', () => {
    expect(after(['gone'], second).reason).toBe('gone');
    expect(after(['gone', 'delivered'], second).reason).toBeNull();
  });

  test('counts exactly what failed since the last delivery', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 40 }), (outcomes) => {
        const { health } = after(outcomes, second);
        const since = outcomes.lastIndexOf('delivered') + 1;
        expect(health.failures).toBe(outcomes.length - since);
        expect(health.failingSince).toBe(since === outcomes.length ? null : (since + 1) * second);
        expect(health.restsUntil !== null).toBe(isProbing(health));
      }),
    );
  });
});
