import { Webhook } from 'standardwebhooks';
import { startStandIn, type StandIn, type StandInRequest } from './http-stand-in.ts';

export interface ToldEvent {
  /** `webhook-id`. */
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface WebhookReceiver extends StandIn {
  /** What was accepted, each as often as it came. */
  readonly told: ToldEvent[];
  /** Requests altogether, those that failed included. */
  readonly count: () => number;
  /** With which it checks signatures. */
  trust(key: string): void;
}

/** A program that is told of events, and checks them as the Standard Webhooks library does. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const told: ToldEvent[] = [];
  let library: Webhook | undefined;
  let requests = 0;
  const standIn = await startStandIn({
    check: (request) => {
      requests += 1;
      return problemOf(request, library);
    },
    accept: ({ headers, body }) => {
      told.push({ id: String(headers['webhook-id']), ...(JSON.parse(body) as Omit<ToldEvent, 'id'>) });
      return { status: 200, body: { thanks: 'ann@example.com' } };
    },
    failureBody: (status) => ({ error: `it is ${status}` }),
  });
  return {
    ...standIn,
    told,
    count: () => requests,
    trust: (key) => {
      library = new Webhook(key);
    },
  };
}

function problemOf({ method, headers, body }: StandInRequest, library: Webhook | undefined): string | undefined {
  if (method !== 'POST' || headers['content-type'] !== 'application/json') return 'not a POST of JSON';
  if (headers['idempotency-key'] !== headers['webhook-id']) return 'idempotency-key is not the id';
  try {
    library?.verify(body, headers as Record<string, string>);
  } catch (error) {
    return (error as Error).message;
  }
  const { type, timestamp, data } = JSON.parse(body) as Partial<ToldEvent>;
  if (typeof type !== 'string' || Number.isNaN(Date.parse(String(timestamp))) || typeof data !== 'object') {
    return 'not type, timestamp and data';
  }
  return undefined;
}
