import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { eventPatterns, eventTypes as all, matches } from '../../domain/event-types.ts';
import { chosen, eventGroups, eventTypes } from '../../web/admin/webhooks/event-types.ts';

describe('the events of a webhook', () => {
  it('are those that there are, in their groups', () => {
    expect(eventGroups.flatMap((group) => eventTypes[group])).toEqual(all);
    for (const group of eventGroups) expect(eventTypes[group].every((type) => type.startsWith(`${group}.`))).toBe(true);
  });

  test('are the same as chosen, said with as little as that takes', () => {
    fc.assert(
      fc.property(fc.subarray([...eventPatterns]), (patterns) => {
        const said = chosen(new Set(patterns));
        for (const type of all) expect(matches(said, type)).toBe(matches(patterns, type));
        for (const one of said) {
          const others = said.filter((other) => other !== one);
          expect(all.every((type) => matches(others, type) === matches(said, type))).toBe(false);
        }
      }),
    );
  });
});
