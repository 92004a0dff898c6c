import type { InfiniteData } from '@tanstack/react-query';
import type { TicketFilter } from '../api/tickets.ts';
import type { Page, Ticket } from '../api/types.ts';

export type TicketPages = InfiniteData<Page<Ticket>, string | undefined>;

/**
 * The list with the ticket where it belongs now, or without it: a change of one ticket among thousands costs one small
 * request, however much of the list has been read.
 */
export function placeTicket(list: TicketPages, filter: TicketFilter, ticket: Ticket): TicketPages {
  const known = list.pages.some((page) => page.data.some(({ id }) => id === ticket.id));
  // Only the server knows what a search finds, and where.
  if (filter.q !== undefined) return known ? mapPages(list, (row) => (row.id === ticket.id ? ticket : row)) : list;
  const without = known
    ? { ...list, pages: list.pages.map((page) => ({ ...page, data: page.data.filter(({ id }) => id !== ticket.id) })) }
    : list;
  if (!belongs(ticket, filter)) return without;
  const pages = [...without.pages];
  for (const [i, page] of pages.entries()) {
    const place = page.data.findIndex((row) => comesBefore(ticket, row));
    const isLast = i === pages.length - 1;
    if (place === -1 && !(isLast && page.next === null)) continue;
    const at = place === -1 ? page.data.length : place;
    pages[i] = { ...page, data: page.data.toSpliced(at, 0, ticket) };
    return { ...without, pages };
  }
  // It is beyond what has been read.
  return without;
}

function mapPages(list: TicketPages, change: (ticket: Ticket) => Ticket): TicketPages {
  return { ...list, pages: list.pages.map((page) => ({ ...page, data: page.data.map(change) })) };
}

function belongs(ticket: Ticket, filter: TicketFilter): boolean {
  const { status, priority, assignee, team, level, channel, tag, dueBefore } = filter;
  const statuses = status?.split(',');
  if (statuses === undefined && (ticket.status === 'solved' || ticket.status === 'closed')) return false;
  if (statuses !== undefined && !statuses.includes(ticket.status)) return false;
  if (priority !== undefined && !priority.split(',').includes(ticket.priority)) return false;
  if (level !== undefined && ticket.level !== level) return false;
  if (channel !== undefined && ticket.channel !== channel) return false;
  if (tag !== undefined && !ticket.tags.includes(tag)) return false;
  if (dueBefore !== undefined && dueOrNever(ticket) >= Date.parse(dueBefore)) return false;
  if (filter.merged !== undefined && (ticket.mergedInto !== null) !== (filter.merged === 'true')) return false;
  if (filter.reopened !== undefined && ticket.reopenCount > 0 !== (filter.reopened === 'true')) return false;
  if (filter.unsolvedAt !== undefined && !wasUnsolved(ticket, filter.unsolvedAt)) return false;
  if (!isWithin(ticket.createdAt, filter.createdAfter, filter.createdBefore)) return false;
  if (!isWithin(ticket.firstRepliedAt, filter.firstRepliedAfter, filter.firstRepliedBefore)) return false;
  if (!isWithin(ticket.solvedAt, filter.solvedAfter, filter.solvedBefore)) return false;
  return isOrNone(ticket.assignee, assignee) && isOrNone(ticket.team, team);
}

function wasUnsolved({ createdAt, solvedAt }: Ticket, at: string): boolean {
  return Date.parse(createdAt) < Date.parse(at) && (solvedAt === null || Date.parse(solvedAt) >= Date.parse(at));
}

/** At or after the one, before the other; what has not happened is neither. */
function isWithin(at: string | null, after: string | undefined, before: string | undefined): boolean {
  if (after === undefined && before === undefined) return true;
  if (at === null || (after !== undefined && Date.parse(at) < Date.parse(after))) return false;
  return before === undefined || Date.parse(at) < Date.parse(before);
}

function isOrNone(value: string | null, wanted: string | undefined): boolean {
  return wanted === undefined || value === (wanted === 'none' ? null : wanted);
}

/** The order of the queue: next due first, those that owe nothing last, and by id among equals. */
function comesBefore(a: Ticket, b: Ticket): boolean {
  const [dueA, dueB] = [dueOrNever(a), dueOrNever(b)];
  return dueA === dueB ? a.id < b.id : dueA < dueB;
}

function dueOrNever({ nextDueAt }: Ticket): number {
  return nextDueAt === null ? Infinity : Date.parse(nextDueAt);
}
