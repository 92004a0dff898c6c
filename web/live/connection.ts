import { ApiProblem } from '../api/client.ts';
import type { DeskEvent } from '../api/types.ts';
import { readServerEvents } from './server-events.ts';

export type ConnectionState = 'connecting' | 'connected' | 'offline';

export interface ConnectionOptions {
  readonly onEvent: (event: DeskEvent) => void;
  /** Told what holds for a moment, by who asks for it. */
  readonly onMoment?: (type: string, data: string) => void;
  /** Connected, again or for the first time, and nothing told yet. */
  readonly onOpen?: () => void;
  /** Connected in such a way that something may have been missed: what is on the screen has to be asked for again. */
  readonly onFresh: () => void;
  readonly onSignedOut: () => void;
  /** Where in the stream everything stood that is on the screen, and when that was. */
  readonly from?: { readonly id: string; readonly at: number } | undefined;
}

/** The server says something every 15 s. */
const silentMs = 35_000;
/** Whoever was away for longer asks for the present state instead of all that happened. */
const resumableMs = 5 * 60_000;
const firstDelayMs = 500;
const longestDelayMs = 10_000;

/** The one connection to the stream of events: kept up, resumed where it was cut, and made anew after sleep. */
export class LiveConnection {
  readonly #options: ConnectionOptions;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = 'connecting';
  #lastId: string | undefined;
  #aliveAt = 0;
  #failures = 0;
  #attempt: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#lastId = options.from?.id;
    this.#aliveAt = options.from?.at ?? 0;
  }

  readonly state = (): ConnectionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#watch = setInterval(this.#lookAlive, 5000);
    window.addEventListener('online', this.#lookAlive);
    window.addEventListener('offline', this.#lookAlive);
    document.addEventListener('visibilitychange', this.#lookAlive);
    void this.#connect();
  }

  stop(): void {
    clearInterval(this.#watch);
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.#lookAlive);
    window.removeEventListener('offline', this.#lookAlive);
    document.removeEventListener('visibilitychange', this.#lookAlive);
    this.#attempt?.abort();
    this.#attempt = undefined;
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer);
    const attempt = new AbortController();
    this.#attempt?.abort();
    this.#attempt = attempt;
    if (Date.now() - this.#aliveAt > resumableMs) this.#lastId = undefined;
    const lastId = this.#lastId;
    const startedAt = Date.now();
    try {
      const { onMoment, onOpen } = this.#options;
      await readServerEvents(onMoment === undefined ? '/v1/stream' : '/v1/stream?live=true', {
        lastId,
        signal: attempt.signal,
        onOpen: () => {
          this.#aliveAt = Date.now();
          this.#failures = 0;
          this.#set('connected');
          onOpen?.();
          if (lastId === undefined) this.#options.onFresh();
        },
        onAlive: () => (this.#aliveAt = Date.now()),
        onEvent: ({ id, type, data }) => {
          // Only what is archived has an id to come back to.
          if (id === undefined) return onMoment?.(type, data);
          this.#lastId = id;
          this.#options.onEvent(JSON.parse(data) as DeskEvent);
        },
      });
    } catch (error) {
      if (attempt.signal.aborted) return;
      if (error instanceof ApiProblem && error.status === 401) return this.#options.onSignedOut();
      // An id that the server does not know is of no use to it.
      if (error instanceof ApiProblem && error.status === 400) this.#lastId = undefined;
    }
    if (attempt !== this.#attempt) return;
    this.#failures++;
    this.#set(this.#failures > 1 || !navigator.onLine ? 'offline' : 'connecting');
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** (this.#failures - 1)) * (0.75 + Math.random() / 2);
    // A server that closes a stream at once is not asked again at once.
    const since = Date.now() - startedAt;
    this.#timer = setTimeout(() => void this.#connect(), Math.max(delay - since, firstDelayMs));
  }

  /** After sleep timers run late and the connection is dead without having ended; the network may be back early. */
  readonly #lookAlive = (): void => {
    if (!navigator.onLine) return this.#set('offline');
    if (this.#state === 'connected' && Date.now() - this.#aliveAt <= silentMs) return;
    if (this.#state === 'connecting' && this.#failures === 0) return;
    this.#set('connecting');
    void this.#connect();
  };

  #set(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
