import type { ReportJson } from '../api/types.ts';
import type { QueueSearch } from '../queue/search.ts';
import { statuses } from '../ui/choices.ts';
import type { KindName } from './kinds.ts';
import type { ReportSearch } from './search.ts';

type Moment = 'handedIn' | 'firstReplied' | 'solved' | 'unsolved';

/** Figures that count tickets, and by which of their moments; null: the tickets as they are now. */
const counted: Readonly<Partial<Record<`${KindName}.${string}`, Moment | null>>> = {
  'volume.opened': 'handedIn',
  'volume.solved': 'solved',
  'answer-times.firstReplyCount': 'firstReplied',
  'resolution-times.resolutionCount': 'solved',
  'resolution-times.neverReopened': 'solved',
  'backlog.unsolved': 'unsolved',
  'load.open': null,
  'load.solved': 'solved',
};

/**
 * The queue's filters that list exactly the tickets which a figure has counted; undefined for a figure that counts no
 * tickets. Without a row it is about all together.
 */
export function ticketsBehind(
  name: KindName,
  column: string,
  { by, from, to }: Pick<ReportJson, 'by' | 'from' | 'to'>,
  { team, priority }: Pick<ReportSearch, 'team' | 'priority'>,
  row?: Pick<ReportJson['rows'][number], 'key' | 'end'>,
): QueueSearch | undefined {
  const moment = counted[`${name}.${column}`];
  if (moment === undefined) return undefined;
  const [start, end] =
    row !== undefined && by === 'period' ? [latest(row.key, from), earliest(row.end ?? to, to)] : [from, to];
  return {
    ...(team !== undefined && { team }),
    ...(priority !== undefined && { priority }),
    ...(moment !== null && {
      [moment]: moment === 'unsolved' ? end : `${start}/${end}`,
      status: statuses.join(','),
    }),
    ...(column === 'neverReopened' && { reopened: 'false' as const }),
    ...(row !== undefined && by !== 'period' && { [by === 'person' ? 'assignee' : by]: row.key }),
  };
}

const latest = (a: string, b: string): string => (Date.parse(a) > Date.parse(b) ? a : b);
const earliest = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? a : b);
