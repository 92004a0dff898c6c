import { useState } from 'react';
import type { Attachment, MacroPreview, NewMessage } from '../api/types.ts';

export type MessageKind = 'reply' | 'note';

/** What an agent has written and not sent. It is kept until it was sent, whatever happens to the page. */
export interface Draft {
  readonly kind: MessageKind;
  readonly body: string;
  readonly status: NonNullable<NewMessage['status']> | null;
  readonly attachments: readonly Attachment[];
  /** What macros want to have done to the ticket with the sending. */
  readonly actions: Omit<MacroPreview['actions'], 'status'>;
  /** The last message of the conversation when the writing began: what comes after it was not known then. */
  readonly after: string | null;
  /** The last attempt to send, whose key is used again for as long as the same is sent. */
  readonly attempt: { readonly content: string; readonly key: string } | null;
}

const blank: Draft = {
  kind: 'reply',
  body: '',
  status: null,
  attachments: [],
  actions: {},
  after: null,
  attempt: null,
};

export interface DraftState {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly discard: () => void;
}

export function useDraft(user: string, ticket: string): DraftState {
  const storageKey = `vigil:draft:${user}:${ticket}`;
  const [draft, setDraft] = useState(() => read(storageKey));
  const change = (change: Partial<Draft>): void =>
    setDraft((before) => {
      const after = { ...before, ...change };
      write(storageKey, after);
      return after;
    });
  const discard = (): void => {
    localStorage.removeItem(storageKey);
    setDraft((before) => ({ ...blank, kind: before.kind }));
  };
  return { draft, change, discard };
}

function read(storageKey: string): Draft {
  try {
    return { ...blank, ...(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Draft>) };
  } catch {
    return blank;
  }
}

function write(storageKey: string, draft: Draft): void {
  try {
    const { body, attachments, actions } = draft;
    if (body === '' && attachments.length + Object.keys(actions).length === 0) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, JSON.stringify(draft));
  } catch {
    // The browser's store is full or shut: the words stay on the screen, and can be sent.
  }
}
