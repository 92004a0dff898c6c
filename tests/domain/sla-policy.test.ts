import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCalendar } from '../../domain/calendar.ts';
import { comparePolicies, type PolicyAttributes } from '../../domain/policy-conditions.ts';
import { compileTerms, matchPolicy, noTerms, problemsOfPolicy, type SlaPolicy } from '../../domain/sla-policy.ts';
import { elapsedIn } from '../../domain/spans.ts';
import { levels, priorities } from '../../domain/ticket.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const monday = Date.UTC(2026, 0, 5);

function policy(name: string, more: Partial<SlaPolicy> = {}): SlaPolicy {
  return {
    id: `sla_${name}`,
    name,
    position: 1,
    conditions: {},
    calendar: null,
    warnAt: [0.5],
    pauseOn: ['pending'],
    targets: { high: { firstReply: 'PT1H' } },
    active: true,
    ...more,
  };
}

const ticket: PolicyAttributes = { priority: 'normal', channel: 'api', team: null, level: 1, tags: ['vip', 'eu'] };

describe('the policy of a ticket', () => {
  test.each([
    ['no conditions', {}, true],
    ['its priority among others', { priority: ['high', 'normal'] }, true],
    ['another priority', { priority: ['high'] }, false],
    ['its channel', { channel: ['mail', 'api'] }, true],
    ['another channel', { channel: ['mail'] }, false],
    ['its level', { level: [1] }, true],
    ['another level', { level: [2, 3] }, false],
    ['one of its tags', { tags: ['us', 'eu'] }, true],
    ['none of its tags', { tags: ['us'] }, false],
    ['a team, where it has none', { team: ['team_a'] }, false],
    ['two of which one fits', { priority: ['normal'], channel: ['mail'] }, false],
    ['two that fit', { priority: ['normal'], tags: ['vip'] }, true],
  ] as const)('%s: %o', (_what, conditions, matches) => {
    expect(matchPolicy([policy('p', { conditions })], ticket) !== undefined).toBe(matches);
  });

  test('is the first by position, then by name', () => {
    const found = (...policies: SlaPolicy[]): string | undefined => matchPolicy(policies, ticket)?.name;
    expect(found(policy('b', { position: 2 }), policy('c'), policy('a', { position: 3 }))).toBe('c');
    expect(found(policy('b'), policy('a'), policy('c'))).toBe('a');
    expect(found(policy('a', { active: false }), policy('b', { position: 9 }))).toBe('b');
    expect(found(policy('a', { active: false }))).toBeUndefined();
  });

  test('does not depend on the order in which policies come, and none before it matches', () => {
    const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
    const anyPolicy = fc.record({
      name: fc.string({ minLength: 1, maxLength: 3 }),
      position: fc.integer({ min: 0, max: 3 }),
      active: fc.boolean(),
      conditions: fc.record({ priority: some(priorities), level: some(levels), team: some(['a', 'b']) }),
    });
    const anyPolicies = fc.uniqueArray(anyPolicy, { selector: (p) => p.name, maxLength: 8 });
    const anyTicket = fc.record({
      priority: fc.constantFrom(...priorities),
      level: fc.constantFrom(...levels),
      team: fc.constantFrom('a', 'b', null),
      channel: fc.constant('api'),
      tags: fc.constant([]),
    });
    fc.assert(
      fc.property(anyPolicies, anyTicket, (parts, attributes) => {
        const policies = parts.map(({ name, ...more }) => policy(name, more as Partial<SlaPolicy>));
        const found = matchPolicy(policies, attributes);
        expect(matchPolicy(policies.toReversed(), attributes)).toBe(found);
        const earlier = policies.filter((p) => found === undefined || comparePolicies(p, found) < 0);
        for (const p of earlier) expect(matchPolicy([p], attributes)).toBeUndefined();
      }),
    );
  });
});

describe('compiled terms', () => {
  test('around the clock have targets and no spans', () => {
    const targets = { high: { firstReply: 'PT1H', resolution: 'P1D' }, low: { nextReply: 'PT90M' } };
    expect(compileTerms(policy('p', { targets }), null, monday)).toEqual({
      policy: 'sla_p',
      targets: { low: { nextReply: 1.5 * hour }, normal: {}, high: { firstReply: hour, resolution: day }, urgent: {} },
      warnAt: [0.5],
      pauseOn: ['pending'],
      calendar: null,
      spans: null,
      compiledUntil: null,
    });
  });

  const mornings = { timeZone: 'UTC', hours: { mon: [['09:00', '12:00']] } } as const;
  const compiled = (targets: SlaPolicy['targets'], at = monday) =>
    compileTerms(policy('p', { calendar: 'cal_1', targets }), mornings, at);

  test('by a calendar reach 35 days where that is enough', () => {
    const terms = compiled({ high: { firstReply: 'PT1H' } });
    expect(terms).toMatchObject({ calendar: 'cal_1', compiledUntil: monday + 35 * day });
    expect(terms.spans).toHaveLength(5);
    expect(terms.spans?.[0]).toEqual([monday + 9 * hour, monday + 12 * hour]);
  });

  test('begin with the day, which clocks may have begun before', () => {
    const at = monday + 10.5 * hour;
    const terms = compiled({ high: { firstReply: 'PT1H' } }, at);
    expect(terms.spans?.[0]).toEqual([monday + 9 * hour, monday + 12 * hour]);
    expect(terms.compiledUntil).toBe(at + 35 * day);
    expect(terms.spans?.at(-1)).toEqual([monday + 35 * day + 9 * hour, at + 35 * day]);
  });

  test('reach until the longest target fits twice, and 400 days at most', () => {
    // Five Mondays are 15 hours.
    const reach = (resolution: string) =>
      compiled({ high: { firstReply: 'PT1H' }, low: { resolution } }).compiledUntil ?? 0;
    expect(reach('PT7H30M')).toBe(monday + 35 * day);
    expect(reach('PT7H30M1S')).toBe(monday + 70 * day);
    expect(reach('PT20H')).toBe(monday + 140 * day);
    expect(reach('P300D')).toBe(monday + 400 * day);
  });

  test('hold both promises or all of 400 days, and the same open time as any other compile', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 400 * 24 }), (length, later) => {
        const at = monday + later * hour;
        const { spans, compiledUntil } = compiled({ low: { resolution: `PT${length}H` } }, at);
        const until = compiledUntil ?? 0;
        expect(until === at + 400 * day || elapsedIn(spans, at, until) >= 2 * length * hour).toBe(true);
        expect(spans).toEqual(compileCalendar(mornings, Math.floor(at / day) * day, until));
      }),
    );
  });

  test('are none where no policy matches', () => {
    expect(Object.values(noTerms.targets)).toEqual([{}, {}, {}, {}]);
  });
});

describe('problems', () => {
  test('name the field', () => {
    const targets = { low: { firstReply: 'PT1H' }, high: { nextReply: '1h', resolution: 'PT0S' } };
    const problems = problemsOfPolicy({ targets, warnAt: [0, 0.5, 0.5, 1] });
    expect(problems.map((problem) => problem.path)).toEqual([
      'targets.high.nextReply',
      'targets.high.resolution',
      'warnAt.0',
      'warnAt.2',
      'warnAt.3',
    ]);
  });

  test.each([
    ['P1M', 'has years or months'],
    ['-PT1H', 'is negative'],
    ['2h', 'is not an ISO 8601 duration'],
    ['PT0.999S', 'is too short; right is at least PT1S'],
    ['P366DT1S', 'is too long; right is at most P366D'],
  ])('say why %s is no target', (firstReply, why) => {
    const [problem] = problemsOfPolicy({ targets: { high: { firstReply } } });
    expect(problem?.message).toContain(`"${firstReply}" ${why}`);
  });

  test.each([[[-0.1]], [[1.5]], [[Number.NaN]], [[0.9, 0.75]]])('are told of warnings at %j', (warnAt) => {
    expect(problemsOfPolicy({ warnAt })).toHaveLength(1);
  });

  test('are none in what is right', () => {
    expect(problemsOfPolicy({})).toEqual([]);
    const targets = { low: { firstReply: 'PT1S', resolution: 'P366D' }, urgent: {} };
    expect(problemsOfPolicy({ targets, warnAt: [0.25, 0.99] })).toEqual([]);
  });
});
