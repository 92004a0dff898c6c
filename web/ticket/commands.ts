import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiProblem, newKey } from '../api/client.ts';
import { keepTicket, tellTicket, type TicketCommand } from '../api/tickets.ts';
import type { Status } from '../api/types.ts';

/** What is offered in which state; the API has the last word. */
const takenIn: Readonly<Record<'acknowledge' | 'hold' | 'solve' | 'reopen', readonly Status[]>> = {
  acknowledge: ['new', 'open', 'pending', 'on-hold'],
  hold: ['new', 'open', 'pending'],
  solve: ['new', 'open', 'pending', 'on-hold'],
  reopen: ['pending', 'on-hold', 'solved'],
};

export type Action = keyof typeof takenIn;

export function actionsIn(status: Status): readonly Action[] {
  return (Object.keys(takenIn) as Action[]).filter((action) => takenIn[action].includes(status));
}

/** Tells the ticket what to do. A command that had no answer is repeated with its key, and so carried out once. */
export function useTicketCommand(ticket: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ command, key }: { command: TicketCommand; key: string }) => tellTicket(ticket, command, key),
    retry: (failures, error) => error instanceof ApiProblem && error.passing && failures < 2,
    retryDelay: 1000,
    onSuccess: (answer) => keepTicket(client, answer),
  });
}

export const withKey = (command: TicketCommand): { command: TicketCommand; key: string } => ({
  command,
  key: newKey(),
});
