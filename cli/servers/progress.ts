import type { Say } from './cache.ts';

/** Says how something long is going, every five seconds, until it is stopped. */
export function reportProgress(say: Say, what: string, how: () => string): { seconds(): number; stop(): void } {
  const began = Date.now();
  const seconds = (): number => Math.round((Date.now() - began) / 1000);
  const timer = setInterval(() => say(`${what}: ${seconds()} s, ${how()}`), 5000);
  return { seconds, stop: () => clearInterval(timer) };
}
