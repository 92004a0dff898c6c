import type { QueryClient } from '@tanstack/react-query';
import { mentionsKey } from '../api/mentions.ts';
import { presenceKey } from '../api/presence.ts';
import type { Present } from '../api/types.ts';

/** Brings in what holds for a moment and is no event of the archive; an unknown kind is a newer server's. */
export function takeMoment(client: QueryClient, type: string, data: string): void {
  if (type === 'presence') {
    const { ticket, people } = JSON.parse(data) as { ticket: string; people: readonly Present[] };
    client.setQueryData(presenceKey(ticket), people);
  } else if (type === 'mention') {
    void client.invalidateQueries({ queryKey: mentionsKey });
  }
}

/** Whoever connects is told who is where from the beginning: what was known before may be long over. */
export function forgetMoments(client: QueryClient): void {
  client.setQueriesData({ queryKey: presenceKey() }, []);
}
