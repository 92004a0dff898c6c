import type { AuditEvent } from '../../api/types.ts';

type Item = AuditEvent['items'][number];
type Change = Item['changes'][number];

/** One line of a difference: what was, and what is; or what came into a list and what left it. */
export interface Line {
  /** Such as `quietHours.from`. */
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly removed?: readonly unknown[];
  readonly added?: readonly unknown[];
}

/** What a change was, down to the parts that differ, so that nobody has to look for them. */
export function linesOf(changes: readonly Change[]): Line[] {
  return changes.flatMap((change) => {
    const { field, from, to } = change;
    // Of what is new or gone there is one side alone.
    if (!('from' in change)) return [{ path: field, to }];
    if (!('to' in change)) return [{ path: field, from }];
    return differences(field, from, to);
  });
}

function differences(path: string, from: unknown, to: unknown): Line[] {
  if (same(from, to)) return [];
  if (isMapping(from) && isMapping(to)) {
    const fields = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...fields].flatMap((field) => differences(`${path}.${field}`, from[field] ?? null, to[field] ?? null));
  }
  if (Array.isArray(from) && Array.isArray(to)) return listDifferences(path, from, to);
  return [{ path, from, to }];
}

function listDifferences(path: string, from: readonly unknown[], to: readonly unknown[]): Line[] {
  const removed = without(from, to);
  const added = without(to, from);
  if (removed.length === 0 && added.length === 0) return [{ path, from, to }];
  // One of a list was edited: say what of it.
  const place = from.findIndex((item, i) => !same(item, to[i]));
  const [before, after] = [from[place], to[place]];
  const edited = removed.length === 1 && added.length === 1 && from.length === to.length;
  if (edited && isMapping(before) && isMapping(after) && same(before, removed[0]) && same(after, added[0])) {
    return differences(`${path}.${place + 1}`, before, after);
  }
  return [{ path, removed, added }];
}

function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const left = other.map((item) => JSON.stringify(item));
  return list.filter((item) => {
    const at = left.indexOf(JSON.stringify(item));
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
