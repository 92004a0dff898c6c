import type { EventPattern } from './event-types.ts';
import type { FieldProblem } from './field-problem.ts';

/** Programs elsewhere that are told of events: what is tried when, and when an address rests or is given up. */

export interface WebhookFields {
  readonly name: string;
  readonly url: string;
  readonly events: readonly EventPattern[];
  /** Off, nothing is sent; switched on again, it goes on with what has happened since. */
  readonly enabled: boolean;
}

export function problemsOfWebhook({ url }: { readonly url?: string }): FieldProblem[] {
  if (url === undefined) return [];
  const parsed = URL.parse(url);
  const problem = (message: string): FieldProblem[] => [{ path: 'url', message }];
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    return problem('not a web address; right is for example https://example.com/vigil');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    return problem('a web address with a name or a password in it; receivers check the signature instead');
  }
  if (parsed.hash !== '') return problem('a web address with a fragment, which is never sent');
  return [];
}

/**
 * What became of an attempt.
 * - `delivered`: any 2xx
 * - `refused`: the receiver has seen it and does not want it, as it is or at this address
 * - `unavailable`: no answer, or one that says that a later attempt may go better
 * - `gone`: 410, by which a receiver says that it wants nothing any more (Standard Webhooks)
 */
export type Outcome = 'delivered' | 'refused' | 'unavailable' | 'gone';

const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** After the first attempt, the second …: in all two days and a half. */
const whileUnavailable = [
  5 * second,
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  24 * hour,
];
/** A receiver that is being repaired may still want it; one that never will must not hold up its ticket for long. */
const whileRefused = [5 * second, minute, 10 * minute];
const longestWait = 24 * hour;

/**
 * How long to wait before the next attempt, in ms; null where there is none. As long as nothing at all gets through, no
 * event is given up: it is the address that is wrong, and may be repaired.
 * @param attempts how many were made, this one included
 * @param retryAfterMs what the receiver asked for, up to a day
 */
export function nextAttemptAfter(
  attempts: number,
  outcome: Outcome,
  health: Health,
  retryAfterMs: number | null = null,
): number | null {
  if (outcome === 'delivered') return null;
  const waits = outcome === 'unavailable' ? whileUnavailable : whileRefused;
  const wait = waits[attempts - 1] ?? (isProbing(health) ? waits.at(-1) : undefined);
  return wait === undefined ? null : Math.max(wait, Math.min(retryAfterMs ?? 0, longestWait));
}

/** How an address does, over all that is sent to it. Instants in epoch ms. */
export interface Health {
  /** Attempts that failed since one succeeded. */
  readonly failures: number;
  /** When the first of these failed. */
  readonly failingSince: number | null;
  /** Until when nothing is tried. */
  readonly restsUntil: number | null;
}

export const healthy: Health = { failures: 0, failingSince: null, restsUntil: null };

/** So many failures in a row say something of the address and not of one event. */
const failuresUntilRest = 5;
const rests = [minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute];
const givenUpAfter = 72 * hour;

/** After an attempt. While an address rests, one attempt at the end of each rest finds out whether it is back. */
export function healthAfter(health: Health, outcome: Outcome, now: number): Health {
  if (outcome === 'delivered') return healthy;
  const failures = health.failures + 1;
  const over = failures - failuresUntilRest;
  const rest = over < 0 ? 0 : (rests[Math.min(over, rests.length - 1)] ?? 0);
  return { failures, failingSince: health.failingSince ?? now, restsUntil: rest === 0 ? null : now + rest };
}

/** Whether only one attempt is to be made, to see whether the address is back. */
export function isProbing({ failures }: Health): boolean {
  return failures >= failuresUntilRest;
}

/** Why an address is given up: it says so itself, or nothing got through for three days. */
export const reasonsToGiveUp = ['gone', 'three-days'] as const;
export type ReasonToGiveUp = (typeof reasonsToGiveUp)[number];

/** Null while there is hope. */
export function reasonToGiveUp(
  { failingSince, failures }: Health,
  outcome: Outcome,
  now: number,
): ReasonToGiveUp | null {
  if (outcome === 'gone') return 'gone';
  if (failingSince !== null && failures >= failuresUntilRest && now - failingSince >= givenUpAfter) {
    return 'three-days';
  }
  return null;
}
