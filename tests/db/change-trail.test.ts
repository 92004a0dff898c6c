import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesBetween } from '../../db/change-trail.ts';

// Fields that are named as secrets are, which is told of below, are not shown.
const value = fc
  .jsonValue({ maxDepth: 2 })
  .filter((json) => !/(?:hash|token|secret|password|key)"/i.test(JSON.stringify(json)));
const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), value, { maxKeys: 5 });

test('what is said of a change leads from what was to what is, and back', () => {
  fc.assert(
    fc.property(fields, fields, (before, after) => {
      const changes = changesBetween(before, after);
      const forth = { ...before, ...Object.fromEntries(changes.map(({ field, to }) => [field, to])) };
      const back = { ...after, ...Object.fromEntries(changes.map(({ field, from }) => [field, from])) };
      for (const field of 'abcde') {
        expect(forth[field] ?? null).toEqual(after[field] ?? null);
        expect(back[field] ?? null).toEqual(before[field] ?? null);
      }
      expect(changesBetween(before, before)).toEqual([]);
    }),
  );
});

const secretNames = ['hash', 'token', 'secret', 'password', 'signingSecret', 'botToken', 'key', 'apiKey'];

test('no secret is said, wherever it stands, and that it was changed is', () => {
  fc.assert(
    fc.property(fc.constantFrom(...secretNames), fc.nat({ max: 3 }), (name, depth) => {
      let [before, after]: unknown[] = [{ [name]: 'hunter-1' }, { [name]: 'hunter-2' }];
      for (let i = 0; i < depth; i++) [before, after] = [{ part: [before] }, { part: [after] }];
      const changes = changesBetween(before as Record<string, unknown>, after as Record<string, unknown>);
      expect(changes).toHaveLength(1);
      expect(JSON.stringify(changes)).not.toContain('hunter');
    }),
  );
});
