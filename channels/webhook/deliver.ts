import { webhookKey } from '../../config/webhook-key.ts';
import { failureOf } from '../http-answer.ts';
import type { Tell } from '../notice.ts';
import type { Deliver, Page } from '../page.ts';
import { signedPost } from './signed-post.ts';

/**
 * Pages by a signed POST to an address of the desk's own, one for each page, with the key that `webhookKey` derives from
 * the desk's secret.
 */
export function webhook({ secret }: { readonly secret: string }): Deliver {
  return async (pages, url) => {
    let answer = '';
    for (const page of pages) answer = await deliver(page, url, secret);
    return answer;
  };
}

/** Tells by the same kind of POST. */
export function webhookNotice({ secret }: { readonly secret: string }): Tell {
  return ({ id, title, text, data }, url) => send(id, { ...data, title, text }, url, secret);
}

function deliver(page: Page, url: string, secret: string): Promise<string> {
  const { dedupKey, priority: _priority, ...rest } = page;
  const dueAt = new Date(page.dueAt).toISOString();
  return send(dedupKey, { type: 'page', ...rest, dedupKey, dueAt }, url, secret);
}

async function send(id: string, message: object, url: string, secret: string): Promise<string> {
  const answer = await signedPost(url, { id, body: JSON.stringify(message) }, [webhookKey(secret)]);
  if (answer.status >= 200 && answer.status < 300) return `HTTP ${answer.status}`;
  // What a receiver of the desk's own says may hold anything; its status is enough.
  throw failureOf(answer, '', []);
}
