import { eq } from 'drizzle-orm';
import type { Executor } from './client.ts';
import { pages } from './schema/index.ts';

/** What the receiver answered when this page was delivered; undefined where it was not, as far as is known. */
export async function deliveredPage(db: Executor, dedupKey: string): Promise<string | undefined> {
  const [row] = await db.select({ answer: pages.answer }).from(pages).where(eq(pages.dedupKey, dedupKey));
  return row?.answer;
}

export async function rememberPage(db: Executor, dedupKey: string, answer: string): Promise<void> {
  await db.insert(pages).values({ dedupKey, answer }).onConflictDoNothing();
}
