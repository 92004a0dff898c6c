const gatherMs = 100;
const defaultBetweenMs = 1500;

/**
 * Asks again for what many small things change: never twice at once, at most so often, and always once more after the
 * last of them.
 */
export class Refresher {
  readonly #work: () => Promise<unknown>;
  readonly #betweenMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #asked = false;
  #endedAt = 0;

  constructor(work: () => Promise<unknown>, betweenMs = defaultBetweenMs) {
    this.#work = work;
    this.#betweenMs = betweenMs;
  }

  readonly ask = (): void => {
    this.#asked = true;
    if (this.#busy) return;
    this.#timer ??= setTimeout(
      () => void this.#run(),
      Math.max(gatherMs, this.#endedAt + this.#betweenMs - Date.now()),
    );
  };

  readonly stop = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = false;
  };

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#asked = false;
    this.#busy = true;
    try {
      await this.#work();
    } finally {
      this.#busy = false;
      this.#endedAt = Date.now();
      if (this.#asked) this.ask();
    }
  }
}
