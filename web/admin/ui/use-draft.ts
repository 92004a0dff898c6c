import { useState } from 'react';

export interface Draft<T> {
  /** As they would be saved. */
  readonly fields: T;
  readonly set: (part: Partial<T>) => void;
  /** Those that are not as they are stored: nothing else is sent, so that two who edit at once do not undo each other. */
  readonly changes: Partial<T>;
  readonly dirty: boolean;
  readonly clear: () => void;
}

/** What a form shows: what is stored, with what was typed over it. */
export function useDraft<T extends object>(stored: T): Draft<T> {
  const [edits, setEdits] = useState<Partial<T>>({});
  const changed = Object.entries(edits).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(stored[field as keyof T]),
  );
  return {
    fields: { ...stored, ...edits },
    set: (part) => setEdits((before) => ({ ...before, ...part })),
    changes: Object.fromEntries(changed) as Partial<T>,
    dirty: changed.length > 0,
    clear: () => setEdits({}),
  };
}
