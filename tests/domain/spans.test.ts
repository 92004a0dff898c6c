import { describe, expect, it } from 'vitest';
import { clip, elapsedIn, instantAfter, intersect, normalize, subtract, type Span } from '../../domain/spans.ts';

const spans: readonly Span[] = [
  [10, 20],
  [30, 40],
  [50, 60],
];

describe('elapsedIn', () => {
  it.each([
    [0, 100, 30],
    [0, 10, 0],
    [15, 35, 10],
    [12, 18, 6],
    [20, 30, 0],
    [10, 20, 10],
    [19, 31, 2],
    [60, 100, 0],
    [35, 35, 0],
    [35, 15, 0],
  ])('from %d to %d is %d', (from, to, open) => {
    expect(elapsedIn(spans, from, to)).toBe(open);
  });

  it('counts all of always-open time and nothing of no time', () => {
    expect(elapsedIn(null, 5, 12)).toBe(7);
    expect(elapsedIn(null, 12, 5)).toBe(0);
    expect(elapsedIn([], 0, 100)).toBe(0);
  });
});

describe('instantAfter', () => {
  it.each([
    [0, 5, 15],
    [15, 5, 20],
    [15, 6, 31],
    [12, 3, 15],
    [20, 1, 31],
    [25, 20, 60],
    [0, 30, 60],
  ])('from %d, a budget of %d ends at %d', (from, budget, due) => {
    expect(instantAfter(spans, from, budget)).toBe(due);
  });

  it('ends at closing, not at the next opening, where the budget fits exactly', () => {
    expect(instantAfter(spans, 0, 10)).toBe(20);
    expect(instantAfter(spans, 0, 20)).toBe(40);
  });

  it('is null where the spans hold less than the budget', () => {
    expect(instantAfter(spans, 0, 31)).toBeNull();
    expect(instantAfter(spans, 60, 1)).toBeNull();
    expect(instantAfter([], 0, 1)).toBeNull();
  });

  it('is at once for no budget, also while closed', () => {
    expect(instantAfter(spans, 25, 0)).toBe(25);
    expect(instantAfter(spans, 99, 0)).toBe(99);
    expect(instantAfter([], 7, -5)).toBe(7);
    expect(instantAfter(null, 7, -5)).toBe(7);
  });

  it('counts on where it is always open', () => {
    expect(instantAfter(null, 7, 5)).toBe(12);
  });
});

describe('lists of spans', () => {
  it('normalize sorts, joins and drops', () => {
    const messy: Span[] = [
      [30, 40],
      [50, 50],
      [10, 20],
      [20, 25],
      [70, 60],
      [35, 45],
      [11, 12],
    ];
    expect(normalize(messy)).toEqual([
      [10, 25],
      [30, 45],
    ]);
    expect(normalize([])).toEqual([]);
  });

  it('intersect keeps what both have', () => {
    const other: Span[] = [
      [0, 12],
      [18, 35],
      [38, 39],
      [40, 50],
      [60, 70],
    ];
    const common = [
      [10, 12],
      [18, 20],
      [30, 35],
      [38, 39],
    ];
    expect(intersect(spans, other)).toEqual(common);
    expect(intersect(other, spans)).toEqual(common);
    expect(intersect(spans, [])).toEqual([]);
  });

  it('subtract cuts out pauses in any order, overlaps once', () => {
    const pauses: Span[] = [
      [52, 55],
      [15, 32],
      [31, 33],
      [54, 56],
      [40, 50],
      [58, 57],
    ];
    expect(subtract(spans, pauses)).toEqual([
      [10, 15],
      [33, 40],
      [50, 52],
      [56, 60],
    ]);
    expect(subtract(spans, [])).toEqual(spans);
    expect(subtract(spans, [[0, 100]])).toEqual([]);
  });

  it('clip keeps what lies in the window', () => {
    expect(clip(spans, 15, 35)).toEqual([
      [15, 20],
      [30, 35],
    ]);
    expect(clip(spans, 20, 30)).toEqual([]);
    expect(clip(spans, 35, 35)).toEqual([]);
    expect(clip(spans, 55, 15)).toEqual([]);
    expect(clip(spans, 0, 100)).toEqual(spans);
  });
});
