import { randomBytes } from 'node:crypto';
import { requestsTo } from '../support/stack.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export const password = 'correct horse battery';

/** What tests do to a desk by its API, with the admin's key. Everything is named anew, since all tests share one desk. */
export class Desk {
  readonly url: string;
  readonly request: ReturnType<typeof requestsTo>;

  constructor(url: string, adminKey: string) {
    this.url = url;
    this.request = requestsTo(() => url, adminKey);
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const answer = await this.request('POST', path, body);
    if (!answer.ok) throw new Error(`POST ${path} answers ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  addPerson(name: string, role = 'agent'): Promise<Person> {
    return this.post('/v1/users', { name, email: `${unique('person').replace(' ', '-')}@example.com`, role });
  }

  /** The address behind which the person sets a password. */
  async invite(person: Person): Promise<string> {
    const { url } = await this.post<{ url: string }>(`/v1/users/${person.id}/invitations`, {});
    // Invitations name the address that people use; tests use the one that they know.
    return this.url + new URL(url).pathname;
  }

  addTicket(fields: Readonly<Record<string, unknown>> = {}): Promise<{ id: string; reference: string }> {
    return this.post('/v1/tickets', {
      subject: unique('Printer on fire'),
      body: 'It is the third one this week.',
      requester: { email: 'ada@example.com', name: 'Ada Lovelace' },
      ...fields,
    });
  }

  addTeam(name: string): Promise<{ id: string }> {
    return this.post('/v1/teams', { name });
  }

  /** On working days, each person for a day; nobody on weekends. */
  addSchedule(name: string, people: readonly string[]): Promise<{ id: string; name: string }> {
    const layer = {
      name: 'Days',
      rotation: { type: 'daily', shiftLength: 1, start: '2026-01-05T08:00:00Z' },
      participants: people,
      restrictions: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '00:00', to: '24:00' }],
    };
    return this.post('/v1/schedules', { name, timeZone: 'Europe/Berlin', layers: [layer] });
  }

  /** A policy for the tickets of one channel, and so of one test. */
  async addPromise(targets: object): Promise<string> {
    const channel = unique('channel').replace(' ', '-');
    await this.post('/v1/sla-policies', { name: channel, targets, conditions: { channel: [channel] } });
    return channel;
  }
}

export function unique(text: string): string {
  return `${text} ${randomBytes(4).toString('hex')}`;
}
