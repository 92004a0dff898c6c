import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhookKey } from '../../config/webhook-key.ts';

export interface ReceivedPage {
  readonly at: number;
  readonly type: string;
  readonly incident: string;
  readonly ticket: string;
  readonly step: number;
  readonly round: number;
  readonly user: string;
  readonly dedupKey: string;
  readonly reason: string;
  readonly dueAt: string;
  readonly acknowledgeUrl: string;
}

export interface ReceivedNotice {
  readonly title: string;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface PageReceiver {
  readonly url: string;
  /** Pages as somebody saw them: one for each dedup key. */
  readonly pages: ReceivedPage[];
  /** Word of handoffs, each once. */
  readonly notices: ReceivedNotice[];
  /** Every delivery of a page that came, by dedup key. */
  readonly deliveries: Map<string, number>;
  /** What was wrong with requests that broke the contract. */
  readonly violations: string[];
  /** Answers the next requests with these statuses (0: closes the connection without an answer), then with 202. */
  failNext(...statuses: number[]): void;
  waitFor(count: number, timeoutMs?: number): Promise<ReceivedPage[]>;
  close(): Promise<void>;
}

const fields = ['type', 'incident', 'ticket', 'step', 'round', 'user', 'dedupKey', 'reason', 'dueAt', 'acknowledgeUrl'];

/** A pager on this machine: checks signature and shape as the Standard Webhooks specification and the API's pages have them, and can fail. */
export async function startPageReceiver(secret: string): Promise<PageReceiver> {
  const pages: ReceivedPage[] = [];
  const deliveries = new Map<string, number>();
  const notices = new Map<string, ReceivedNotice>();
  const violations: string[] = [];
  const failures: number[] = [];
  const waiting = new Set<() => void>();

  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const failure = failures.shift();
      if (failure === 0) {
        request.socket.destroy();
        return;
      }
      const problem = problemOf(request, body, secret);
      if (problem !== undefined) violations.push(problem);
      const status = failure ?? (problem === undefined ? 202 : 400);
      if (status === 202) {
        const { title, text, ...data } = JSON.parse(body) as ReceivedNotice & { type: string };
        if (data.type === 'page') accept(JSON.parse(body) as ReceivedPage);
        else notices.set(String(request.headers['webhook-id']), { title, text, data: { ...data } });
      }
      response.writeHead(status, status === 429 ? { 'retry-after': '1' } : {}).end();
    });
  });

  function accept(page: ReceivedPage): void {
    const times = (deliveries.get(page.dedupKey) ?? 0) + 1;
    deliveries.set(page.dedupKey, times);
    if (times === 1) pages.push({ ...page, at: Date.now() });
    for (const check of waiting) check();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/page`,
    pages,
    deliveries,
    get notices() {
      return [...notices.values()];
    },
    violations,
    failNext: (...statuses) => void failures.push(...statuses),
    waitFor: (count, timeoutMs = 30_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`${pages.length} of ${count} pages came in ${timeoutMs} ms`));
        }, timeoutMs);
        const check = (): void => {
          if (pages.length < count) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve([...pages]);
        };
        waiting.add(check);
        check();
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function problemOf(request: IncomingMessage, body: string, secret: string): string | undefined {
  const { headers, method } = request;
  if (method !== 'POST' || headers['content-type'] !== 'application/json') return 'not a POST of JSON';
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return 'timestamp outside five minutes';
  const given = Buffer.from(String(headers['webhook-signature']).replace(/^v1,/, ''), 'base64');
  const right = createHmac('sha256', webhookKey(secret)).update(`${id}.${timestamp}.${body}`).digest();
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'bad signature';
  const page = JSON.parse(body) as Record<string, unknown>;
  if (page['type'] !== 'page') return typeof page['title'] === 'string' ? undefined : 'missing title';
  const missing = fields.filter((field) => page[field] === undefined);
  if (missing.length > 0) return `missing ${missing.join(', ')}`;
  if (page['dedupKey'] !== id) return 'webhook-id is not the dedup key';
  return undefined;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
