/** What a calendar would make of a window of time or of a budget, before it is saved: `POST /v1/calendars/preview`. */

import { type Calendar, type OpenHours, problemsOfCalendar, readCalendar } from './calendar.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { FieldProblems } from './field-problem.ts';
import { endOfInstants, formatInstant, noInstant, parseInstant } from './instant.ts';
import { clip, elapsedIn, instantAfter, intersect, type Span, subtract } from './spans.ts';
import { dayLength } from './wall-clock.ts';

/** Both RFC 3339, with any offset. */
export interface Interval {
  readonly start: string;
  readonly end: string;
}

interface Question {
  readonly calendar: Calendar;
  /** Time that does not count, in any order; where pauses overlap, it is left out once. */
  readonly pauses?: readonly Interval[];
}

/** How much is open between two instants, at most 400 days apart. */
export interface WindowQuestion extends Question {
  readonly from: string;
  readonly to: string;
}

/** When a budget, an ISO 8601 duration of open time, is used up. */
export interface BudgetQuestion extends Question {
  readonly start: string;
  readonly budget: string;
}

/** `spans` is when the calendar is open; `elapsed` what of it no pause covers, in seconds rounded down. */
export interface WindowAnswer {
  readonly spans: Interval[];
  readonly elapsed: string;
}

/** Null where the calendar never opens for long enough. */
export interface BudgetAnswer {
  readonly dueAt: string | null;
}

/** Any fields of both questions, as they come from outside; `previewCalendar` sees to it that they make one. */
export type PreviewRequest = Question & { readonly [field in 'from' | 'to' | 'start' | 'budget']?: string };

const maxWindow = 400 * dayLength;
/** A millennium of weekly hours is looked through in a fraction of a second; a later answer would help nobody. */
const maxSearch = 365_250 * dayLength;
/** Enough for most answers, so that they need no second look. */
const searchStep = 100 * dayLength;

/** @throws FieldProblems where the question makes no sense. */
export function previewCalendar(request: WindowQuestion): WindowAnswer;
export function previewCalendar(request: BudgetQuestion): BudgetAnswer;
export function previewCalendar(request: PreviewRequest): WindowAnswer | BudgetAnswer;
export function previewCalendar(request: PreviewRequest): WindowAnswer | BudgetAnswer {
  const question = readQuestion(request);
  const hours = readCalendar(request.calendar);
  return 'budget' in question ? answerBudget(hours, question) : answerWindow(hours, question);
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly pauses: readonly Span[];
}

interface Budget {
  readonly start: number;
  readonly budget: number;
  readonly pauses: readonly Span[];
}

function answerWindow(hours: OpenHours, { from, to, pauses }: Window): WindowAnswer {
  const spans = hours.between(from, to);
  return {
    spans: spans.map(([start, end]) => ({ start: formatInstant(start), end: formatInstant(end) })),
    elapsed: formatDuration(elapsedIn(subtract(spans, pauses), from, to)),
  };
}

function answerBudget(hours: OpenHours, { start, budget, pauses }: Budget): BudgetAnswer {
  const opensWeekly = hours.closedForGood === Infinity;
  const horizon = Math.min(opensWeekly ? start + maxSearch : hours.closedForGood, endOfInstants - 1);
  // Weekly hours piece by piece, since nobody knows beforehand how long a stretch of time holds so much that is open;
  // special days alone, which may be centuries apart, at once.
  const step = opensWeekly ? searchStep : Infinity;
  const unpaused = subtract([[start, horizon]], pauses);
  let left = budget;
  for (let from = start; from < horizon; from += step) {
    const to = Math.min(from + step, horizon);
    const spans = intersect(hours.between(from, to), clip(unpaused, from, to));
    const due = instantAfter(spans, from, left);
    if (due !== null) return { dueAt: formatInstant(due) };
    left -= elapsedIn(spans, from, to);
  }
  if (horizon >= hours.closedForGood) return { dueAt: null };
  throw new FieldProblems([{ path: 'budget', message: `is more than is open until ${formatInstant(horizon)}` }]);
}

function readQuestion(request: PreviewRequest): Window | Budget {
  const problems = problemsOfCalendar(request.calendar).map((p) => ({ ...p, path: `calendar.${p.path}` }));
  const { from, to } = request;
  const refuse: Refuse = (path, message) => {
    problems.push({ path, message });
    return Number.NaN;
  };
  const pauses = (request.pauses ?? []).map((pause, i) => readPause(pause, `pauses.${i}`, refuse));
  const aboutWindow = from !== undefined || to !== undefined;
  const aboutBudget = request.start !== undefined || request.budget !== undefined;
  const window = aboutWindow ? readWindow(from, to, refuse) : undefined;
  const start = aboutBudget ? readInstant('start', request.start, refuse) : Number.NaN;
  const budget = aboutBudget ? readBudget(request.budget, refuse) : Number.NaN;
  if (aboutWindow === aboutBudget) refuse('', 'ask with from and to, or with start and budget');
  if (problems.length > 0) throw new FieldProblems(problems);
  return window === undefined ? { start, budget, pauses } : { ...window, pauses };
}

/** Takes down a problem, and gives what stands for the unreadable value in the meantime. */
type Refuse = (path: string, message: string) => number;

function readPause(pause: Interval, path: string, refuse: Refuse): Span {
  const start = readInstant(`${path}.start`, pause.start, refuse);
  const end = readInstant(`${path}.end`, pause.end, refuse);
  if (end <= start) refuse(`${path}.end`, `${pause.end} is not after ${pause.start}`);
  return [start, end];
}

function readWindow(from: string | undefined, to: string | undefined, refuse: Refuse): Pick<Window, 'from' | 'to'> {
  const window = { from: readInstant('from', from, refuse), to: readInstant('to', to, refuse) };
  if (window.to <= window.from) refuse('to', `${to} is not after ${from}`);
  if (window.to - window.from > maxWindow) refuse('to', 'is more than 400 days after from');
  return window;
}

function readInstant(path: string, text: string | undefined, refuse: Refuse): number {
  if (text === undefined) return refuse(path, 'is missing');
  return parseInstant(text) ?? refuse(path, noInstant(text));
}

function readBudget(text: string | undefined, refuse: Refuse): number {
  if (text === undefined) return refuse('budget', 'is missing');
  try {
    const budget = parseDuration(text);
    return budget > 0 ? budget : refuse('budget', `${text} is no time at all`);
  } catch (error) {
    if (error instanceof RangeError) return refuse('budget', error.message);
    throw error;
  }
}
