import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** One durable timer that is set to an instant, and started anew only when that instant changes. */
export class Alarm {
  readonly #ring: () => void;
  #at: number | null = null;
  #scope: CancellationScope | null = null;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** `what` is shown beside the timer in Temporal's UI. An instant that has passed rings in the next workflow task. */
  set(next: { at: number; what: string } | null): void {
    if ((next?.at ?? null) === this.#at) return;
    this.#scope?.cancel();
    this.#scope = null;
    this.#at = next?.at ?? null;
    if (next === null) return;
    const scope = new CancellationScope();
    this.#scope = scope;
    void scope
      .run(async () => {
        await sleep(Math.max(1, next.at - Date.now()), { summary: next.what });
        this.#at = null;
        this.#scope = null;
        this.#ring();
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }
}
