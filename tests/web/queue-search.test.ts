import { expect, it } from 'vitest';
import { filterOf, queueSearch, sameSearch } from '../../web/queue/search.ts';

it('takes from an address what is a filter, and leaves the rest', () => {
  const address = { status: 'new', level: 2, channel: ' ', due: 'PT2H', sort: 'x', tag: 'vip', q: 123 };
  expect(queueSearch(address)).toEqual({ status: 'new', level: 2, tag: 'vip', q: '123' });
  expect(queueSearch({ due: 'PT0S', assignee: 'me' })).toEqual({ due: 'PT0S', assignee: 'me' });
  expect(queueSearch({ due: 'toString', level: 4 })).toEqual({});
});

it('asks for what is due by an instant, of whoever looks', () => {
  const now = Date.parse('2026-01-05T09:00:00Z');
  expect(filterOf({ due: 'PT4H', assignee: 'me', team: 'none' }, 'usr_1', now)).toEqual({
    assignee: 'usr_1',
    team: 'none',
    dueBefore: '2026-01-05T13:00:00.000Z',
  });
  expect(filterOf({ due: 'PT0S' }, 'usr_1', now)).toEqual({ dueBefore: '2026-01-05T09:00:00.000Z' });
});

it('knows the same question again, however it was put', () => {
  expect(sameSearch({ team: 'a', q: 'x' }, { q: 'x', team: 'a' })).toBe(true);
  expect(sameSearch({}, { due: 'PT1H' })).toBe(false);
  expect(sameSearch({ level: 1 }, { level: 2 })).toBe(false);
});
