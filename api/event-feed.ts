import type { Database } from '../db/client.ts';
import { eventsAfter, streamHead, type PositionedEvent } from '../db/stream.ts';

type Listener = (events: readonly PositionedEvent[]) => void;

const pollMs = 100;
const pageSize = 500;

/** Looks for new events while somebody listens, once for everybody in this process. */
export class EventFeed {
  readonly #database: Database;
  readonly #listeners = new Set<Listener>();
  #cursor: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Returns what ends the listening. Events that come from now on are told once each, in order. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#timer === undefined) this.#schedule(0);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.close();
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#cursor = undefined;
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#poll().then(
        (more) => this.#timer !== undefined && this.#schedule(more ? 0 : pollMs),
        // The database is away; who listens has missed nothing when it is back.
        () => this.#timer !== undefined && this.#schedule(10 * pollMs),
      );
    }, ms);
  }

  async #poll(): Promise<boolean> {
    const { db } = this.#database;
    if (this.#cursor === undefined) {
      this.#cursor = await streamHead(db);
      return false;
    }
    const events = await eventsAfter(db, this.#cursor, {}, pageSize);
    const last = events.at(-1);
    if (last === undefined || this.#timer === undefined) return false;
    this.#cursor = last.position;
    for (const listener of this.#listeners) listener(events);
    return events.length === pageSize;
  }
}
