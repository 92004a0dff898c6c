import type { Message } from '../api/types.ts';
import type { Draft } from './draft.ts';

/** What others have written since this was begun. */
export function unseenIn(draft: Draft, messages: readonly Message[], me: string): readonly Message[] {
  if (draft.body === '') return [];
  const known = messages.findIndex(({ id }) => id === draft.after);
  return messages.slice(known + 1).filter(({ authorId }) => authorId !== me);
}

/** Of these, what colleagues have written: it may have answered already. */
export function colleaguesOf(unseen: readonly Message[]): readonly Message[] {
  return unseen.filter(({ author, automatic }) => author === 'agent' && !automatic);
}
