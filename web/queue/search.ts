import type { TicketFilter } from '../api/tickets.ts';

/** How soon a ticket is due at the latest, as addresses and views say it; `PT0S`: it is overdue. */
const dueMs = { PT0S: 0, PT1H: 3_600_000, PT4H: 4 * 3_600_000, P1D: 24 * 3_600_000 } as const;
export type Due = keyof typeof dueMs;
const levels = [1, 2, 3] as const;
export type Level = (typeof levels)[number];
export const dueChoices = Object.keys(dueMs) as Due[];

/** The queue's filters as its address has them. */
export interface QueueSearch {
  readonly status?: string;
  readonly priority?: string;
  /** A user's id, `me` or `none`. */
  readonly assignee?: string;
  /** A team's id or `none`. */
  readonly team?: string;
  readonly level?: Level;
  readonly channel?: string;
  readonly tag?: string;
  readonly due?: Due;
  readonly q?: string;
  /** Spans of time as ISO 8601 has them, `from/to`, in which it was handed in, first answered, or solved last. */
  readonly handedIn?: string;
  readonly firstReplied?: string;
  readonly solved?: string;
  /** An instant at which it was handed in and not solved. */
  readonly unsolved?: string;
  readonly reopened?: 'true' | 'false';
}

export const spanNames = ['handedIn', 'firstReplied', 'solved'] as const;
const instantNames = { handedIn: 'created', firstReplied: 'firstReplied', solved: 'solved' } as const;

/** What reports ask for, and people only take away. */
export const askedByReports = [...spanNames, 'unsolved', 'reopened'] as const;

const names = [
  'status',
  'priority',
  'assignee',
  'team',
  'level',
  'channel',
  'tag',
  'due',
  'q',
  ...askedByReports,
] as const;

/** Whatever an address says that is no filter is left out. */
export function queueSearch(search: Record<string, unknown>): QueueSearch {
  const given = names.flatMap((name): [string, unknown][] => {
    const value = search[name];
    if (name === 'level') return levels.some((level) => level === value) ? [[name, value]] : [];
    // The router reads `q=123` as a number.
    const text = typeof value === 'number' ? String(value) : value;
    if (spanNames.some((span) => span === name) && spanIn(String(text)) === undefined) return [];
    if (name === 'unsolved' && Number.isNaN(Date.parse(String(text)))) return [];
    // The router reads these words, too.
    if (name === 'reopened') return /^(?:true|false)$/.test(String(value)) ? [[name, String(value)]] : [];
    if (name === 'due' && !Object.hasOwn(dueMs, String(text))) return [];
    return typeof text === 'string' && text.trim() !== '' ? [[name, text]] : [];
  });
  return Object.fromEntries(given);
}

/** The ends of a span of time; undefined where a text is none. */
export function spanIn(text: string): readonly [from: string, to: string] | undefined {
  const [from = '', to = '', ...more] = text.split('/');
  return more.length > 0 || Number.isNaN(Date.parse(from)) || Number.isNaN(Date.parse(to)) ? undefined : [from, to];
}

/** What is asked for at an instant by somebody. */
export function filterOf(
  { due, handedIn, firstReplied, solved, unsolved, ...search }: QueueSearch,
  me: string,
  now: number,
): TicketFilter {
  const spans = Object.entries({ handedIn, firstReplied, solved }).flatMap(([name, text]) => {
    const [from, to] = (text === undefined ? undefined : spanIn(text)) ?? [];
    const instant = instantNames[name as keyof typeof instantNames];
    return from === undefined ? [] : [[`${instant}After`, from] as const, [`${instant}Before`, to] as const];
  });
  return {
    ...search,
    ...(search.assignee === 'me' && { assignee: me }),
    ...Object.fromEntries(spans),
    ...(unsolved !== undefined && { unsolvedAt: unsolved }),
    // As reports count them, one that was merged into another is none of its own.
    ...((spans.length > 0 || unsolved !== undefined) && { merged: 'false' as const }),
    ...(due !== undefined && { dueBefore: new Date(now + dueMs[due]).toISOString() }),
  };
}

/** Filters to be set; nothing is said by the empty text. */
export type FilterChange = { readonly [Name in keyof QueueSearch]: Exclude<QueueSearch[Name], undefined> | '' };

/** Whether two addresses ask for the same. */
export function sameSearch(a: QueueSearch, b: QueueSearch): boolean {
  return names.every((name) => a[name] === b[name]);
}
