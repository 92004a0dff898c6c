import { useCallback, useEffect, useRef, useState } from 'react';

/** Whoever has not typed for so long has paused, or is reading. */
const pauseMs = 6000;

/** Whether somebody is typing at this moment. */
export function useTyping(): { readonly typing: boolean; readonly onType: () => void } {
  const [typing, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onType = useCallback(() => {
    setTyping(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTyping(false), pauseMs);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { typing, onType };
}
