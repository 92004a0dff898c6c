/** Work that is done one run at a time, however often it is asked for. */
export interface Coalesced {
  /** Resolves with a run that began after the call; calls that wait share it. */
  (): Promise<void>;
  /** Resolves when nothing runs or waits any more. */
  settled(): Promise<void>;
}

export function coalesced(work: () => Promise<void>): Coalesced {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const ask = (): Promise<void> =>
    (next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        running = work();
        return running;
      }));
  return Object.assign(ask, {
    settled: async () => {
      await Promise.allSettled([running, next]);
    },
  });
}
