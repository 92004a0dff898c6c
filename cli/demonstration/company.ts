import type { UserJson } from '../../api/schemas/user.ts';
import type { ApiClient, Page } from './api-client.ts';
import { articles } from './story.ts';

/** Who plays: agents by user, each with a key of their own. */
export interface Cast {
  readonly admin: ApiClient;
  readonly agents: ReadonlyMap<string, ApiClient>;
  /** Whose tickets are played with. */
  readonly team: string | null;
}

/** The people of the demonstration desk. */
export class Company {
  readonly #admin: ApiClient;
  readonly #keys: string[] = [];

  constructor(admin: ApiClient) {
    this.#admin = admin;
  }

  /** Gives every agent a key, everybody a pager, and the desk its articles, unless it has some. */
  async gather(pager: string): Promise<Cast> {
    const users = await this.#admin.call<Page<UserJson>>('GET', '/v1/users?limit=100');
    const agents = new Map<string, ApiClient>();
    let team: string | null = null;
    for (const { id, name, role, teams } of users.data) {
      await this.#admin.call('PATCH', `/v1/users/${id}`, { contacts: [{ type: 'webhook', address: pager }] });
      if (role !== 'agent') continue;
      team ??= teams[0] ?? null;
      const made = await this.#admin.post<{ id: string; key: string }>('/v1/api-keys', {
        name: `Demonstration: ${name}`,
        role: 'agent',
        user: id,
      });
      this.#keys.push(made.id);
      agents.set(id, this.#admin.as(made.key));
    }
    const { data } = await this.#admin.call<Page<object>>('GET', '/v1/articles?limit=1');
    if (data.length === 0) {
      for (const article of articles) await this.#admin.post('/v1/articles', { ...article, language: 'en' });
    }
    return { admin: this.#admin, agents, team };
  }

  /** Takes the keys back: the next start makes others. */
  async leave(): Promise<void> {
    for (const id of this.#keys) await this.#admin.call('DELETE', `/v1/api-keys/${id}`).catch(() => undefined);
  }
}
