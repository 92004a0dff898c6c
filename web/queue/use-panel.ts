import { useState } from 'react';

const storageKey = 'vigil:agents-panel';

/** Whether the agents are shown beside the queue: as it was left here, else where there is room for both. */
export function usePanel(): { readonly open: boolean; readonly show: (open: boolean) => void } {
  const [open, setOpen] = useState(() => {
    const left = localStorage.getItem(storageKey);
    return left === null ? matchMedia('(min-width: 75em)').matches : left === 'open';
  });
  const show = (to: boolean): void => {
    localStorage.setItem(storageKey, to ? 'open' : 'closed');
    setOpen(to);
  };
  return { open, show };
}
