/** Which policy applies to a ticket, of those that have conditions and an order. */

import type { Level, Priority } from './ticket.ts';

/** Each list means any of its values; all that are given must hold. */
export interface PolicyConditions {
  readonly priority?: readonly Priority[];
  readonly channel?: readonly string[];
  readonly team?: readonly string[];
  readonly level?: readonly Level[];
  readonly tags?: readonly string[];
}

/** What a policy's conditions are held against. */
export interface PolicyAttributes {
  readonly priority: Priority;
  readonly channel: string;
  readonly team: string | null;
  readonly level: Level;
  readonly tags: readonly string[];
}

export interface OrderedPolicy {
  readonly name: string;
  /** The lowest that matches applies. */
  readonly position: number;
  readonly active: boolean;
}

/** The active policy that applies: the first for which `matches` holds by position, then by name. */
export function firstMatch<P extends OrderedPolicy>(
  policies: Iterable<P>,
  matches: (policy: P) => boolean,
): P | undefined {
  let best: P | undefined;
  for (const policy of policies) {
    if (!policy.active || !matches(policy)) continue;
    if (best === undefined || comparePolicies(policy, best) < 0) best = policy;
  }
  return best;
}

export function comparePolicies(a: OrderedPolicy, b: OrderedPolicy): number {
  return a.position - b.position || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** What the conditions do not name need not be given. */
export function conditionsHold(conditions: PolicyConditions, attributes: Partial<PolicyAttributes>): boolean {
  return failingConditions(conditions, attributes).length === 0;
}

/** Which of the conditions do not hold, by name. */
export function failingConditions(
  conditions: PolicyConditions,
  attributes: Partial<PolicyAttributes>,
): (keyof PolicyConditions)[] {
  const { priority, channel, team, level, tags } = conditions;
  const held = {
    priority: holds(priority, attributes.priority),
    channel: holds(channel, attributes.channel),
    team: holds(team, attributes.team),
    level: holds(level, attributes.level),
    tags: tags?.some((tag) => attributes.tags?.includes(tag)) ?? true,
  };
  return (Object.keys(held) as (keyof typeof held)[]).filter((name) => !held[name]);
}

function holds<T>(allowed: readonly T[] | undefined, value: T | null | undefined): boolean {
  if (allowed === undefined) return true;
  return value !== null && value !== undefined && allowed.includes(value);
}
