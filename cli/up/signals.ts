/** npm and the terminal may both hand on one Ctrl-C. */
const sameSignalMs = 500;

/** Resolves when we are told to stop. Told again, `force` ends what is still there, and we do not wait for it. */
export function untilSignal(force: () => void): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const told = (): void => {
      if (first === undefined) {
        first = Date.now();
        resolve();
      } else if (Date.now() - first > sameSignalMs) {
        force();
        process.exit(130);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, told);
  });
}
