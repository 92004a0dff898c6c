import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ticketNow, ticketQuery } from '../api/tickets.ts';
import type { Ticket } from '../api/types.ts';
import { type Failure, tellAll } from './run-all.ts';

/** What was given to somebody, and whose each was before. */
export interface Assigned {
  /** Null: they were taken away from whoever had them. */
  readonly to: string | null;
  readonly tickets: readonly Pick<Ticket, 'id' | 'reference' | 'assignee'>[];
  readonly failures: readonly Failure[];
  readonly undone: boolean;
}

export interface Assigning {
  readonly assign: (ids: readonly string[], to: string | null) => void;
  readonly undo: () => void;
  readonly pending: boolean;
  /** The last of it; null before any, and once it was dismissed. */
  readonly last: Assigned | null;
  readonly dismiss: () => void;
}

/** Gives tickets to people, and takes the last of it back; `onDone` hears which are no longer to be given away. */
export function useAssign(tickets: readonly Ticket[], onDone: (ids: readonly string[]) => void): Assigning {
  const client = useQueryClient();
  const [last, setLast] = useState<Assigned | null>(null);
  const assign = useMutation({
    mutationFn: async ({ ids, to }: { ids: readonly string[]; to: string | null }) => {
      const read = async (id: string): Promise<Ticket> =>
        tickets.find((ticket) => ticket.id === id) ?? client.fetchQuery(ticketQuery(id));
      const rows = (await Promise.all(ids.map(read))).filter(({ assignee }) => assignee !== to);
      const { done, failures } = await tellAll(
        client,
        rows.map(({ id, reference }) => ({ id, reference, command: { name: 'assign', body: { assignee: to } } })),
      );
      const changed = new Set(done.map(({ id }) => id));
      return { to, tickets: rows.filter(({ id }) => changed.has(id)), failures, undone: false };
    },
    onSuccess: (assigned, { ids }) => {
      setLast(assigned);
      onDone(ids.filter((id) => !assigned.failures.some((failure) => failure.id === id)));
    },
  });
  const undo = useMutation({
    mutationFn: async ({ to, tickets }: Assigned) => {
      // What somebody else has moved on in the meantime is theirs to move.
      const present = await Promise.all(tickets.map(({ id }) => ticketNow(id)));
      const still = tickets.filter(({ id }) => present.find((row) => row.id === id)?.assignee === to);
      const { done, failures } = await tellAll(
        client,
        still.map(({ id, reference, assignee }) => ({
          id,
          reference,
          command: { name: 'assign', body: { assignee } },
        })),
      );
      const changed = new Set(done.map(({ id }) => id));
      return { to, tickets: tickets.filter(({ id }) => changed.has(id)), failures, undone: true };
    },
    onSuccess: setLast,
  });
  return {
    assign: (ids, to) => assign.mutate({ ids, to }),
    undo: () => {
      if (last !== null) undo.mutate(last);
    },
    pending: assign.isPending || undo.isPending,
    last,
    dismiss: () => setLast(null),
  };
}
