/**
 * What monitoring sends to PagerDuty's Events API v2, as its documentation has it: lengths, required fields, and the
 * words of its answers. Fields that it does not name are kept with the alert.
 */
import { parseInstant } from './instant.ts';
import type { Priority } from './ticket.ts';

export const eventActions = ['trigger', 'acknowledge', 'resolve'] as const;
export type EventAction = (typeof eventActions)[number];

/** What an alert says of itself, for the incident's timeline. */
export type AlertDetails = Readonly<Record<string, unknown>>;

export type MonitoringEvent = { readonly routingKey: string; readonly dedupKey: string | null } & (
  | { readonly action: 'acknowledge' | 'resolve' }
  | {
      readonly action: 'trigger';
      readonly summary: string;
      readonly priority: Priority;
      /** Null where the event does not say when it happened. */
      readonly at: number | null;
      readonly details: AlertDetails;
    }
);

const routingKeyLength = 32;
const longest = { dedup_key: 255, summary: 1024, source: 1024 } as const;
const priorities: Readonly<Record<string, Priority>> = {
  critical: 'urgent',
  error: 'high',
  warning: 'normal',
  info: 'low',
};

/** The event, or everything that is wrong with it. */
export function readEvent(body: unknown): MonitoringEvent | readonly string[] {
  if (!isObject(body)) return ['The event is not a JSON object'];
  const errors: string[] = [];
  const { routing_key: routingKey, event_action: action, dedup_key: dedupKey = null, payload } = body;
  if (!isText(routingKey)) errors.push("'routing_key' is missing or blank");
  else if (routingKey.length !== routingKeyLength) {
    errors.push(`Length of 'routing_key' is incorrect (should be ${routingKeyLength} characters)`);
  }
  if (!isText(action)) errors.push("'event_action' is missing or blank");
  else if (!isAction(action)) errors.push(`'event_action' is invalid (should be one of ${eventActions.join(', ')})`);
  if (dedupKey !== null && !isText(dedupKey)) errors.push("'dedup_key' is not a text, or blank");
  else if (dedupKey === null && isText(action) && action !== 'trigger') errors.push("'dedup_key' is missing or blank");
  else if (dedupKey !== null && dedupKey.length > longest.dedup_key)
    errors.push(tooLong('dedup_key', longest.dedup_key));
  if (action === 'trigger') errors.push(...problemsOfPayload(payload));
  if (errors.length > 0 || !isText(routingKey) || !isAction(action)) return errors;
  const about = { routingKey, dedupKey: dedupKey as string | null };
  if (action !== 'trigger') return { ...about, action };
  const { summary, severity, timestamp, ...rest } = payload as Record<string, unknown>;
  const { client, client_url, links, images } = body;
  const details = Object.entries({ severity, timestamp, ...rest, client, client_url, links, images });
  return {
    ...about,
    action,
    summary: summary as string,
    priority: priorities[severity as string] as Priority,
    at: typeof timestamp === 'string' ? (parseInstant(timestamp) ?? null) : null,
    details: Object.fromEntries(details.filter(([, value]) => value !== undefined)),
  };
}

function problemsOfPayload(payload: unknown): string[] {
  if (!isObject(payload)) return ["'payload' is missing or blank"];
  const errors: string[] = [];
  for (const name of ['summary', 'source'] as const) {
    const text = payload[name];
    if (!isText(text)) errors.push(`'payload.${name}' is missing or blank`);
    else if (text.length > longest[name]) errors.push(tooLong(`payload.${name}`, longest[name]));
  }
  const { severity } = payload;
  if (!isText(severity)) errors.push("'payload.severity' is missing or blank");
  else if (!Object.hasOwn(priorities, severity)) {
    errors.push(`'payload.severity' is invalid (should be one of ${Object.keys(priorities).join(', ')})`);
  }
  return errors;
}

function tooLong(name: string, length: number): string {
  return `'${name}' is too long (should be at most ${length} characters)`;
}

function isAction(value: unknown): value is EventAction {
  return eventActions.some((action) => action === value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
