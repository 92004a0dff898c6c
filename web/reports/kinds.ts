/** The reports, in the order in which they are offered; others get a place here as there is more to tell of. */
export const kinds = {
  volume: { charted: ['opened', 'solved', 'reopened'], splits: true },
  'answer-times': { charted: ['firstReplyMedian', 'nextReplyMedian'], splits: true },
  'resolution-times': { charted: ['resolutionMedian', 'resolutionP90'], splits: true },
  sla: { charted: ['allPercent'], splits: true },
  backlog: { charted: ['unsolved'], splits: false },
  load: { charted: ['weight'], splits: false },
  'on-call': { charted: ['hours'], splits: false },
} as const;

export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];
export const isKind = (name: string): name is KindName => Object.hasOwn(kinds, name);

export const splits = ['period', 'priority', 'team', 'channel', 'assignee'] as const;
export type Split = (typeof splits)[number];
