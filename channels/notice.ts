/** Word to somebody that waits for no answer, such as who is on duty now. */
export interface Notice {
  /** The same for each attempt at it. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** For programs: what webhooks carry, with its `type`. */
  readonly data: Readonly<Record<string, unknown>> & { readonly type: string };
}

/** Delivers a notice to one address, and fails as a `Deliver` does. */
export type Tell = (notice: Notice, address: string) => Promise<string>;
