import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, elapsedIn, instantAfter, intersect, normalize, subtract, type Span } from '../../domain/spans.ts';

/** Few instants, so that edges meet often. */
const size = 60;
const instant = fc.integer({ min: -5, max: size + 5 });
const anySpans = fc.array(fc.tuple(fc.nat({ max: size }), fc.nat({ max: size })), { maxLength: 14 });
const proper = anySpans.map(normalize);
const properOrAlways = fc.option(proper, { nil: null });

/** The oracle: one flag for each millisecond. */
function covered(spans: readonly Span[] | null, t: number): boolean {
  return spans === null || spans.some(([start, end]) => start <= t && t < end);
}

function count(spans: readonly Span[] | null, from: number, to: number): number {
  let sum = 0;
  for (let t = from; t < to; t += 1) sum += covered(spans, t) ? 1 : 0;
  return sum;
}

function firstUsedUp(spans: readonly Span[] | null, from: number, budget: number): number | null {
  for (let t = from; t <= from + 1000; t += 1) if (count(spans, from, t) === budget) return t;
  return null;
}

function expectProper(spans: readonly Span[]): void {
  for (const [i, [start, end]] of spans.entries()) {
    expect(start).toBeLessThan(end);
    expect(start).toBeGreaterThan(spans[i - 1]?.[1] ?? -Infinity);
  }
}

const everyInstant = Array.from({ length: size + 10 }, (_, i) => i - 5);

/** The instants that a list covers, once it is seen to be a proper list. */
function coveredBy(spans: readonly Span[]): number[] {
  expectProper(spans);
  return everyInstant.filter((t) => covered(spans, t));
}

describe('clock arithmetic', () => {
  it('counts what a count of every millisecond counts', () => {
    fc.assert(
      fc.property(properOrAlways, instant, instant, (spans, from, to) => {
        expect(elapsedIn(spans, from, to)).toBe(count(spans, from, to));
      }),
    );
  });

  it('is additive over any split', () => {
    fc.assert(
      fc.property(properOrAlways, fc.tuple(instant, instant, instant), (spans, instants) => {
        const [a, b, c] = instants.toSorted((x, y) => x - y) as [number, number, number];
        expect(elapsedIn(spans, a, b) + elapsedIn(spans, b, c)).toBe(elapsedIn(spans, a, c));
      }),
    );
  });

  it('finds the first instant at which a budget is used up', () => {
    fc.assert(
      fc.property(properOrAlways, instant, fc.nat({ max: size }), (spans, from, budget) => {
        expect(instantAfter(spans, from, budget)).toBe(firstUsedUp(spans, from, budget));
      }),
    );
  });

  it('never has a larger budget or a later start due earlier', () => {
    fc.assert(
      fc.property(proper, instant, instant, fc.nat({ max: size }), fc.nat({ max: 9 }), (spans, a, b, budget, more) => {
        const due = instantAfter(spans, Math.min(a, b), budget) ?? Infinity;
        expect(instantAfter(spans, Math.min(a, b), budget + more) ?? Infinity).toBeGreaterThanOrEqual(due);
        expect(instantAfter(spans, Math.max(a, b), budget) ?? Infinity).toBeGreaterThanOrEqual(due);
      }),
    );
  });

  it('goes on from where it was split', () => {
    fc.assert(
      fc.property(
        proper,
        instant,
        fc.nat({ max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (spans, from, first, second) => {
          const middle = instantAfter(spans, from, first);
          fc.pre(middle !== null);
          expect(instantAfter(spans, middle, second)).toBe(instantAfter(spans, from, first + second));
        },
      ),
    );
  });
});

describe('lists of spans', () => {
  it('normalize covers what any of its spans covers', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        expect(coveredBy(normalize(spans))).toEqual(everyInstant.filter((t) => covered(spans, t)));
      }),
    );
  });

  it('intersect covers what both cover', () => {
    fc.assert(
      fc.property(proper, proper, (a, b) => {
        expect(coveredBy(intersect(a, b))).toEqual(everyInstant.filter((t) => covered(a, t) && covered(b, t)));
      }),
    );
  });

  it('subtract covers what no pause covers', () => {
    fc.assert(
      fc.property(proper, anySpans, (spans, pauses) => {
        const open = everyInstant.filter((t) => covered(spans, t) && !covered(pauses, t));
        expect(coveredBy(subtract(spans, pauses))).toEqual(open);
      }),
    );
  });

  it('clip covers what the window covers', () => {
    fc.assert(
      fc.property(proper, instant, instant, (spans, from, to) => {
        const open = everyInstant.filter((t) => covered(spans, t) && from <= t && t < to);
        expect(coveredBy(clip(spans, from, to))).toEqual(open);
      }),
    );
  });
});
