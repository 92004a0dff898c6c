import { and, asc, count, desc, eq, gt, inArray, isNull, lt, max, type SQL, sql } from 'drizzle-orm';
import { mentionedIn, type Mentionable } from '../domain/mentions.ts';
import type { Database, Executor } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import type { PageRequest } from './name-page.ts';
import { newId } from './new-id.ts';
import { messages, tickets } from './schema/archive.ts';
import { mentionProgress, mentions } from './schema/work.ts';
import { eventsAfter, streamHead } from './stream.ts';
import { inTransaction } from './transaction.ts';

const atOnce = 500;

/**
 * Goes through what has been recorded since it was last done, for people who are named in internal notes. The archive is
 * gone through and not what somebody is just writing: so nobody is forgotten, whatever ends in between, and whichever
 * API does it. Gives whether there is more.
 */
export async function findMentions(database: Database, people: () => readonly Mentionable[]): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const [progress] = await tx.select().from(mentionProgress).for('update', { skipLocked: true });
    if (progress === undefined) {
      // Another API is at it, or nobody ever was: what was written before is nobody's news.
      await tx
        .insert(mentionProgress)
        .values({ position: await streamHead(tx) })
        .onConflictDoNothing();
      return false;
    }
    const events = await eventsAfter(tx, progress.position, {}, atOnce);
    const last = events.at(-1);
    if (last === undefined) return false;
    const notes = events.filter(({ type, data }) => type === 'message.added' && isNote(data));
    for (const { ticket, data, actor, at } of notes) {
      if (ticket === null) continue;
      const message = String(data['message']);
      const [row] = await tx
        .select({ body: messages.body })
        .from(messages)
        .where(and(eq(messages.ticket, ticket), eq(messages.id, message)));
      const named = mentionedIn(row?.body ?? '', people()).filter((user) => user !== actor.id);
      if (named.length === 0) continue;
      const shared = { ticket, message, author: actor.id, createdAt: new Date(at) };
      await tx
        .insert(mentions)
        .values(named.map((user) => ({ ...shared, id: newId('men'), user })))
        .onConflictDoNothing();
    }
    await tx.update(mentionProgress).set({ position: last.position });
    return events.length === atOnce;
  });
}

function isNote({ author, public: isPublic, automatic }: Readonly<Record<string, unknown>>): boolean {
  return author === 'agent' && isPublic === false && automatic !== true;
}

/** The number of the last mention of anybody; 0 before there is any. */
export async function lastMention(db: Executor): Promise<number> {
  const [row] = await db.select({ number: max(mentions.number) }).from(mentions);
  return row?.number ?? 0;
}

export async function mentionsAfter(db: Executor, number: number) {
  return db
    .select({ number: mentions.number, user: mentions.user, ticket: mentions.ticket })
    .from(mentions)
    .where(gt(mentions.number, number))
    .orderBy(asc(mentions.number))
    .limit(1000);
}

const excerptLength = 300;

/** Somebody's mentions, the latest first. */
export async function listMentions(
  db: Executor,
  user: string,
  { unread, cursor, limit }: PageRequest & { readonly unread: boolean },
) {
  const list = `mentions ${user}`;
  const place = cursor === undefined ? undefined : decodeCursor(list, ['serial'], cursor);
  const rows = await db
    .select({
      id: mentions.id,
      number: mentions.number,
      ticket: mentions.ticket,
      subject: tickets.subject,
      message: mentions.message,
      author: mentions.author,
      excerpt: sql<string | null>`left(${messages.body}, ${excerptLength})`,
      createdAt: mentions.createdAt,
      readAt: mentions.readAt,
    })
    .from(mentions)
    .leftJoin(tickets, eq(tickets.id, mentions.ticket))
    .leftJoin(messages, and(eq(messages.ticket, mentions.ticket), eq(messages.id, mentions.message)))
    .where(
      and(
        eq(mentions.user, user),
        unread ? isNull(mentions.readAt) : undefined,
        place && lt(mentions.number, Number(place[0])),
      ),
    )
    .orderBy(desc(mentions.number))
    .limit(limit + 1);
  return pageOf(rows, limit, ({ number }) => encodeCursor(list, [number]));
}

export async function countUnread(db: Executor, user: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(mentions)
    .where(and(eq(mentions.user, user), isNull(mentions.readAt)));
  return row?.count ?? 0;
}

/** Marks what somebody has read: these, those of a ticket, or, where neither is said, all. */
export async function markRead(
  db: Executor,
  user: string,
  which: { readonly mentions?: readonly string[]; readonly ticket?: string },
): Promise<void> {
  const conditions: (SQL | undefined)[] = [
    eq(mentions.user, user),
    isNull(mentions.readAt),
    which.mentions && inArray(mentions.id, [...which.mentions]),
    which.ticket === undefined ? undefined : eq(mentions.ticket, which.ticket),
  ];
  await db
    .update(mentions)
    .set({ readAt: new Date() })
    .where(and(...conditions));
}
