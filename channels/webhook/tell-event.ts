import { formatInstant } from '../../domain/instant.ts';
import type { Outcome } from '../../domain/webhook.ts';
import { type HttpAnswer, mayPass, printable, waitOf } from '../http-answer.ts';
import { signedPost } from './signed-post.ts';

/** What a webhook is told. */
export interface Told {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  /** The event as the API shows it. */
  readonly data: object;
}

export interface Answer {
  readonly outcome: Outcome;
  /** Null where none came. */
  readonly status: number | null;
  /** The beginning of what was said, or why nothing was. */
  readonly answer: string;
  readonly retryAfterMs: number | null;
}

/** The body of the request: `type`, `timestamp` and `data`, as the Standard Webhooks specification has them. */
export function bodyOf({ type, at, data }: Told): object {
  return { type, timestamp: formatInstant(at), data };
}

const longestAnswer = 500;

/** Tells one event to one address. It never throws for what the receiver does. */
export async function tellEvent(url: string, told: Told, keys: readonly Buffer[]): Promise<Answer> {
  const message = { id: told.id, body: JSON.stringify(bodyOf(told)) };
  let answer: HttpAnswer;
  try {
    answer = await signedPost(url, message, keys);
  } catch (error) {
    return { outcome: 'unavailable', status: null, answer: (error as Error).message, retryAfterMs: null };
  }
  const { status, retryAfter, body } = answer;
  return {
    outcome: outcomeOf(status),
    status,
    answer: printable(body, []).slice(0, longestAnswer).toWellFormed(),
    retryAfterMs: waitOf(retryAfter),
  };
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return mayPass(status) ? 'unavailable' : 'refused';
}
