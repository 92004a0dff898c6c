import { expect, it } from 'vitest';
import { queueSearch } from '../../web/queue/search.ts';
import { ticketsBehind } from '../../web/reports/drill-down.ts';

const report = { by: 'period', from: '2026-11-04T00:00:00Z', to: '2026-11-20T00:00:00Z' } as const;
const all = 'new,open,pending,on-hold,solved,closed';

it('lists a period as far as the report has it', () => {
  const week = { key: '2026-11-02T00:00:00Z', end: '2026-11-09T00:00:00Z' };
  expect(ticketsBehind('volume', 'opened', report, { priority: 'high' }, week)).toEqual({
    handedIn: '2026-11-04T00:00:00Z/2026-11-09T00:00:00Z',
    status: all,
    priority: 'high',
  });
  const last = { key: '2026-11-16T00:00:00Z', end: '2026-11-23T00:00:00Z' };
  expect(ticketsBehind('volume', 'solved', report, {}, last)).toMatchObject({
    solved: '2026-11-16T00:00:00Z/2026-11-20T00:00:00Z',
  });
});

it('lists what all rows have, what one row has, and what somebody has now', () => {
  const span = `${report.from}/${report.to}`;
  const search = ticketsBehind('answer-times', 'firstReplyCount', report, { team: 'none' });
  expect(search).toEqual({ firstReplied: span, status: all, team: 'none' });
  // The queue takes what it is given.
  expect(queueSearch({ ...search })).toEqual(search);
  const byTeam = { ...report, by: 'team' } as const;
  expect(ticketsBehind('resolution-times', 'resolutionCount', byTeam, {}, { key: 'tem_1', end: null })).toEqual({
    solved: span,
    status: all,
    team: 'tem_1',
  });
  const byPerson = { ...report, by: 'person' } as const;
  expect(ticketsBehind('load', 'open', byPerson, {}, { key: 'usr_1', end: null })).toEqual({ assignee: 'usr_1' });
});

it('lists what was unsolved when a period ended, and what was never reopened', () => {
  const week = { key: '2026-11-09T00:00:00Z', end: '2026-11-16T00:00:00Z' };
  const unsolved = ticketsBehind('backlog', 'unsolved', report, { team: 'tem_1' }, week);
  expect(unsolved).toEqual({ unsolved: week.end, status: all, team: 'tem_1' });
  expect(queueSearch({ ...unsolved })).toEqual(unsolved);
  expect(ticketsBehind('backlog', 'unsolved', report, {})).toMatchObject({ unsolved: report.to });
  const never = ticketsBehind('resolution-times', 'neverReopened', report, {});
  expect(never).toEqual({ solved: `${report.from}/${report.to}`, status: all, reopened: 'false' });
  // The router reads `false` as more than a word.
  expect(queueSearch({ ...never, reopened: false })).toEqual(never);
});

it('leads nowhere from what counts no tickets', () => {
  expect(ticketsBehind('volume', 'reopened', report, {})).toBeUndefined();
  expect(ticketsBehind('answer-times', 'firstReplyMedian', report, {})).toBeUndefined();
});

it.each(['', 'yesterday', '2026-11-04T00:00:00Z', 'a/b', '2026-11-04T00:00:00Z/2026-11-05T00:00:00Z/x'])(
  'an address that says %j is no span of time',
  (handedIn) => {
    expect(queueSearch({ handedIn })).toEqual({});
  },
);
