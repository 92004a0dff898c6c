import { vi } from 'vitest';
import { ComeAgain, Refused } from '../../../channels/page.ts';

/** What a delivery was rejected with, in words that tests compare: its class, its message, and how long to wait. */
export async function failureOf(delivery: Promise<unknown>): Promise<[string, string] | [string, string, number]> {
  const error: unknown = await delivery.then(
    (answer) => new Error(`resolved with ${String(answer)}`),
    (error: unknown) => error,
  );
  if (error instanceof ComeAgain) return ['ComeAgain', error.message, error.afterMs];
  if (error instanceof Refused) return ['Refused', error.message];
  return [(error as Error).name, (error as Error).message];
}

/** Runs `act` while every `AbortSignal.timeout` ends after 50 ms, and gives what each was asked for. */
export async function withShortTimeouts(act: () => Promise<unknown>): Promise<number[]> {
  const real = AbortSignal.timeout.bind(AbortSignal);
  const asked: number[] = [];
  const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    asked.push(ms);
    return real(50);
  });
  await act().finally(() => spy.mockRestore());
  return asked;
}
