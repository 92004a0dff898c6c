/**
 * Open time as a list of spans of UTC instants, and whole-number arithmetic on it. Workflow code counts its clocks with
 * this, so it knows no time zone and imports nothing.
 */

/** From `start` up to but not including `end`, both epoch milliseconds, `start < end`. */
export type Span = readonly [start: number, end: number];

/*
 * A list of spans is ascending, and no two of them overlap or touch: `normalize` makes it so. Null, where a function
 * takes it, is time that is always open. Lists may hold hundreds of spans and are asked again and again, so what asks
 * about an instant looks for its place by halves.
 */

/** Open milliseconds between two instants; 0 where `to` is not after `from`. */
export function elapsedIn(spans: readonly Span[] | null, from: number, to: number): number {
  if (to <= from) return 0;
  if (spans === null) return to - from;
  let sum = 0;
  for (let i = firstEndingAfter(spans, from); i < spans.length; i += 1) {
    const [start, end] = spans[i] as Span;
    if (start >= to) break;
    sum += Math.min(end, to) - Math.max(start, from);
  }
  return sum;
}

/**
 * The first instant, not before `from`, up to which `budget` milliseconds have been open. A budget that ends exactly at
 * closing is due at closing, not at the next opening; one of 0 or less is due at `from` itself. Null where the spans
 * hold less.
 */
export function instantAfter(spans: readonly Span[] | null, from: number, budget: number): number | null {
  if (budget <= 0) return from;
  if (spans === null) return from + budget;
  let left = budget;
  for (let i = firstEndingAfter(spans, from); i < spans.length; i += 1) {
    const [start, end] = spans[i] as Span;
    const opened = Math.max(start, from);
    if (end - opened >= left) return opened + left;
    left -= end - opened;
  }
  return null;
}

/** Spans in any order, overlapping, touching, empty or the wrong way round, as a proper list of the time they cover. */
export function normalize(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(([start, end]) => start < end).toSorted((a, b) => a[0] - b[0]);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last === undefined || last[1] < span[0]) merged.push(span);
    else if (last[1] < span[1]) merged[merged.length - 1] = [last[0], span[1]];
  }
  return merged;
}

/** The time that both lists cover. */
export function intersect(a: readonly Span[], b: readonly Span[]): Span[] {
  const common: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [aStart, aEnd] = a[i] as Span;
    const [bStart, bEnd] = b[j] as Span;
    const start = Math.max(aStart, bStart);
    const end = Math.min(aEnd, bEnd);
    if (start < end) common.push([start, end]);
    if (aEnd < bEnd) i += 1;
    else j += 1;
  }
  return common;
}

/** What is left of the spans without the pauses, which may come in any order and overlap. */
export function subtract(spans: readonly Span[], pauses: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let resumed = -Infinity;
  for (const [start, end] of normalize(pauses)) {
    gaps.push([resumed, start]);
    resumed = end;
  }
  gaps.push([resumed, Infinity]);
  return intersect(spans, gaps);
}

/** The part of the spans that lies between two instants. */
export function clip(spans: readonly Span[], from: number, to: number): Span[] {
  const part: Span[] = [];
  if (to <= from) return part;
  for (let i = firstEndingAfter(spans, from); i < spans.length; i += 1) {
    const [start, end] = spans[i] as Span;
    if (start >= to) break;
    part.push([Math.max(start, from), Math.min(end, to)]);
  }
  return part;
}

function firstEndingAfter(spans: readonly Span[], instant: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle] as Span)[1] > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}
