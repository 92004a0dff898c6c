/** The reports that there are: what each shows, by what it can be split, and where its figures come from. */
import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { agentLoad, answersToPages } from '../db/reports/people.ts';
import { answerTimes, backlog, resolutionTimes, slaAttainment, volume } from '../db/reports/tickets.ts';
import { type Figures, groupings, type Grouping, type Report, type ReportWindow } from '../db/reports/window.ts';
import { sharesOf } from '../domain/fairness.ts';

export type Unit = 'count' | 'seconds' | 'percent' | 'hours';

export interface Column {
  readonly key: string;
  readonly unit: Unit;
}

interface Sources {
  readonly database: Database;
  readonly directory: Directory;
}

export interface ReportKind {
  readonly summary: string;
  readonly columns: readonly Column[];
  /** `people`: one row for each person, whatever is asked for. */
  readonly by: readonly Grouping[] | 'people';
  readonly read: (sources: Sources, window: ReportWindow) => Promise<Report>;
}

const counts = (...keys: readonly string[]): Column[] => keys.map((key) => ({ key, unit: 'count' }));
const spread = (prefix: string): Column[] => [
  { key: `${prefix}Count`, unit: 'count' },
  ...['Median', 'P90', 'Mean'].map((name): Column => ({ key: prefix + name, unit: 'seconds' })),
];
const attainment = (prefix: string): Column[] => [
  { key: `${prefix}Percent`, unit: 'percent' },
  ...counts(`${prefix}Kept`, `${prefix}Decided`),
];

export const reports = {
  volume: {
    summary: 'tickets opened, solved and reopened',
    columns: counts('opened', 'solved', 'reopened'),
    by: groupings,
    read: ({ database: { db } }, window) => volume(db, window),
  },
  'answer-times': {
    summary: 'how long customers waited for the first reply, and for each further one',
    columns: [...spread('firstReply'), ...spread('nextReply')],
    by: groupings,
    read: ({ database: { db } }, window) => answerTimes(db, window),
  },
  'resolution-times': {
    summary: 'how long it took until tickets were solved',
    columns: [...spread('resolution'), ...counts('neverReopened')],
    by: groupings,
    read: ({ database: { db } }, window) => resolutionTimes(db, window),
  },
  sla: {
    summary: 'which part of the promises was kept',
    columns: ['all', 'firstReply', 'nextReply', 'resolution'].flatMap(attainment),
    by: groupings,
    read: ({ database: { db } }, window) => slaAttainment(db, window),
  },
  backlog: {
    summary: 'unsolved tickets at the end of each period',
    columns: counts('unsolved'),
    by: ['period'],
    read: ({ database: { db } }, window) => backlog(db, window),
  },
  load: {
    summary: 'what agents have open now, and what they solved and answered',
    columns: counts('open', 'weight', 'solved', 'replies'),
    by: 'people',
    read: ({ database: { db } }, window) => agentLoad(db, window),
  },
  'on-call': {
    summary: 'hours on duty, nights and weekends among them, pages, and how soon they were acknowledged',
    columns: [
      ...['hours', 'nightHours', 'weekendHours'].map((key): Column => ({ key, unit: 'hours' })),
      ...counts('shifts', 'pages', 'acknowledged'),
      { key: 'acknowledgeMedian', unit: 'seconds' },
    ],
    by: 'people',
    read: onCall,
  },
} as const satisfies Record<string, ReportKind>;

export type ReportName = keyof typeof reports;
export const reportNames = Object.keys(reports) as readonly ReportName[];

const noDuty = { hours: 0, nightHours: 0, weekendHours: 0, shifts: 0 };
const noPages = { pages: 0, acknowledged: 0, acknowledgeMedian: null };

/** Duty of all schedules, as they and their overrides are now; who has two at once carries both. */
async function onCall({ database, directory }: Sources, { from, to, ...window }: ReportWindow): Promise<Report> {
  const duty = new Map<string, typeof noDuty>();
  for (const { id, timeZone } of directory.schedules()) {
    const shares = sharesOf(directory.onCall(id)?.shifts(from, to) ?? [], timeZone);
    for (const { user, hours, nightHours, weekendHours, shifts } of shares) {
      duty.set(user, sum(duty.get(user) ?? noDuty, { hours, nightHours, weekendHours, shifts }));
    }
  }
  const pages = await answersToPages(database.db, { from, to, ...window });
  const groups = new Map<string, Figures>();
  for (const user of new Set([...duty.keys(), ...pages.keys()])) {
    groups.set(user, { ...noDuty, ...noPages, ...duty.get(user), ...pages.get(user) });
  }
  let total = { ...noDuty, pages: 0, acknowledged: 0 };
  for (const one of groups.values()) total = sum(total, one);
  // A median of medians says nothing.
  return { groups, total: { ...total, acknowledgeMedian: null } };
}

function sum<T extends Readonly<Record<string, number>>>(a: T, b: Figures): T {
  return Object.fromEntries(Object.entries(a).map(([key, n]) => [key, n + (b[key] ?? 0)])) as T;
}
