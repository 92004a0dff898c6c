import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ticketQuery, ticketsQuery } from '../../web/api/tickets.ts';
import type { DeskEvent, Ticket } from '../../web/api/types.ts';
import { EventApplier } from '../../web/live/apply-events.ts';

/** Requests that wait for their answer, by what they ask for. */
let asked: { readonly path: string; readonly answer: (body: object) => void }[];
let client: QueryClient;
let applier: EventApplier;

beforeEach(() => {
  asked = [];
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  applier = new EventApplier(client);
  vi.stubGlobal('location', { origin: 'http://desk.example' });
  vi.stubGlobal('fetch', (url: string | URL | Request, { signal }: RequestInit = {}) => {
    const path = String(url instanceof Request ? url.url : url).replace('http://desk.example', '');
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      asked.push({ path, answer: (body) => resolve(Response.json(body)) });
    });
  });
});

afterEach(() => {
  applier.stop();
  client.clear();
  vi.unstubAllGlobals();
});

const ticket = (fields: Partial<Ticket> = {}): Ticket =>
  ({
    id: 'T1',
    status: 'open',
    priority: 'low',
    nextDueAt: null,
    updatedAt: '2026-01-05T09:00:00Z',
    ...fields,
  }) as Ticket;
const event = { ticket: 'T1', stream: 'ticket/T1' } as DeskEvent;

/** Answers the first request for it that nobody has answered, as soon as it is there. */
async function answer(path: string, body: object): Promise<void> {
  await vi.waitFor(() => expect(asked.some((one) => one.path.startsWith(path))).toBe(true));
  const at = asked.findIndex((one) => one.path.startsWith(path));
  asked.splice(at, 1)[0]?.answer(body);
}

const shown = (): readonly Ticket[] =>
  client.getQueryData(ticketsQuery({}).queryKey)?.pages.flatMap(({ data }) => data) ?? [];

it('shows a change that is told of while an older list is still on its way', async () => {
  const stop = new InfiniteQueryObserver(client, ticketsQuery({})).subscribe(() => undefined);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  applier.take(event);
  await answer('/v1/tickets/T1', ticket());
  expect(shown()).toEqual([]);
  await answer('/v1/tickets?', { data: [], next: null });
  await vi.waitFor(() => expect(shown()).toMatchObject([{ id: 'T1' }]));
  stop();
});

it('does not take a ticket that was asked for before its change for the changed one', async () => {
  const stop = new InfiniteQueryObserver(client, ticketsQuery({})).subscribe(() => undefined);
  await answer('/v1/tickets?', { data: [ticket()], next: null });
  await vi.waitFor(() => expect(shown()).toHaveLength(1));
  const before = client.fetchQuery(ticketQuery('T1')).catch(() => undefined);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  applier.take(event);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  await answer('/v1/tickets/T1', ticket());
  await answer('/v1/tickets/T1', ticket({ priority: 'high', updatedAt: '2026-01-05T09:01:00Z' }));
  await vi.waitFor(() => expect(shown()).toMatchObject([{ priority: 'high' }]));
  await before;
  stop();
});
