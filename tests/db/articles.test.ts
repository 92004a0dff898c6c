import { beforeEach, describe, expect, test } from 'vitest';
import { type ArticleFields, insertArticle, questionOf, suggestArticles, updateArticle } from '../../db/articles.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { recordBatches } from '../../db/record.ts';
import { articles } from '../../db/schema/work.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { system, type Message } from '../../domain/ticket.ts';
import { message, newTicket, start } from '../domain/ticket-fixtures.ts';
import { testDatabase } from './database.ts';

const desk = testDatabase();

const everyday = {
  en: 'You will find this in the settings of your account. If it does not help, please write to us.',
  de: 'Alles ist in den Einstellungen zu finden. Hilft das nicht, schreiben Sie uns bitte.',
};
const known: readonly (readonly [keyof typeof everyday, string, string])[] = [
  ['en', 'Export your orders', 'Orders can be exported as a spreadsheet, for a month or a year.'],
  ['en', 'Change the address on invoices', 'The address of an invoice is that of your company.'],
  ['en', 'Sign in with a code', 'The code comes from an application on your phone, whose clock must be right.'],
  ['en', 'Refunds', 'A refund takes three working days. Orders that were charged twice are refunded by us.'],
  ['en', 'Labels for parcels', 'Labels to countries outside the union need a customs value.'],
  ['en', 'Delete your account', 'Everything is deleted after thirty days, orders and invoices too.'],
  ['de', 'Bestellungen ausführen', 'Bestellungen lassen sich als Tabelle herunterladen.'],
  ['de', 'Rechnungen', 'Die Anschrift auf Rechnungen ist die der Firma.'],
];

async function add(fields: Partial<ArticleFields> & Pick<ArticleFields, 'title'>): Promise<string> {
  const whole = { url: 'https://help.example.com/a', language: 'en', body: '', ...fields } as const;
  return (await changeDesk(desk.database, null, (change) => insertArticle(change, whole))).id;
}

beforeEach(async () => {
  await desk.database.db.delete(articles);
  for (const [language, title, body] of known) await add({ language, title, body: `${body} ${everyday[language]}` });
});

async function titles(text: string, limit = 5, common = 1): Promise<string[]> {
  return (await suggestArticles(desk.database.db, text, { limit, common })).map(({ title }) => title);
}

describe('articles are suggested', () => {
  test.each([
    ['How do I export all orders of a year?\nOur accountant wants a spreadsheet.', 'Export your orders'],
    [
      'Wrong address\nPlease send our invoices again, we have moved. I looked in the settings.',
      'Change the address on invoices',
    ],
    ['Two of our people cannot sign in. They get “wrong code”.', 'Sign in with a code'],
    ['We were charged twice!', 'Refunds'],
    ['No label for a parcel to Norway', 'Labels for parcels'],
    ['Unsere Bestellung als Tabelle?', 'Bestellungen ausführen'],
    ['Falsche Anschrift auf der Rechnung', 'Rechnungen'],
  ])('for %j', async (text, best) => {
    expect((await titles(text))[0]).toBe(best);
  });

  test('not where only everyday words are shared with them all', async () => {
    const found = await titles('Refund, please! I did not find it in the settings of my account.');
    expect(found[0]).toBe('Refunds');
    expect(found).not.toContain('Sign in with a code');
    expect(await titles('of the it is')).toEqual([]);
    expect(await titles('xylophone')).toEqual([]);
    expect(await titles('')).toEqual([]);
  });

  test('by the title before the body, and at most as many as are asked for', async () => {
    await add({ title: 'Everything about gift cards', body: 'A voucher.' });
    await add({ title: 'Vouchers', body: 'A card.' });
    expect(await titles('voucher')).toEqual(['Vouchers', 'Everything about gift cards']);
    expect(await titles('voucher', 1)).toEqual(['Vouchers']);
  });

  test('where enough is in common: a word of the title, or several of the body', async () => {
    const asked = 'Norway pays no customs';
    expect(await titles(asked)).toEqual(['Labels for parcels']);
    expect(await titles(asked, 5, 2)).toEqual([]);
    expect(await titles(`${asked} value`, 5, 2)).toEqual(['Labels for parcels']);
    expect(await titles('Norway has no labels', 5, 2)).toEqual(['Labels for parcels']);
  });

  test('by what they say now', async () => {
    const id = await add({ title: 'Old', body: 'turnips' });
    await changeDesk(desk.database, null, (change) => updateArticle(change, id, { body: 'parsnips' }));
    expect(await titles('a turnip')).toEqual([]);
    expect(await titles('a parsnip')).toEqual(['Old']);
    await changeDesk(desk.database, null, (change) => updateArticle(change, id, { language: 'ru', body: 'репа' }));
    expect(await titles('нет репы')).toEqual(['Old']);
  });

  test.each([
    `it's "odd" \\ & | ! ( ) :* <-> ''`,
    'refund\0refund',
    'refund '.repeat(20_000),
    "\ud800 refund https://example.com/a?b=c&d=%27 <b>refund</b> o'neil@example.com \\'",
    Array.from({ length: 5000 }, (_, i) => `word${i}`).join(' '),
  ])('whatever the text is: %#', async (text) => {
    const found = await titles(text);
    if (text.includes('refund')) expect(found[0]).toBe('Refunds');
    else expect(found).toEqual([]);
  });
});

test('a ticket asks by its subject and what its customer wrote first and last', async () => {
  const ticket = { ...rowOf(newTicket()), subject: 'Refund' };
  const said: readonly Message[] = [
    message('m1', 'customer', { body: 'Where is it?' }),
    message('m2', 'agent', { body: 'From us.' }),
    message('m3', 'customer', { body: 'Between.' }),
    message('m4', 'customer', { body: 'Still nothing.' }),
    message('m5', 'customer', { body: 'Out of office.', automatic: true }),
  ];
  const events = said.map((one, i) => ({
    ...{ seq: i + 1, type: 'message.added', at: start, actor: system, cause: 'test', data: {} },
    changes: { message: one, ...(i === 0 && { ticket }) },
  }));
  await recordBatches(desk.database.pool, [{ stream: `ticket/${ticket.id}`, ticket: ticket.id, events }]);
  expect(await questionOf(desk.database.db, ticket.id)).toBe('Refund\nStill nothing.\nWhere is it?');
  expect(await questionOf(desk.database.db, 'T404')).toBeUndefined();
});
