import { useMemo, useState } from 'react';

export interface Selection {
  readonly ids: readonly string[];
  readonly has: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  readonly set: (ids: readonly string[]) => void;
  readonly remove: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      ids: [...chosen],
      has: (id) => chosen.has(id),
      toggle: (id) =>
        setChosen((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id])),
      set: (ids) => setChosen(new Set(ids)),
      remove: (ids) => setChosen((before) => new Set([...before].filter((one) => !ids.includes(one)))),
      clear: () => setChosen(new Set()),
    }),
    [chosen],
  );
}
