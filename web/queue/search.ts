import type { TicketFilter } from '../api/tickets.ts';

/** The queue's filters as its address has them. */
export interface QueueSearch {
  readonly status?: string;
  readonly priority?: string;
  /** A user's id, `me` or `none`. */
  readonly assignee?: string;
  /** A team's id or `none`. */
  readonly team?: string;
  readonly q?: string;
}

const names = ['status', 'priority', 'assignee', 'team', 'q'] as const;

/** Whatever an address says that is no filter is left out. */
export function queueSearch(search: Record<string, unknown>): QueueSearch {
  const given = names.flatMap((name) => {
    const value = search[name];
    // The router reads `q=123` as a number.
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && text.trim() !== '' ? [[name, text] as const] : [];
  });
  return Object.fromEntries(given);
}

export function filterOf(search: QueueSearch, me: string): TicketFilter {
  return search.assignee === 'me' ? { ...search, assignee: me } : search;
}
