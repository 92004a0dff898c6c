import { expect, it } from 'vitest';
import type { Ticket } from '../../web/api/types.ts';
import { placeTicket, type TicketPages } from '../../web/live/place-ticket.ts';

function ticket(id: string, fields: Partial<Ticket> = {}): Ticket {
  return {
    id,
    status: 'open',
    priority: 'normal',
    assignee: null,
    team: null,
    nextDueAt: `2026-01-05T09:${id}:00Z`,
    ...fields,
  } as Ticket;
}

/** Two pages of the queue; what the second one's `next` is says whether there is more. */
function list(next: string | null): TicketPages {
  const pages = [
    { data: [ticket('10'), ticket('20')], next: 'b' },
    { data: [ticket('30'), ticket('40')], next },
  ];
  return { pages, pageParams: [undefined, 'b'] };
}

const ids = ({ pages }: TicketPages): string[][] => pages.map(({ data }) => data.map(({ id }) => id));

it.each([
  [
    'before all',
    ticket('05'),
    [
      ['05', '10', '20'],
      ['30', '40'],
    ],
  ],
  [
    'within a page',
    ticket('15'),
    [
      ['10', '15', '20'],
      ['30', '40'],
    ],
  ],
  [
    'at the end',
    ticket('50'),
    [
      ['10', '20'],
      ['30', '40', '50'],
    ],
  ],
  ['moved up', ticket('40', { nextDueAt: '2026-01-05T09:15:00Z' }), [['10', '40', '20'], ['30']]],
  ['owing nothing, last', ticket('20', { nextDueAt: null }), [['10'], ['30', '40', '20']]],
  ['solved, and so gone', ticket('20', { status: 'solved' }), [['10'], ['30', '40']]],
  [
    'solved and never there',
    ticket('25', { status: 'solved' }),
    [
      ['10', '20'],
      ['30', '40'],
    ],
  ],
])('puts a ticket where it belongs: %s', (_, changed, wanted) => {
  expect(ids(placeTicket(list(null), {}, changed))).toEqual(wanted);
});

it('leaves out what lies beyond what has been read', () => {
  expect(ids(placeTicket(list('c'), {}, ticket('50')))).toEqual([
    ['10', '20'],
    ['30', '40'],
  ]);
  expect(ids(placeTicket(list('c'), {}, ticket('20', { nextDueAt: null })))).toEqual([['10'], ['30', '40']]);
});

it('goes by the filter', () => {
  const of = (filter: Parameters<typeof placeTicket>[1], changed: Ticket) =>
    ids(placeTicket(list(null), filter, changed));
  expect(of({ assignee: 'usr_1' }, ticket('15')).flat()).not.toContain('15');
  expect(of({ assignee: 'none' }, ticket('15')).flat()).toContain('15');
  expect(of({ team: 'tea_1' }, ticket('15', { team: 'tea_1' })).flat()).toContain('15');
  expect(of({ status: 'solved' }, ticket('15', { status: 'solved' })).flat()).toContain('15');
  expect(of({ priority: 'high,urgent' }, ticket('15')).flat()).not.toContain('15');
  const known = ticket('15', { level: 2, channel: 'chat', tags: ['vip'] });
  expect(of({ level: 2, channel: 'chat', tag: 'vip' }, known).flat()).toContain('15');
  for (const other of [{ level: 1 }, { channel: 'api' }, { tag: 'vi' }]) {
    expect(of(other, known).flat()).not.toContain('15');
  }
  expect(of({ dueBefore: '2026-01-05T09:15:01Z' }, known).flat()).toContain('15');
  expect(of({ dueBefore: '2026-01-05T09:15:00Z' }, known).flat()).not.toContain('15');
  expect(of({ dueBefore: '2027-01-01T00:00:00Z' }, ticket('15', { nextDueAt: null })).flat()).not.toContain('15');
});

it('leaves to the server what a search finds, and where', () => {
  const changed = ticket('20', { status: 'solved' });
  expect(ids(placeTicket(list(null), { q: 'x' }, changed))).toEqual(ids(list(null)));
  expect(placeTicket(list(null), { q: 'x' }, changed).pages[0]?.data[1]?.status).toBe('solved');
  expect(ids(placeTicket(list(null), { q: 'x' }, ticket('15')))).toEqual(ids(list(null)));
});
