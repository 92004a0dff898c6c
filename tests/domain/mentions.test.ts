import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mentionedIn } from '../../domain/mentions.ts';

const people = [
  { id: 'ann', name: 'Ann' },
  { id: 'annb', name: 'Ann Bell' },
  { id: 'ben', name: 'Ben O’Neil' },
  { id: 'zoe', name: 'Zoë' },
  { id: 'twin', name: 'ann bell' },
  { id: 'none', name: ' ' },
];

test.each([
  ['@Ann have a look', ['ann']],
  ['(@ann)', ['ann']],
  ['@Ann Bell and @ben o’neil', ['annb', 'ben', 'twin']],
  ['thanks, @zoe\u0308!', ['zoe']],
  ['@Ann, @Ann', ['ann']],
  ['@Ann Bellamy', ['ann']],
])('%j names %j', (text, named) => {
  expect(mentionedIn(text, people).toSorted()).toEqual(named);
});

test.each(['Ann', '@Anna', 'me@ann', 'x.@Ann', '@@', '@', '@ Ann', '@Be'])('%j names nobody', (text) => {
  expect(mentionedIn(text, people)).toEqual([]);
});

test('whatever stands around it, a name is found, and nobody else', () => {
  const around = fc.constantFrom('', ' ', '\n', ', ', '! ', ' - ', '@', '(');
  fc.assert(
    fc.property(around, around, (before, after) => {
      expect(mentionedIn(`${before.replace('@', '')}@Ben O’Neil${after}`, people)).toEqual(['ben']);
    }),
  );
});
