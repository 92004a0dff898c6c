import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { wordsQuery } from '../../db/ticket-search.ts';
import { type FreshDatabase, freshDatabase } from '../support/servers.ts';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** Whether a text has the words that `q` asks for. */
async function finds(q: string, text: string): Promise<boolean> {
  const words = wordsQuery({ q }) ?? sql`null`;
  const { rows } = await database.db.execute<{ found: boolean }>(
    sql`select to_tsvector('simple', ${text}) @@ ${words} as found`,
  );
  return rows[0]?.found ?? false;
}

test.each([
  ['printer fire', 'the printer caught fire', true],
  ['printer fire', 'the printer', false],
  ['printer or fire', 'the printer', true],
  ['"caught fire"', 'it caught fire', true],
  ['"caught fire"', 'fire was caught', false],
  ['printer -fire', 'the printer', true],
  ['printer -fire', 'the printer caught fire', false],
  ['-fire', 'the printer', true],
  // A dash between spaces, or a run of them, is no negation.
  ['printer - fire', 'the printer caught fire', true],
  ['printer --- fire', 'the printer caught fire', true],
  ['----- printer', 'the printer', true],
  ['e-mail', 'an e-mail came', true],
  ['kim@example.com', 'from kim@example.com', true],
])('"%s" in "%s": %s', async (q, text, found) => {
  expect(await finds(q, text)).toBe(found);
});

test('nothing that a person can type makes the search fail', async () => {
  const piece = fc.constantFrom(
    '-',
    '--',
    '- ',
    '"',
    '" ',
    ' ',
    'or ',
    'a',
    'é',
    '!',
    '(',
    ')',
    ':*',
    '<->',
    '&',
    '|',
    "'",
    '\\',
  );
  const typed = fc
    .array(piece, { minLength: 1, maxLength: 6 })
    .map((pieces) => pieces.join('').repeat(60).slice(0, 500));
  await fc.assert(
    fc.asyncProperty(typed, async (q) => {
      await finds(q, 'a');
    }),
    { numRuns: 300, examples: [['-'.repeat(500)], ['- '.repeat(250)], ['"'.repeat(500)]] },
  );
});
