import { beforeEach, describe, expect, test } from 'vitest';
import { InvalidCursor } from '../../db/cursor.ts';
import { listRatings, satisfactionSince, type RatingFilter } from '../../db/ratings.ts';
import { recordBatches } from '../../db/record.ts';
import { rowOf } from '../../domain/ticket-process.ts';
import { ratings, system } from '../../domain/ticket.ts';
import { hour, newTicket, start } from '../domain/ticket-fixtures.ts';
import { testDatabase } from './database.ts';

const desk = testDatabase();
const template = rowOf(newTicket());

/** Twenty tickets, of which every fourth is not rated; two at a time were rated at the same instant. */
const rows = Array.from({ length: 20 }, (_, i) => ({
  ...template,
  id: `T${String((i * 7) % 20).padStart(2, '0')}`,
  team: i % 3 === 0 ? null : `team_${i % 3}`,
  assignee: i % 2 === 0 ? null : 'usr_ann',
  ...(i % 4 !== 0 && {
    rating: ratings[i % 5 === 0 ? 1 : 0] ?? null,
    ratingComment: i % 2 === 0 ? `comment ${i}` : null,
    ratedAt: start + Math.floor(i / 2) * hour,
  }),
}));
const rated = rows
  .filter((row) => row.ratedAt !== null)
  .toSorted((a, b) => Number(b.ratedAt) - Number(a.ratedAt) || (a.id < b.id ? 1 : -1));

beforeEach(() =>
  recordBatches(
    desk.database.pool,
    rows.map((ticket) => ({
      stream: `ticket/${ticket.id}`,
      ticket: ticket.id,
      events: [
        { seq: 1, type: 'ticket.created', at: start, actor: system, cause: 'test', data: {}, changes: { ticket } },
      ],
    })),
  ),
);

async function list(filter: Omit<RatingFilter, 'limit' | 'cursor'> = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listRatings(desk.database.db, { ...filter, limit: 4, ...(cursor !== undefined && { cursor }) });
    ids.push(...page.rows.map((row) => row.ticket));
    cursor = page.next;
  }
  return ids;
}

describe('ratings', () => {
  const idsOf = (list: readonly { id: string }[]) => list.map((row) => row.id);

  test('are listed with the latest first, page by page, each once', async () => {
    expect(await list()).toEqual(idsOf(rated));
    const { rows: first } = await listRatings(desk.database.db, { limit: 1 });
    const { id: ticket, ratingComment: comment, ratedAt, subject, team, assignee, rating } = rated[0] ?? template;
    expect(first).toEqual([{ ticket, comment, ratedAt, subject, team, assignee, rating }]);
  });

  test('are chosen by what they say, whose they are, and when they were given', async () => {
    expect(await list({ rating: 'bad' })).toEqual(idsOf(rated.filter((row) => row.rating === 'bad')));
    expect(await list({ assignee: 'usr_ann' })).toEqual(idsOf(rated.filter((row) => row.assignee === 'usr_ann')));
    expect(await list({ team: 'team_1' })).toEqual(idsOf(rated.filter((row) => row.team === 'team_1')));
    const [from, to] = [start + 3 * hour, start + 6 * hour];
    expect(await list({ from, to })).toEqual(
      idsOf(rated.filter((row) => Number(row.ratedAt) >= from && Number(row.ratedAt) < to)),
    );
  });

  test('of a month are counted from its first instant on', async () => {
    const since = start + 5 * hour;
    const ofMonth = rated.filter((row) => Number(row.ratedAt) >= since);
    const good = ofMonth.filter((row) => row.rating === 'good').length;
    expect(good).toBeLessThan(ofMonth.length);
    expect(await satisfactionSince(desk.database.db, since)).toEqual({ good, rated: ofMonth.length });
    expect(await satisfactionSince(desk.database.db, start + 99 * hour)).toEqual({ good: 0, rated: 0 });
  });

  test('take no cursor of another list', async () => {
    const cursor = Buffer.from('["incidents","2026-01-05T09:00:00.000Z","T01"]').toString('base64url');
    await expect(listRatings(desk.database.db, { limit: 4, cursor })).rejects.toThrow(InvalidCursor);
  });
});
