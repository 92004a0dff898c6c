import { startStandIn, type StandIn, type StandInRequest } from './http-stand-in.ts';

export interface PagerDutyStandInEvent {
  readonly routing_key: string;
  readonly event_action: string;
  readonly dedup_key: string;
  readonly client?: string;
  readonly client_url?: string;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
  readonly payload?: Readonly<Record<string, unknown>>;
}

export interface PagerDutyStandIn extends StandIn {
  readonly eventsUrl: string;
  /** Every event taken, repetitions included. */
  readonly events: PagerDutyStandInEvent[];
}

/** Events API v2 as PagerDuty documents it: `POST /v2/enqueue`, the key in the body, 202. */
export async function startPagerDuty(): Promise<PagerDutyStandIn> {
  const events: PagerDutyStandInEvent[] = [];
  const standIn = await startStandIn({
    check,
    accept: ({ body }) => {
      const event = JSON.parse(body) as PagerDutyStandInEvent;
      events.push(event);
      return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: event.dedup_key } };
    },
    failureBody: (status) =>
      status === 429
        ? { status: 'throttle exceeded', message: 'Too many requests for this service.', errors: ['Calm down.'] }
        : { status: 'invalid event', message: 'Event object is invalid', errors: ["'event_action' is missing"] },
  });
  return { ...standIn, events, eventsUrl: `${standIn.url}/v2/enqueue` };
}

const mostBytes = 512 * 1024;

function check({ method, path, headers, body }: StandInRequest): string | undefined {
  if (method !== 'POST' || path !== '/v2/enqueue') return `${method} ${path}`;
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return 'not JSON';
  if (headers.authorization !== undefined) return 'an Authorization header';
  if (Buffer.byteLength(body) > mostBytes) return 'more than 512 KB';
  const event = JSON.parse(body) as Partial<PagerDutyStandInEvent>;
  if (event.routing_key?.length !== 32) return 'routing_key has not 32 characters';
  if (!['trigger', 'acknowledge', 'resolve'].includes(event.event_action ?? '')) return 'event_action is unknown';
  if (!isText(event.dedup_key, 255)) return 'dedup_key is missing or too long';
  return event.event_action === 'trigger' ? problemOfAlert(event) : undefined;
}

function problemOfAlert({ payload = {}, links = [], client_url: clientUrl }: Partial<PagerDutyStandInEvent>) {
  if (!isText(payload['summary'], 1024)) return 'summary is missing or too long';
  if (!isText(payload['source'], 1024)) return 'source is missing';
  if (!['critical', 'error', 'warning', 'info'].includes(String(payload['severity']))) return 'severity is unknown';
  if (Number.isNaN(Date.parse(String(payload['timestamp'])))) return 'timestamp is no instant';
  if (clientUrl !== undefined && !URL.canParse(clientUrl)) return 'client_url is no URL';
  return links.every(({ href, text }) => URL.canParse(href) && isText(text, 1024)) ? undefined : 'a link is damaged';
}

function isText(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value !== '' && value.length <= longest;
}
