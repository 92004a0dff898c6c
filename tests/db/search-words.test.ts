import { expect, test } from 'vitest';
import { recordBatches } from '../../db/record.ts';
import { listTickets, type TicketFilter } from '../../db/tickets.ts';
import { customerMessage, hour, reply, start } from '../domain/ticket-fixtures.ts';
import { testDatabase } from './database.ts';
import { ticketHistory } from './histories.ts';

const desk = testDatabase();

async function find(q: string, more: Partial<TicketFilter> = {}): Promise<string[]> {
  const { rows } = await listTickets(desk.database.db, { q, limit: 100, ...more });
  return rows.map(({ id }) => id);
}

async function record(...args: Parameters<typeof ticketHistory>): Promise<void> {
  await recordBatches(desk.database.pool, ticketHistory(...args).batches);
}

const saying = (...bodies: string[]) =>
  bodies.map((body, i) => ({
    bare: i % 2 === 0 ? reply(`m${i}`, { body }) : customerMessage(`m${i}`, { body }),
    wait: hour,
  }));

test('a ticket is found by its subject, its people, its id and every message', async () => {
  await record('K7Q29MZP4WTX', saying('Have you tried turning it off?', 'Ja: «Größe» geändert, см. отчёт-2026'), {
    subject: 'Printer on fire',
    requester: { email: 'kim.lee+desk@mail.example.com', name: 'Kim Lee' },
  });
  await record('AAAAAAAAAAAA', [], { subject: 'Another' });
  for (const q of [
    ...['printer', 'FIRE', 'kim lee', 'turning', 'größe', 'отчёт', 'printer turning geändert'],
    ...['K7Q29MZP4WTX', 'k7q2-9mzp-4wtx', 'kim.lee+desk@mail.example.com', 'mail.example.com', 'lee desk'],
    ...['"turning it off"', 'printer -water', 'water or fire'],
  ]) {
    expect([q, await find(q)]).toEqual([q, ['K7Q29MZP4WTX']]);
  }
  for (const q of ['water', '"off turning"', 'printer -fire', 'printers', '...', '"', "it's \\ : & | ! ( <-> :*"]) {
    expect([q, await find(q)]).toEqual([q, []]);
  }
});

test('a tag is matched whole; its words are found by a search, and text is no tag', async () => {
  await record('T1', [], { tags: ['Needs Invoice'] });
  await record('T2', saying('tag:Needs Invoice'), {});
  expect(await find('invoice')).toEqual(['T2', 'T1']);
  expect(await find('invoice', { tag: 'Needs Invoice' })).toEqual(['T1']);
  expect((await listTickets(desk.database.db, { tag: 'needs invoice', limit: 10 })).rows).toEqual([]);
});

test('conditions and pages hold in a search, and the latest come first', async () => {
  const at = (i: number) => ({ receivedAt: start + i * hour, assignee: i % 2 === 0 ? 'usr_ann' : null });
  for (let i = 0; i < 9; i++) await record(`T${i}`, i < 3 ? [{ bare: { type: 'solve' }, wait: hour }] : [], at(i));
  expect(await find('printer')).toEqual(['T8', 'T7', 'T6', 'T5', 'T4', 'T3']);
  expect(await find('printer', { assignee: 'usr_ann', status: ['new', 'solved'] })).toEqual([
    'T8',
    'T6',
    'T4',
    'T2',
    'T0',
  ]);
  const filter = { q: 'printer', limit: 2, sort: { by: 'createdAt', descending: false } } as const;
  const first = await listTickets(desk.database.db, filter);
  const second = await listTickets(desk.database.db, { ...filter, cursor: first.next ?? '' });
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(['T3', 'T4', 'T5', 'T6']);
});

test('words beyond the window of the latest tickets are found', async () => {
  const { pool } = desk.database;
  await record('OLD', saying('a needle, and a thread'), {});
  await pool.query(`
    insert into tickets select r.* from tickets t, generate_series(1, 2500) i,
      jsonb_populate_record(t, jsonb_build_object('id', 'N' || i, 'created_at', t.created_at + i * interval '1 hour')) r`);
  await pool.query(`
    insert into ticket_search
    select id, created_at, to_tsvector('simple', case when id in ('N7', 'N2400') then 'needle' else 'hay' end)
    from tickets where id <> 'OLD'`);
  expect(await find('needle')).toEqual(['N2400', 'N7', 'OLD']);
  expect(await find('needle', { limit: 1 })).toEqual(['N2400']);
  expect(await find('thread')).toEqual(['OLD']);
  expect(await find('hay', { limit: 3 })).toEqual(['N2500', 'N2499', 'N2498']);
});

test('a long life of long messages is recorded, and found by what was said first', async () => {
  const distinct = (from: number) =>
    Array.from({ length: 5000 }, (_, i) => `word${(from * 5000 + i).toString(36)}`).join(' ');
  const bodies = Array.from({ length: 30 }, (_, i) => `begin${i} ${distinct(i)} end${i}`);
  await record('T1', saying(...bodies), {
    subject: 'x'.repeat(5000),
    tags: Array.from({ length: 50 }, (_, i) => `${i}`.repeat(50)),
  });
  expect(await find('begin0')).toEqual(['T1']);
  expect(await find('begin8')).toEqual(['T1']);
  expect(await find('end0')).toEqual([]);
  expect(await find('begin29')).toEqual([]);
});

test.each([
  ['single letters', Array.from({ length: 10_000 }, (_, i) => String.fromCodePoint(0x4e00 + (i % 20_000))).join(' ')],
  ['addresses', Array.from({ length: 1200 }, (_, i) => `http://h${i}.example/p${i}`).join(' ')],
  ['hyphens', Array.from({ length: 4000 }, (_, i) => `a${i}-b${i}`).join(' ')],
  [
    'letters of four bytes',
    Array.from({ length: 6600 }, (_, i) => String.fromCodePoint(0x20000 + i) + String.fromCodePoint(0x20001 + i)).join(
      ' ',
    ),
  ],
])('no text makes the words too many: %s', async (_, text) => {
  await record('T1', saying(...Array.from({ length: 16 }, (_, i) => `${text.slice(0, 19_000)} n${i}`)), {});
  expect(await find('printer')).toEqual(['T1']);
});
