import { elapsedIn, instantAfter, type Span } from './spans.ts';
import type { Priority, Status } from './ticket.ts';

export const clockNames = ['firstReply', 'nextReply', 'resolution'] as const;
export type ClockName = (typeof clockNames)[number];

export type Targets = Readonly<Record<Priority, Readonly<Partial<Record<ClockName, number>>>>>;

/**
 * A policy made ready for a workflow: targets in milliseconds of open time, and the calendar's open time as UTC spans,
 * so that workflow code needs no calendar and no time zone. `spans` null means around the clock; otherwise they are
 * complete up to `compiledUntil`, and nothing is known beyond.
 */
export interface SlaTerms {
  readonly policy: string | null;
  readonly targets: Targets;
  /** Fractions of the target at which to warn, ascending, each between 0 and 1. */
  readonly warnAt: readonly number[];
  /** Ticket states in which no clock runs. */
  readonly pauseOn: readonly Status[];
  readonly calendar: string | null;
  readonly spans: readonly Span[] | null;
  readonly compiledUntil: number | null;
}

export interface Segment {
  readonly kind: 'run' | 'pause';
  readonly from: number;
  /** Null while it lasts. */
  readonly to: number | null;
  /** Open time counted in a finished `run` segment. It is not counted again when the calendar changes later. */
  readonly counted: number;
  readonly cause: string;
}

/** One promise: the ledger of when it ran and rested, and what came of it. A cycle is one such promise in a row. */
export interface Clock {
  readonly name: ClockName;
  readonly cycle: number;
  /** Null where the policy promises nothing at the ticket's priority; the ledger is kept all the same. */
  readonly target: number | null;
  /** When this target became the target. */
  readonly targetSince: number;
  readonly activatedAt: number;
  /** Open time brought along from earlier cycles. */
  readonly carried: number;
  readonly segments: readonly Segment[];
  readonly warned: readonly number[];
  /** Null while paused or without a target, or where the compiled open time ends before; kept once breached or ended. */
  readonly dueAt: number | null;
  readonly breachedAt: number | null;
  readonly endedAt: number | null;
}

export interface Sla {
  readonly terms: SlaTerms;
  readonly priority: Priority;
  /** At most one of each name: the latest cycle. */
  readonly clocks: readonly Clock[];
}

export type ClockState = 'running' | 'paused' | 'fulfilled' | 'breached' | 'none';

export type SlaFactType = 'activated' | 'paused' | 'resumed' | 'retargeted' | 'warned' | 'breached' | 'fulfilled';

/** Something that happened to a clock, with the instant at which it did, which may lie before the instant of noticing. */
export interface SlaFact {
  readonly type: SlaFactType;
  readonly at: number;
  readonly cause: string;
  /** The clock after it. */
  readonly clock: Clock;
  /** The fraction of a warning. */
  readonly fraction?: number;
  /** When the target was reached, for warnings (will be) and breaches (was). */
  readonly dueAt?: number;
}

export interface SlaChange {
  readonly sla: Sla;
  readonly facts: readonly SlaFact[];
}

/** Older segments are folded into one beyond this many, so that a long life does not grow its workflow's state. */
const maxSegments = 60;

export function stateOf(clock: Clock): ClockState {
  if (clock.breachedAt !== null) return 'breached';
  if (clock.endedAt !== null) return 'fulfilled';
  if (clock.target === null) return 'none';
  return isRunning(clock) ? 'running' : 'paused';
}

export function isRunning(clock: Clock): boolean {
  return clock.endedAt === null && clock.segments.at(-1)?.kind === 'run';
}

/** Open time that the clock has used up to `now`. */
export function elapsed(clock: Clock, spans: readonly Span[] | null, now: number): number {
  let sum = clock.carried;
  for (const s of clock.segments) {
    sum += s.kind === 'run' && s.to === null ? elapsedIn(spans, s.from, Math.max(now, s.from)) : s.counted;
  }
  return sum;
}

export function clockNamed(sla: Sla, name: ClockName): Clock | undefined {
  return sla.clocks.find((c) => c.name === name);
}

/** Starts a clock's next cycle. A clock of that name that has not ended is left alone: its promise is the older one. */
export function activate(sla: Sla, name: ClockName, at: number, cause: string, carry = false): SlaChange {
  const earlier = clockNamed(sla, name);
  if (earlier !== undefined && earlier.endedAt === null) return { sla, facts: [] };
  const carried = carry && earlier !== undefined ? elapsed(earlier, sla.terms.spans, at) : 0;
  const clock = withDue(sla.terms, {
    name,
    cycle: (earlier?.cycle ?? 0) + 1,
    target: sla.terms.targets[sla.priority][name] ?? null,
    targetSince: at,
    activatedAt: at,
    carried,
    segments: [{ kind: 'run', from: at, to: null, counted: 0, cause }],
    warned: carry && earlier !== undefined ? earlier.warned : [],
    dueAt: null,
    // A promise that was broken stays broken: the same breach is not told, and nobody paged for it, a second time.
    breachedAt: carry && earlier !== undefined ? earlier.breachedAt : null,
    endedAt: null,
  });
  return one(sla, clock, { type: 'activated', at, cause });
}

/** Pauses or resumes every clock that has not ended, as the ticket's new state has it. */
export function follow(sla: Sla, status: Status, at: number, cause: string): SlaChange {
  const pause = sla.terms.pauseOn.includes(status);
  return each(sla, (clock) => {
    if (clock.endedAt !== null || isRunning(clock) !== pause) return undefined;
    const segments = [...closeSegment(sla.terms, clock, at), segment(pause ? 'pause' : 'run', at, cause)];
    return { clock: { ...clock, segments: fold(segments) }, type: pause ? 'paused' : 'resumed', at, cause };
  });
}

/** Ends a clock as kept, or as broken where its breach has been told; no fact where it is not running or paused. */
export function fulfil(sla: Sla, name: ClockName, at: number, cause: string): SlaChange {
  return each(sla, (clock) =>
    clock.name !== name || clock.endedAt !== null
      ? undefined
      : {
          clock: { ...clock, segments: closeSegment(sla.terms, clock, at), endedAt: at },
          type: 'fulfilled',
          at,
          cause,
        },
  );
}

/** Another priority: other targets; what has elapsed stays. */
export function changePriority(sla: Sla, priority: Priority, at: number, cause: string): SlaChange {
  return retarget({ ...sla, priority }, sla.terms, at, cause);
}

/** Another policy or calendar: what has elapsed was counted by the old calendar and stays as it is. */
export function changeTerms(sla: Sla, terms: SlaTerms, at: number, cause: string): SlaChange {
  return retarget({ ...sla, terms }, sla.terms, at, cause);
}

function retarget(sla: Sla, oldTerms: SlaTerms, at: number, cause: string): SlaChange {
  return each(sla, (clock) => {
    if (clock.endedAt !== null) return undefined;
    const target = sla.terms.targets[sla.priority][clock.name] ?? null;
    if (target === clock.target && sla.terms === oldTerms) return undefined;
    const segments =
      sla.terms !== oldTerms && isRunning(clock)
        ? fold([...closeSegment(oldTerms, clock, at), segment('run', at, cause)])
        : clock.segments;
    const changed = { ...clock, target, targetSince: at, segments };
    const fraction = target === null ? 0 : elapsed(changed, sla.terms.spans, at) / target;
    const warned = sla.terms.warnAt.filter((w) => (clock.warned.includes(w) ? w <= fraction : false));
    return { clock: { ...changed, warned }, type: 'retargeted', at, cause };
  });
}

/** More open time for the same calendar. It changes no elapsed time, only how far ahead due instants are known. */
export function extendSpans(sla: Sla, spans: readonly Span[], compiledUntil: number): Sla {
  const terms = { ...sla.terms, spans, compiledUntil };
  return { ...sla, terms, clocks: sla.clocks.map((clock) => withDue(terms, clock)) };
}

/** The running promises of a ticket that is merged into another, with what has elapsed counted by its own calendar. */
export function handOver(sla: Sla, at: number): Clock[] {
  return sla.clocks
    .filter((clock) => isRunning(clock) && clock.target !== null)
    .map((clock) => ({ ...clock, segments: closeSegment(sla.terms, clock, at) }));
}

/** Takes over the stricter of each pair of running promises when another ticket is merged into this one. */
export function takeStrictest(sla: Sla, handedOver: readonly Clock[], at: number, cause: string): SlaChange {
  let change: SlaChange = { sla, facts: [] };
  for (const other of handedOver) {
    const own = clockNamed(change.sla, other.name);
    const ownOpen = own !== undefined && own.endedAt === null;
    if (ownOpen && own.breachedAt !== null) continue;
    const cycle = own === undefined ? 1 : ownOpen ? own.cycle : own.cycle + 1;
    const segments = [...other.segments, segment('run', at, cause)];
    // A breach of the other ticket's is told anew as this one's: somebody has to be paged for it here.
    const clock = withDue(sla.terms, { ...other, cycle, segments, targetSince: at, breachedAt: null });
    if (ownOpen && own.dueAt !== null && (clock.dueAt === null || own.dueAt <= clock.dueAt)) continue;
    change = join(change, one(change.sla, clock, { type: 'activated', at, cause }));
  }
  return change;
}

/**
 * Tells every warning and breach that lies at or before `now`, each at the instant at which it fell due, in that order.
 * A clock that reaches its target at an instant is breached at that instant: in time means before it.
 */
export function advance(sla: Sla, now: number): SlaChange {
  const facts: SlaFact[] = [];
  const clocks = sla.clocks.map((clock) => {
    if (!isRunning(clock) || clock.target === null || clock.breachedAt !== null) return clock;
    let current = clock;
    const passed = warnings(sla.terms, clock).filter((w) => w.at <= now);
    if (passed.length > 0) current = { ...current, warned: [...current.warned, ...passed.map((w) => w.fraction)] };
    // Several fractions passed at one instant (a stricter target, say) are one warning, the highest.
    const told = passed.filter((w, i) => passed[i + 1]?.at !== w.at);
    for (const w of told) {
      if (clock.dueAt !== null && tellable(clock, clock.dueAt) <= w.at) continue;
      facts.push({ type: 'warned', at: w.at, cause: 'timer', clock: current, fraction: w.fraction, ...dueOf(clock) });
    }
    if (clock.dueAt !== null && clock.dueAt <= now) {
      const breachedAt = tellable(clock, clock.dueAt);
      if (breachedAt <= now) {
        current = { ...current, breachedAt };
        facts.push({ type: 'breached', at: breachedAt, cause: 'timer', clock: current, dueAt: clock.dueAt });
      }
    }
    return current;
  });
  if (facts.length === 0) return { sla, facts };
  facts.sort((a, b) => a.at - b.at);
  return { sla: { ...sla, clocks }, facts };
}

/** The next instant at which `advance` has something to tell, and what it is, for a timer's summary. */
export function nextInstant(sla: Sla): { at: number; what: string } | null {
  let next: { at: number; what: string } | null = null;
  for (const clock of sla.clocks) {
    if (!isRunning(clock) || clock.target === null || clock.breachedAt !== null) continue;
    const warning = warnings(sla.terms, clock)[0];
    if (warning !== undefined && (next === null || warning.at < next.at)) {
      next = { at: warning.at, what: `${clock.name} ${Math.round(warning.fraction * 100)} %` };
    }
    if (clock.dueAt !== null && (next === null || tellable(clock, clock.dueAt) <= next.at)) {
      next = { at: tellable(clock, clock.dueAt), what: `${clock.name} due` };
    }
  }
  return next;
}

/** The nearest due instant of a running clock, past ones included: what a queue is sorted by. */
export function nextDue(sla: Sla): Clock | undefined {
  return sla.clocks
    .filter((c) => isRunning(c) && c.dueAt !== null)
    .toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0];
}

/** Whether a running clock's due instant lies beyond the compiled open time, so that more of it is needed. */
export function needsSpans(sla: Sla): boolean {
  return sla.terms.spans !== null && sla.clocks.some((c) => isRunning(c) && c.target !== null && c.dueAt === null);
}

interface Step {
  readonly clock: Clock;
  readonly type: SlaFactType;
  readonly at: number;
  readonly cause: string;
}

function each(sla: Sla, change: (clock: Clock) => Step | undefined): SlaChange {
  const facts: SlaFact[] = [];
  const clocks = sla.clocks.map((clock) => {
    const step = change(clock);
    if (step === undefined) return clock;
    const changed = withDue(sla.terms, step.clock);
    facts.push({ type: step.type, at: step.at, cause: step.cause, clock: changed, ...dueOf(changed) });
    return changed;
  });
  return { sla: { ...sla, clocks }, facts };
}

function one(sla: Sla, clock: Clock, fact: { type: SlaFactType; at: number; cause: string }): SlaChange {
  const clocks = [...sla.clocks.filter((c) => c.name !== clock.name), clock];
  return { sla: { ...sla, clocks }, facts: [{ ...fact, clock, ...dueOf(clock) }] };
}

export function join(first: SlaChange, second: SlaChange): SlaChange {
  return { sla: second.sla, facts: [...first.facts, ...second.facts] };
}

function dueOf(clock: Clock): { dueAt?: number } {
  return clock.dueAt === null ? {} : { dueAt: clock.dueAt };
}

function segment(kind: 'run' | 'pause', from: number, cause: string): Segment {
  return { kind, from, to: null, counted: 0, cause };
}

function closeSegment(terms: SlaTerms, clock: Clock, at: number): Segment[] {
  const last = clock.segments.at(-1);
  if (last === undefined || last.to !== null) return [...clock.segments];
  const to = Math.max(at, last.from);
  const counted = last.kind === 'run' ? elapsedIn(terms.spans, last.from, to) : 0;
  return [...clock.segments.slice(0, -1), { ...last, to, counted }];
}

function fold(segments: readonly Segment[]): readonly Segment[] {
  if (segments.length <= maxSegments) return segments;
  const [first, second, ...rest] = segments;
  if (first === undefined || second === undefined) return segments;
  const cause = 'earlier segments, folded';
  return [{ kind: 'run', from: first.from, to: second.to, counted: first.counted + second.counted, cause }, ...rest];
}

/** The instant at which the clock will have used, or had used, `budget` of open time. */
function instantOf(terms: SlaTerms, clock: Clock, budget: number): number | null {
  let left = budget - clock.carried;
  if (left <= 0) return clock.activatedAt;
  for (const s of clock.segments) {
    if (s.kind === 'pause') continue;
    if (s.to === null) return instantAfter(terms.spans, s.from, left);
    if (s.counted >= left) return Math.min(instantAfter(terms.spans, s.from, left) ?? s.to, s.to);
    left -= s.counted;
  }
  return null;
}

/** A breached or ended clock keeps the due instant that it was judged by. */
function withDue(terms: SlaTerms, clock: Clock): Clock {
  if (clock.endedAt !== null || clock.breachedAt !== null) return clock;
  const dueAt = isRunning(clock) && clock.target !== null ? instantOf(terms, clock, clock.target) : null;
  return { ...clock, dueAt };
}

/**
 * When something that is reached at `at` can be told of: not before the target was the target, and not while the clock
 * rested, even where a stricter target says that it was reached then.
 */
function tellable(clock: Clock, at: number): number {
  return Math.max(at, clock.targetSince, clock.segments.at(-1)?.from ?? at);
}

function warnings(terms: SlaTerms, clock: Clock): { fraction: number; at: number }[] {
  const target = clock.target;
  if (target === null) return [];
  return terms.warnAt
    .filter((fraction) => !clock.warned.includes(fraction))
    .flatMap((fraction) => {
      const at = instantOf(terms, clock, Math.ceil(target * fraction));
      return at === null ? [] : [{ fraction, at: tellable(clock, at) }];
    })
    .toSorted((a, b) => a.at - b.at || a.fraction - b.fraction);
}
