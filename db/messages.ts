import { and, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Message } from '../domain/ticket.ts';
import type { Executor } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { iso } from './row-statements.ts';
import { messages, tickets } from './schema/index.ts';

export interface MessagePage {
  readonly cursor?: string;
  readonly limit: number;
}

const { seq, ...columns } = getTableColumns(messages);

/**
 * The conversation, oldest first, with those of the tickets that were merged into this one, and into those.
 * @throws InvalidCursor
 */
export async function listMessages(
  db: Executor,
  ticket: string,
  { cursor, limit }: MessagePage,
): Promise<{ rows: readonly Message[]; next: string | null }> {
  const list = `messages ${ticket}`;
  const found = await db
    .select({ message: columns, seq })
    .from(messages)
    .where(
      and(sql`${messages.ticket} in (${withMerged(ticket)})`, cursor === undefined ? undefined : after(list, cursor)),
    )
    .orderBy(messages.createdAt, messages.ticket, messages.seq)
    .limit(limit + 1);
  const { rows, next } = pageOf(found, limit, ({ message, seq }) =>
    encodeCursor(list, [iso(message.createdAt) ?? '', message.ticket, seq]),
  );
  return { rows: rows.map(({ message }) => message), next };
}

function withMerged(ticket: string): SQL {
  return sql`
    with recursive merged(id) as (
      select ${ticket}::text collate "C"
      union
      select ${tickets.id} from ${tickets} join merged on ${tickets.mergedInto} = merged.id
    )
    select id from merged`;
}

function after(list: string, cursor: string): SQL {
  const [at, ticket, seq] = decodeCursor(list, ['instant', 'text', 'integer'], cursor);
  return sql`(${messages.createdAt}, ${messages.ticket}, ${messages.seq}) > (${at}::timestamptz, ${ticket}::text, ${seq}::int)`;
}
