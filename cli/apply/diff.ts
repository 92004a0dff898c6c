import { isDeepStrictEqual } from 'node:util';
import type { Change, Plan } from './plan.ts';
import type { Section } from './shape.ts';

const nouns: Readonly<Record<Section, string>> = {
  teams: 'team',
  users: 'user',
  calendars: 'calendar',
  schedules: 'schedule',
  slaPolicies: 'SLA policy',
  escalationPolicies: 'escalation policy',
};

/** A plan as people read it: `+` added, `~` changed with what, `-` removed, `=` as it was. */
export function linesOf({ changes, unchanged }: Plan): string[] {
  return [...changes.map(lineOf), ...(unchanged > 0 || changes.length === 0 ? [`= ${unchanged} unchanged`] : [])];
}

function lineOf(change: Change): string {
  const what = `${nouns[change.section]} ${change.title}`;
  if (change.type === 'add') return `+ ${what}`;
  if (change.type === 'remove') return `- ${what}`;
  const fields = Object.entries(change.fields).flatMap(([field, value]) =>
    differences(field, change.before[field], value),
  );
  return `~ ${what}: ${fields.join(', ')}`;
}

function differences(path: string, before: unknown, after: unknown): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  // Addresses are not for terminals.
  if (path === 'contacts' || path === 'handoff.announce') return [path];
  if (isMapping(before) && isMapping(after)) {
    const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...fields].flatMap((field) => differences(`${path}.${field}`, before[field], after[field]));
  }
  if (areMappings(before) && areMappings(after) && before.length === after.length) {
    return after.flatMap((item, i) => differences(`${path}.${i}`, before[i], item));
  }
  if (Array.isArray(before) && Array.isArray(after) && [before, after].some((list) => isLong(JSON.stringify(list)))) {
    return [listDifference(path, before, after)];
  }
  return [`${path} ${shown(before)} → ${shown(after)}`];
}

/** Of lists that would be cut, perhaps before they differ. */
function listDifference(path: string, before: readonly unknown[], after: readonly unknown[]): string {
  const without = (list: readonly unknown[], other: readonly unknown[]): unknown[] =>
    list.filter((item) => !other.some((one) => isDeepStrictEqual(one, item)));
  const gone = without(before, after).map((item) => `-${shown(item)}`);
  const come = without(after, before).map((item) => `+${shown(item)}`);
  const changes = [...gone, ...come];
  return `${path} ${changes.length > 0 ? changes.join(' ') : 'listed otherwise'}`;
}

function areMappings(value: unknown): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.every(isMapping);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string') return value;
  const text = JSON.stringify(value);
  return isLong(text) ? `${text.slice(0, longest)}…` : text;
}

const longest = 80;

function isLong(text: string): boolean {
  return text.length > longest;
}
