import type { Database } from '../db/client.ts';
import { lastMention, mentionsAfter } from '../db/mentions.ts';
import { presentNow, type Present } from '../db/presence.ts';

/** What is told of the present moment and kept nowhere: whoever was not listening asks how things are now. */
export type Moment =
  | { readonly type: 'presence'; readonly ticket: string; readonly people: readonly Present[] }
  | { readonly type: 'mention'; readonly user: string; readonly ticket: string };

type Listener = (moment: Moment) => void;

const pollMs = 500;
const awayMs = 1000;

/**
 * Looks who is where while somebody listens, once for everybody in this process. It asks PostgreSQL every half second
 * instead of being told by it: so it makes no difference which API was told, nor whether a connection was lost, and who
 * stops saying that they are there is seen to be gone.
 */
export class MomentFeed {
  readonly #database: Database;
  readonly #listeners = new Set<Listener>();
  #present: ReadonlyMap<string, readonly Present[]> = new Map();
  #mention: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Tells who is there already, and from then on what changes; what it gives ends the listening. */
  listen(listener: Listener): () => void {
    for (const [ticket, people] of this.#present) listener({ type: 'presence', ticket, people });
    this.#listeners.add(listener);
    this.#running ??= this.#look();
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    let wait = pollMs;
    try {
      const present = await presentNow(this.#database.pool);
      const changed = [...new Set([...this.#present.keys(), ...present.keys()])].filter(
        (ticket) => JSON.stringify(this.#present.get(ticket)) !== JSON.stringify(present.get(ticket)),
      );
      this.#present = present;
      for (const ticket of changed) this.#tell({ type: 'presence', ticket, people: present.get(ticket) ?? [] });
      await this.#lookForMentions();
    } catch {
      // The database is away: who is there is not known, and was told before.
      wait = awayMs;
    }
    if (this.#listeners.size > 0) {
      this.#timer = setTimeout(() => {
        this.#running = this.#look();
      }, wait);
    } else {
      this.#running = undefined;
      this.#present = new Map();
      this.#mention = undefined;
    }
  }

  async #lookForMentions(): Promise<void> {
    const { db } = this.#database;
    if (this.#mention === undefined) {
      this.#mention = await lastMention(db);
      return;
    }
    for (const { number, user, ticket } of await mentionsAfter(db, this.#mention)) {
      this.#mention = number;
      this.#tell({ type: 'mention', user, ticket });
    }
  }

  #tell(moment: Moment): void {
    for (const listener of this.#listeners) listener(moment);
  }
}
