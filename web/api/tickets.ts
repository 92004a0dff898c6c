import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import { call, type CallOptions } from './client.ts';
import type { AddedMessage, Annotation, DeskEvent, Message, NewMessage, Page, Priority, Sla, Ticket } from './types.ts';

/** As `GET /v1/tickets` takes it. */
export interface TicketFilter {
  readonly status?: string;
  readonly priority?: string;
  readonly assignee?: string;
  readonly team?: string;
  readonly level?: number;
  readonly channel?: string;
  readonly tag?: string;
  /** An instant. */
  readonly dueBefore?: string;
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  readonly firstRepliedAfter?: string;
  readonly firstRepliedBefore?: string;
  readonly solvedAfter?: string;
  readonly solvedBefore?: string;
  readonly unsolvedAt?: string;
  readonly reopened?: 'true' | 'false';
  readonly merged?: 'true' | 'false';
  readonly q?: string;
}

export const ticketsQuery = (filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: ['tickets', filter],
    queryFn: ({ pageParam, signal }) =>
      call<Page<Ticket>>('GET', '/v1/tickets', { query: { ...filter, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

const ticketPath = (id: string): string => `/v1/tickets/${encodeURIComponent(id)}`;

export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket', id, 'row'],
    queryFn: async ({ client, signal, queryKey }) =>
      latest(client.getQueryData<Ticket>(queryKey), await call<Ticket>('GET', ticketPath(id), { signal })),
  });

/** The ticket as its workflow has it, which knows of a change before any list does. */
export const ticketNow = (id: string): Promise<Ticket> =>
  call('GET', ticketPath(id), { query: { source: 'workflow' } });

export const messagesQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket', id, 'messages'],
    queryFn: ({ signal }) => wholeList<Message>(`${ticketPath(id)}/messages`, signal),
  });

export const ticketEventsQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket', id, 'events'],
    queryFn: ({ signal }) => wholeList<DeskEvent>(`${ticketPath(id)}/events`, signal),
  });

export const slaQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket', id, 'sla'],
    queryFn: ({ signal }) => call<Sla>('GET', `${ticketPath(id)}/sla`, { signal }),
  });

/** Where Temporal keeps the ticket's process, for those who may configure. */
export const workflowQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket-workflow', id],
    queryFn: ({ signal }) => call<{ readonly url: string | null }>('GET', `${ticketPath(id)}/workflow`, { signal }),
    staleTime: Infinity,
  });

/** Tickets that this one could be merged into: those that the words find, or else the requester's others. */
export const mergeTargetsQuery = (ticket: Ticket, words: string) =>
  queryOptions({
    queryKey: ['merge-targets', ticket.id, words],
    queryFn: async ({ signal }) => {
      const found = words === '' ? { requester: ticket.requester.email } : { q: words };
      const query = { status: 'new,open,pending,on-hold,solved', limit: 20, sort: '-createdAt', ...found };
      const { data } = await call<Page<Ticket>>('GET', '/v1/tickets', { query, signal });
      return data.filter(({ id }) => id !== ticket.id);
    },
  });

/** What can be asked of a ticket, with its body. */
export interface TicketCommands {
  readonly acknowledge: Record<string, never>;
  readonly assign: { readonly assignee?: string | null; readonly team?: string | null };
  readonly priority: { readonly priority: Priority };
  readonly level: { readonly level: Ticket['level'] };
  readonly hold: Record<string, never>;
  readonly solve: Record<string, never>;
  readonly reopen: Record<string, never>;
  readonly merge: { readonly into: string };
  readonly annotate: Annotation;
  readonly 'link-bug': { readonly url: string; readonly title?: string };
  readonly 'unlink-bug': { readonly url: string };
}
export type TicketCommand = { [C in keyof TicketCommands]: { name: C; body: TicketCommands[C] } }[keyof TicketCommands];

export const tellTicket = (id: string, { name, body }: TicketCommand, idempotencyKey: string): Promise<Ticket> =>
  call('POST', `${ticketPath(id)}/${name}`, { body, idempotencyKey });

export const addMessage = (id: string, message: NewMessage, idempotencyKey: string): Promise<AddedMessage> =>
  call('POST', `${ticketPath(id)}/messages`, { body: message, idempotencyKey });

/** A command's answer is newer than the read model, which shows it a moment later. */
export function keepTicket(client: QueryClient, ticket: Ticket): void {
  client.setQueryData(ticketQuery(ticket.id).queryKey, (known) => latest(known, ticket));
}

function latest(known: Ticket | undefined, got: Ticket): Ticket {
  return known !== undefined && Date.parse(known.updatedAt) > Date.parse(got.updatedAt) ? known : got;
}

export async function wholeList<T>(
  path: string,
  signal: AbortSignal,
  query: CallOptions['query'] = {},
): Promise<readonly T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await call('GET', path, { query: { ...query, limit: 100, cursor }, signal });
    all.push(...page.data);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}
