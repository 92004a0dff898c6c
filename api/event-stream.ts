import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { comparePositions, type PositionedEvent } from '../db/stream.ts';
import { eventJson } from './schemas/event.ts';

const heartbeatMs = 15_000;
/** What a listener may have unread before it is cut off; it comes back to where it was. */
const unreadBytes = 1024 * 1024;

type Events = readonly PositionedEvent[];

/** One listener's server-sent events: what it missed, as fast as it reads, and then what happens. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #wanted: (event: PositionedEvent) => boolean;
  /** What happened while it was catching up; null once it has. */
  #waiting: PositionedEvent[] | null = [];

  constructor(response: ServerResponse, wanted: (event: PositionedEvent) => boolean) {
    this.#response = response;
    this.#wanted = wanted;
  }

  /** `isAllowed` is asked from time to time: who may not listen any more is told nothing further. */
  begin(isAllowed: () => Promise<boolean>): void {
    const heartbeat = setInterval(() => {
      this.#response.write(': still here\n\n');
      void isAllowed().then((still) => still || this.#response.destroy());
    }, heartbeatMs);
    this.#response.once('close', () => clearInterval(heartbeat));
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      // Nothing comes after a stream, so that a server that closes need not wait for the connection.
      connection: 'close',
      // Proxies that gather answers before passing them on are told not to.
      'x-accel-buffering': 'no',
    });
    this.#response.write('retry: 1000\n\n');
  }

  /** What happens now. A listener that does not read is cut off. */
  tell(events: Events): void {
    if (this.#waiting !== null) this.#waiting.push(...events.filter(this.#wanted));
    else if (!this.#write(events) && this.#response.writableLength > unreadBytes) this.#response.destroy();
  }

  /** What is true for a moment: it has no id, since nobody can come back to it. */
  say(type: string, data: object): void {
    if (this.#response.destroyed) return;
    const kept = this.#response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    if (!kept && this.#response.writableLength > unreadBytes) this.#response.destroy();
  }

  /** Writes what came after `from`, page by page, and then lets through what happened meanwhile. */
  async catchUp(from: string | undefined, next: (from: string) => Promise<Events>): Promise<void> {
    let cursor = from;
    while (cursor !== undefined && !this.#response.destroyed) {
      // What was told before is in the archive, and so among what is read now.
      this.#waiting = [];
      const missed = await next(cursor);
      if (!this.#write(missed)) await Promise.race([once(this.#response, 'drain'), once(this.#response, 'close')]);
      const last = missed.at(-1);
      if (last === undefined) break;
      cursor = last.position;
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    const after = cursor;
    this.tell(after === undefined ? waiting : waiting.filter((e) => comparePositions(e.position, after) > 0));
  }

  /** Whether the listener keeps up. */
  #write(events: Events): boolean {
    const text = events.filter(this.#wanted).map(asText).join('');
    return text === '' || this.#response.destroyed || this.#response.write(text);
  }
}

function asText(event: PositionedEvent): string {
  return `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(eventJson(event))}\n\n`;
}
