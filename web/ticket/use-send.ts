import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newKey } from '../api/client.ts';
import { addMessage, keepTicket, messagesQuery, tellTicket, type TicketCommand } from '../api/tickets.ts';
import type { NewMessage, Ticket } from '../api/types.ts';
import type { Draft, DraftState } from './draft.ts';

/**
 * Sends the draft, after what is to be done to the ticket with it: what the ticket refuses is said before the customer
 * hears anything. Only once the API has all of it is the draft thrown away; a failure leaves every word where it is.
 */
export function useSend(ticket: Ticket, { draft, change, discard }: DraftState) {
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
      const content = JSON.stringify([message, draft.actions]);
      const key = draft.attempt?.content === content ? draft.attempt.key : newKey();
      // Kept before it is used: a page that is reloaded while it waits for the answer repeats the same request.
      change({ attempt: { content, key } });
      for (const command of commandsOf(draft.actions)) {
        keepTicket(client, await tellTicket(ticket.id, command, `${key}-${command.name}`));
      }
      return addMessage(ticket.id, message, key);
    },
    onSuccess: ({ followUpOf: _followUp, ...message }) => {
      discard();
      client.setQueryData(messagesQuery(ticket.id).queryKey, (known) =>
        known === undefined || known.some(({ id }) => id === message.id) ? known : [...known, message],
      );
    },
  });
}

function commandsOf({ priority, level, assignee, team }: Draft['actions']): readonly TicketCommand[] {
  const owner = { ...(assignee !== undefined && { assignee }), ...(team !== undefined && { team }) };
  return [
    ...(priority === undefined ? [] : [{ name: 'priority', body: { priority } } as const]),
    ...(level === undefined ? [] : [{ name: 'level', body: { level } } as const]),
    ...(Object.keys(owner).length === 0 ? [] : [{ name: 'assign', body: owner } as const]),
  ];
}
