import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A status with the body that the service documents for it; 0: the connection breaks; `hang`: no answer ever. */
export type Failure =
  | number
  | 'hang'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What one service has of its own. */
export interface Service {
  /** What breaks its documented contract; undefined where nothing does. */
  readonly check: (request: StandInRequest) => string | undefined;
  readonly accept: (request: StandInRequest) => Answer;
  /** What it answers with a status of failure. */
  readonly failureBody: (status: number) => unknown;
}

export interface StandIn {
  readonly url: string;
  /** What was wrong with requests that broke the contract. */
  readonly violations: string[];
  /** Fails the next requests so, in this order. */
  failNext(...failures: Failure[]): void;
  close(): Promise<void>;
}

/** A service on this machine that checks what it is sent, and can fail. */
export async function startStandIn({ check, accept, failureBody }: Service): Promise<StandIn> {
  const violations: string[] = [];
  const failures: Failure[] = [];

  const server = createServer((incoming, response) => {
    void read(incoming).then((request) => {
      const problem = check(request);
      if (problem !== undefined) violations.push(problem);
      const failure = failures.shift();
      if (failure === 'hang') return;
      if (failure === 0) incoming.socket.destroy();
      else if (failure !== undefined) fail(response, typeof failure === 'number' ? { status: failure } : failure);
      else if (problem !== undefined) fail(response, { status: 400 });
      else send(response, accept(request));
    });
  });

  function fail(response: ServerResponse, { status, headers, body }: Exclude<Failure, number | 'hang'>): void {
    send(response, { status, body: body ?? failureBody(status) }, headers);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    violations,
    failNext: (...more) => void failures.push(...more),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, { status, body }: Answer, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text);
}

async function read(incoming: IncomingMessage): Promise<StandInRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = incoming;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
}
