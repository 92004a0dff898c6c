import { useEffect } from 'react';

/** Keeps the screen on, where the browser can: it lets go whenever the page is hidden, and is asked anew after that. */
export function useWakeLock(): void {
  useEffect(() => {
    // Over plain HTTP there is none, whatever the types say.
    const lock = navigator.wakeLock as WakeLock | undefined;
    if (lock === undefined) return;
    let held: WakeLockSentinel | undefined;
    let left = false;
    const hold = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      try {
        held = await lock.request('screen');
        if (left) await held.release();
      } catch {
        // Refused, to save the battery say: the screen goes dark when it will.
      }
    };
    const ask = (): void => void hold();
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', ask);
      void held?.release();
    };
  }, []);
}
