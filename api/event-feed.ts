import type { Database } from '../db/client.ts';
import { eventsAfter, streamHead, type PositionedEvent } from '../db/stream.ts';

type Listener = (events: readonly PositionedEvent[]) => void;

const pollMs = 100;
const awayMs = 1000;
const pageSize = 500;

/** Looks for new events while somebody listens, once for everybody in this process. */
export class EventFeed {
  readonly #database: Database;
  readonly #listeners = new Set<Listener>();
  #watch: Watch | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Tells every event that can be read from now on, once each, in order. When this resolves, nothing that comes is
   * missed; what it gives ends the listening.
   */
  async listen(listener: Listener): Promise<() => void> {
    this.#listeners.add(listener);
    this.#watch ??= new Watch(this.#database, (events) => {
      for (const tell of this.#listeners) tell(events);
    });
    const stop = (): void => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.close();
    };
    try {
      await this.#watch.started;
      return stop;
    } catch (error) {
      stop();
      throw error;
    }
  }

  close(): void {
    this.#watch?.stop();
    this.#watch = undefined;
  }
}

/** From somebody's beginning to listen until nobody does. */
class Watch {
  /** Resolves when it is known where to begin. */
  readonly started: Promise<void>;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, tell: Listener) {
    this.started = streamHead(database.db).then((head) => this.#next(database, tell, head, 0));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #next(database: Database, tell: Listener, from: string, ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      eventsAfter(database.db, from, {}, pageSize).then(
        (events) => {
          if (events.length > 0 && !this.#stopped) tell(events);
          this.#next(database, tell, events.at(-1)?.position ?? from, events.length === pageSize ? 0 : pollMs);
        },
        // The database is away; who listens has missed nothing when it is back.
        () => this.#next(database, tell, from, awayMs),
      );
    }, ms);
  }
}
