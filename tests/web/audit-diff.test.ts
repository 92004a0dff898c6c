import { describe, expect, it } from 'vitest';
import { linesOf } from '../../web/admin/audit/diff.ts';

describe('a change is said by', () => {
  const cases: [what: string, from: unknown, to: unknown, lines: object[]][] = [
    ['what was and what is', 'trainee', 'agent', [{ path: 'f', from: 'trainee', to: 'agent' }]],
    ['what came into a list and what left it', ['a', 'b'], ['b', 'c'], [{ path: 'f', removed: ['a'], added: ['c'] }]],
    [
      'both orders of a list that has the same in another',
      ['a', 'b'],
      ['b', 'a'],
      [{ path: 'f', from: ['a', 'b'], to: ['b', 'a'] }],
    ],
    ['how often something is in a list', ['a'], ['a', 'a'], [{ path: 'f', removed: [], added: ['a'] }]],
    [
      'the part that differs',
      { from: '22:00', to: '07:00' },
      { from: '23:00', to: '07:00' },
      [{ path: 'f.from', from: '22:00', to: '23:00' }],
    ],
    [
      'the part of the one of a list that was edited',
      [{ a: 1 }, { a: 2, b: 3 }],
      [{ a: 1 }, { a: 2, b: 4 }],
      [{ path: 'f.2.b', from: 3, to: 4 }],
    ],
    [
      'the whole where there was nothing',
      null,
      { rule: 'on-duty' },
      [{ path: 'f', from: null, to: { rule: 'on-duty' } }],
    ],
  ];
  it.each(cases)('%s', (_what, from, to, lines) => {
    expect(linesOf([{ field: 'f', from, to }])).toEqual(lines);
  });

  it('one side alone where a thing is new, or gone', () => {
    expect(linesOf([{ field: 'f', to: ['a'] }])).toEqual([{ path: 'f', to: ['a'] }]);
    expect(linesOf([{ field: 'f', from: 'x' }])).toEqual([{ path: 'f', from: 'x' }]);
  });
});
