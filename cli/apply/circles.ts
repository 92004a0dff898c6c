import { circleFrom } from '../../domain/escalation-policy.ts';
import { type Entry, keyOf } from './desk-file.ts';
import type { EscalationEntry } from './shape.ts';

interface Named {
  readonly name: string;
  /** A name. */
  readonly next?: string | null | undefined;
}

/** Policies that would hand over to each other without end, each circle at the first entry that has a part in it. */
export function circlesIn(entries: readonly Entry<EscalationEntry>[], stored: readonly Named[]): string[] {
  const policies = new Map<string, { name: string; next: string | null }>();
  for (const { name, next } of [...stored, ...entries.map(({ value }) => value)]) {
    const key = keyOf({ name });
    // What a file does not say stays as it is.
    const kept = next === undefined ? policies.get(key)?.next : next?.toLowerCase();
    policies.set(key, { name, next: kept ?? null });
  }
  const told = new Set<string>();
  return entries.flatMap(({ value, at }) => {
    const key = keyOf(value);
    const circle = circleFrom(key, policies);
    if (typeof value.next !== 'string' || circle?.[0] !== key || told.has(key)) return [];
    for (const one of circle) told.add(one);
    const names = circle.map((one) => `"${policies.get(one)?.name}"`).join(', then ');
    return [`${at('next')}: the policies would go round in a circle: ${names}`];
  });
}
