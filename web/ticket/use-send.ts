import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newKey } from '../api/client.ts';
import { addMessage, messagesQuery } from '../api/tickets.ts';
import type { NewMessage } from '../api/types.ts';
import type { DraftState } from './draft.ts';

/** Sends the draft. Only once the API has it is it thrown away; a failure leaves every word where it is. */
export function useSend(ticket: string, { draft, change, discard }: DraftState) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const message: NewMessage = {
        author: 'agent',
        body: draft.body,
        public: draft.kind === 'reply',
        ...(draft.status !== null && { status: draft.status }),
        ...(draft.attachments.length > 0 && { attachments: [...draft.attachments] }),
      };
      const content = JSON.stringify(message);
      const key = draft.attempt?.content === content ? draft.attempt.key : newKey();
      // Kept before it is used: a page that is reloaded while it waits for the answer repeats the same request.
      change({ attempt: { content, key } });
      return addMessage(ticket, message, key);
    },
    onSuccess: ({ followUpOf: _followUp, ...message }) => {
      discard();
      client.setQueryData(messagesQuery(ticket).queryKey, (known) =>
        known === undefined || known.some(({ id }) => id === message.id) ? known : [...known, message],
      );
    },
  });
}
