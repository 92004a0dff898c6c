import { createHash } from 'node:crypto';
import { shownId } from '../../domain/ticket-id.ts';
import type { Priority } from '../../domain/ticket.ts';
import { failureOf, post } from '../http-answer.ts';
import type { Tell } from '../notice.ts';
import { type Deliver, type Page, subjectOf } from '../page.ts';

export interface PagerDutyOptions {
  /** @default https://events.pagerduty.com/v2/enqueue */
  readonly eventsUrl?: string;
}

const standardUrl = 'https://events.pagerduty.com/v2/enqueue';
const longestSummary = 1024;
const longestDedupKey = 255;

const severities = { urgent: 'critical', high: 'error', normal: 'warning', low: 'info' } as const satisfies Record<
  Priority,
  string
>;

/** Pages by PagerDuty's Events API v2. An address is the integration key of one of its services, 32 characters. */
export function pagerduty({ eventsUrl = standardUrl }: PagerDutyOptions = {}): Deliver {
  return async (pages, routingKey) => {
    let answer = '';
    for (const page of pages) {
      answer = await enqueue(eventsUrl, routingKey, page.dedupKey, { event_action: 'trigger', ...alertOf(page) });
    }
    return answer;
  };
}

export interface PagerDutyWord extends PagerDutyOptions {
  readonly routingKey: string;
  /** That of the page which opened the alert. */
  readonly dedupKey: string;
  readonly action: 'acknowledge' | 'resolve';
}

/**
 * Tells PagerDuty what became of an alert that Vigil opened there. PagerDuty drops the word without an error where it
 * has no open alert by that key.
 * @throws as a `Deliver` does.
 */
export function tellPagerDuty({
  eventsUrl = standardUrl,
  routingKey,
  dedupKey,
  action,
}: PagerDutyWord): Promise<string> {
  return enqueue(eventsUrl, routingKey, dedupKey, { event_action: action });
}

/** An alert that is resolved as soon as it is there: it is seen, and nobody has to close it. */
export function pagerdutyTest({ eventsUrl = standardUrl }: PagerDutyOptions = {}): Tell {
  return async ({ id, title, text }, routingKey) => {
    const payload = {
      summary: title.slice(0, longestSummary).toWellFormed(),
      source: 'vigil',
      severity: severities.low,
      timestamp: new Date().toISOString(),
      custom_details: { text },
    };
    const answer = await enqueue(eventsUrl, routingKey, id, { event_action: 'trigger', client: 'Vigil', payload });
    return tellPagerDuty({ eventsUrl, routingKey, dedupKey: id, action: 'resolve' }).then(
      () => answer,
      (error: Error) => `${answer}; the test alert stays open there: ${error.message}`,
    );
  };
}

async function enqueue(url: string, routingKey: string, dedupKey: string, event: object): Promise<string> {
  const body = JSON.stringify({ routing_key: routingKey, dedup_key: dedupKeyOf(dedupKey), ...event });
  const answer = await post(url, { 'content-type': 'application/json' }, body);
  if (answer.status >= 200 && answer.status < 300) return `HTTP ${answer.status}`;
  // Everything else in an event is Vigil's own.
  throw failureOf(answer, reasonIn(answer.body), [routingKey], answer.status === 400 ? 'address' : undefined);
}

function alertOf(page: Page) {
  const { incident, ticket, step, round, reason, priority, dueAt, acknowledgeUrl } = page;
  const due = new Date(dueAt).toISOString();
  const about = ` · ${subjectOf(page)}`;
  return {
    client: 'Vigil',
    client_url: new URL(acknowledgeUrl).origin,
    links: [{ href: acknowledgeUrl, text: 'Acknowledge in Vigil' }],
    payload: {
      summary: `${reason.slice(0, longestSummary - about.length).toWellFormed()}${about}`,
      source: 'vigil',
      severity: severities[priority],
      timestamp: due,
      custom_details: { incident, ticket: ticket === null ? null : shownId(ticket), step, round, reason, dueAt: due },
    },
  };
}

/** A key that is too long keeps its beginning, which names the incident. */
function dedupKeyOf(key: string): string {
  if (key.length <= longestDedupKey) return key;
  const digest = createHash('sha256').update(key).digest('hex');
  return `${key.slice(0, longestDedupKey - 1 - digest.length)}:${digest}`;
}

/** PagerDuty answers mistakes with `message` and a list of `errors`; a proxy before it, with anything. */
function reasonIn(body: string): string {
  try {
    const { message, errors } = JSON.parse(body) as { message?: unknown; errors?: unknown };
    const parts = [message, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
    return parts.filter((part) => typeof part === 'string').join(' ');
  } catch {
    return body;
  }
}
