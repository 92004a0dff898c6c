/** What was answered to a request, without the ticket as it was then. */
export interface Seen {
  readonly requestHash: string;
  readonly cause: string;
  readonly at: number;
  readonly seq: number;
}

const keepMs = 24 * 60 * 60 * 1000;
const keepAtLeast = 200;

/**
 * Requests that were carried out. The server knows the updates of one run only, so they are carried from run to run:
 * for 24 hours, and the latest 200 for longer.
 */
export class SeenRequests {
  #seen: Record<string, Seen>;

  constructor(seen: Readonly<Record<string, Seen>>) {
    this.#seen = { ...seen };
  }

  has(key: string): boolean {
    return this.#seen[key] !== undefined;
  }

  get(key: string): Seen | undefined {
    return this.#seen[key];
  }

  add(key: string, answer: Seen): void {
    this.#seen[key] = answer;
  }

  carry(now: number): Record<string, Seen> {
    const entries = Object.entries(this.#seen);
    return Object.fromEntries(entries.filter(([, s], i) => s.at > now - keepMs || i >= entries.length - keepAtLeast));
  }
}
