import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from './cache.ts';
import type { Child } from './child.ts';

export interface Supervised {
  readonly name: string;
  /** The one that runs now, or ran last. */
  readonly child: () => Child;
  /** Stops it for good. */
  stop(): Promise<void>;
}

/** One that has run for this long starts again at once, whatever went before. */
const steadyMs = 60_000;
const longestWaitMs = 30_000;

/** Starts a child, and again whenever it ends, waiting longer each time. Rejects where the first start fails. */
export async function supervise(start: () => Promise<Child>, say: Say): Promise<Supervised> {
  let child = await start();
  const stopping = new AbortController();

  async function watch(): Promise<void> {
    for (let failures = 0, since = Date.now(); ;) {
      const how = await child.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - since > steadyMs) failures = 0;
      const wait = Math.min(longestWaitMs, 250 * 2 ** failures++);
      say(`${child.name} ended (${how}): starting it again in ${wait / 1000} s`);
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      since = Date.now();
      try {
        child = await start();
        say(`${child.name} runs again`);
      } catch (error) {
        say((error as Error).message);
      }
    }
  }

  const watching = watch();
  return {
    name: child.name,
    child: () => child,
    stop: async () => {
      stopping.abort();
      if (child.running()) await child.stop();
      await watching;
      // One that was just being started has come to life in the meantime.
      if (child.running()) await child.stop();
    },
  };
}
