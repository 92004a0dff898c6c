import { expect, it } from 'vitest';
import { triggerAt } from '../../web/ticket/trigger.ts';

/** The caret is where `|` stands. */
function at(text: string, signs: Parameters<typeof triggerAt>[2] = ['/', '@']) {
  const caret = text.indexOf('|');
  return triggerAt(text.replace('|', ''), caret, signs);
}

it.each([
  ['/|', { sign: '/', start: 0, query: '' }],
  ['Hello\n/than|', { sign: '/', start: 6, query: 'than' }],
  ['see /thank you| and more', { sign: '/', start: 4, query: 'thank you' }],
  ['@|', { sign: '@', start: 0, query: '' }],
  ['(@Ann B|)', { sign: '@', start: 1, query: 'Ann B' }],
  ['a\n@ж|', { sign: '@', start: 2, query: 'ж' }],
])('a list is asked for: %j', (text, trigger) => {
  expect(at(text)).toEqual(trigger);
});

it.each([
  'and/or|',
  'https://a|',
  '1 / 2|',
  '/var/log|',
  '</p|',
  '/a\nb|',
  'ann@example|',
  'a.@b|',
  '@ x|',
  'nothing|',
  '|/',
])('none is: %j', (text) => {
  expect(at(text)).toBeNull();
});

it('only behind the signs that mean something here', () => {
  expect(at('/a|', ['@'])).toBeNull();
  expect(at('@a|', ['/'])).toBeNull();
});
