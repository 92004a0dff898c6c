import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillIn, placeholders, problemsOfMacro } from '../../domain/macro.ts';

const values = Object.fromEntries(placeholders.map((name) => [name, `<${name}>`])) as Parameters<typeof fillIn>[1];

test('placeholders are filled in, with or without spaces, wherever they stand', () => {
  expect(fillIn('Hello {{ticket.requester.name}}: {{ ticket.id }}{{agent.name}}', values)).toBe(
    'Hello <ticket.requester.name>: <ticket.id><agent.name>',
  );
});

test.each([
  ['Hello {{name}}', ['name']],
  ['{{ticket.id}} {{ticket.secret}} {{ ticket.secret }} {{}}', ['ticket.secret', '']],
  ['{{toString}}', ['toString']],
])('what is not known is refused, once each: %s', (body, names) => {
  const problems = problemsOfMacro({ body });
  expect(problems.map(({ path }) => path)).toEqual(names.map(() => 'body'));
  for (const [i, name] of names.entries()) expect(problems[i]?.message).toContain(`{{${name}}} is not known`);
});

test.each(['', '{ticket.id}', 'a {{ b', '}} {{', 'price: {5}'])('other braces are text: %j', (body) => {
  expect(problemsOfMacro({ body })).toEqual([]);
  expect(fillIn(body, values)).toBe(body);
});

test('a value is never taken for a placeholder or a pattern, whatever a customer calls themselves', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('{{agent.email}}', '$&', '$1', '{{', '}}')), (name) => {
      const filled = fillIn('a{{ticket.requester.name}}b{{ticket.id}}', { ...values, 'ticket.requester.name': name });
      expect(filled).toBe(`a${name}b<ticket.id>`);
    }),
  );
});
