import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { DeskApp } from '../api/desk-app.ts';

/** Keeps cookies as a browser does, and calls as our own pages do. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #desk: Pick<DeskApp, 'app'>;
  readonly #address: string;

  constructor(desk: Pick<DeskApp, 'app'>, address = '127.0.0.1') {
    this.#desk = desk;
    this.#address = address;
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const answer = await this.#desk.app.inject({
      method,
      url,
      remoteAddress: this.#address,
      headers: { ...this.cookie(), 'x-vigil-request': '1', ...headers },
      ...(body !== undefined && { payload: body as NonNullable<InjectOptions['payload']> }),
    });
    this.#keep([answer.headers['set-cookie'] ?? []].flat());
    return answer;
  }

  /** What it would send. */
  cookie(): { cookie?: string } {
    const pairs = [...this.cookies].map(([name, value]) => `${name}=${value}`);
    return pairs.length === 0 ? {} : { cookie: pairs.join('; ') };
  }

  #keep(setCookies: readonly string[]): void {
    for (const text of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      if (value === '' || /max-age=0/i.test(text)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
