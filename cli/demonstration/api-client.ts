import type { Static } from 'typebox';
import type { TicketSchema } from '../../api/schemas/ticket.ts';

export type ListedTicket = Static<typeof TicketSchema>;

export interface Page<T> {
  readonly data: readonly T[];
}

/** The API as one of the players uses it. */
export class ApiClient {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  /** Throws whatever the API refuses. */
  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return (answer === '' ? undefined : JSON.parse(answer)) as T;
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.call('POST', path, body);
  }

  /** The same API, as somebody else. */
  as(key: string): ApiClient {
    return new ApiClient(this.#url, key);
  }

  async openTickets(): Promise<readonly ListedTicket[]> {
    return (await this.call<Page<ListedTicket>>('GET', '/v1/tickets?limit=100')).data;
  }
}
