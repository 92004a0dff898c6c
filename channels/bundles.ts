import type { Deliver, Page } from './page.ts';

/** Everything that waits to go to one address together. */
interface Bundle {
  readonly waiting: { readonly page: Page; readonly settle: (outcome: Promise<string>) => void }[];
}

/**
 * Brings pages for one address that come within seconds into one message. The first goes out at once; what comes within
 * `windowMs` of a message waits for the window's end, and then goes out together.
 */
export class Bundles {
  readonly #windowMs: number;
  readonly #open = new Map<string, Bundle>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Resolves or rejects with the message in which the page went out. `address` names channel and address. */
  deliver(address: string, page: Page, send: (pages: Parameters<Deliver>[0]) => Promise<string>): Promise<string> {
    const open = this.#open.get(address);
    if (open !== undefined) {
      return new Promise((resolve) => open.waiting.push({ page, settle: resolve }));
    }
    this.#begin(address, send);
    return send([page]);
  }

  #begin(address: string, send: (pages: Parameters<Deliver>[0]) => Promise<string>): void {
    const bundle: Bundle = { waiting: [] };
    this.#open.set(address, bundle);
    setTimeout(() => {
      this.#open.delete(address);
      const [first, ...others] = bundle.waiting.map(({ page }) => page);
      if (first === undefined) return;
      this.#begin(address, send);
      const sent = send([first, ...others]);
      for (const { settle } of bundle.waiting) settle(sent);
    }, this.#windowMs).unref();
  }
}
