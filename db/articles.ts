import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { ArticleLanguage } from '../domain/article.ts';
import type { Database, Db, Executor } from './client.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import type { DeskChange } from './desk-change.ts';
import type { PageRequest, RowPage } from './name-page.ts';
import { newId } from './new-id.ts';
import { messages, tickets } from './schema/archive.ts';
import { articles, stemming } from './schema/work.ts';

const { words: _words, titleWords: _titleWords, ...columns } = getTableColumns(articles);

export type Article = Omit<typeof articles.$inferSelect, 'words' | 'titleWords'>;
export type ArticleFields = Pick<Article, 'title' | 'url' | 'language' | 'body'>;

/** By title. */
export async function listArticles({ db }: Database, { cursor, limit }: PageRequest): Promise<RowPage<Article>> {
  const place = cursor === undefined ? undefined : decodeCursor('articles', ['text', 'text'], cursor);
  const rows = await db
    .select(columns)
    .from(articles)
    .where(place && sql`(lower(${articles.title}), ${articles.id}) > (lower(${place[0]}), ${place[1]})`)
    .orderBy(sql`lower(${articles.title})`, articles.id)
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => encodeCursor('articles', [row.title, row.id]));
}

export async function findArticle(db: Db, id: string): Promise<Article | undefined> {
  const [row] = await db.select(columns).from(articles).where(eq(articles.id, id));
  return row;
}

export async function insertArticle({ tx }: DeskChange, fields: ArticleFields): Promise<Article> {
  const [row] = await tx
    .insert(articles)
    .values({ ...fields, id: newId('art') })
    .returning(columns);
  if (row === undefined) throw new Error('An article was written and cannot be read.');
  return row;
}

/** Undefined where there is no such article. */
export async function updateArticle(
  { tx }: DeskChange,
  id: string,
  fields: Partial<ArticleFields>,
): Promise<Article | undefined> {
  const [row] = await tx
    .update(articles)
    .set({ ...fields, updatedAt: new Date() })
    .where(eq(articles.id, id))
    .returning(columns);
  return row;
}

/** False where there is no such article. */
export async function deleteArticle({ tx }: DeskChange, id: string): Promise<boolean> {
  const gone = await tx.delete(articles).where(eq(articles.id, id)).returning({ id: articles.id });
  return gone.length > 0;
}

export interface SuggestedArticle {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly language: ArticleLanguage;
}

/** Words of a text that are looked for; what comes after them says little that is new. */
const looked = 60;
/** The rarest of these count: the others are everywhere. */
const counted = 20;
/** Characters of a text that are looked at. */
const readOf = 10_000;
/** Of the best one's score: what has less has only everyday words in common with the text. */
const least = 0.5;

export interface SuggestionLimits {
  readonly limit: number;
  /** So many words must be in common where none of them is in the title. */
  readonly common?: number;
}

/**
 * The articles that have most in common with a text, the best first: each word counts by its stem, once, for more the
 * fewer articles have it (its inverse document frequency), and twice where it is in the title.
 */
export async function suggestArticles(
  db: Executor,
  text: string,
  { limit, common = 1 }: SuggestionLimits,
): Promise<SuggestedArticle[]> {
  const read = text.slice(0, readOf).toWellFormed().replaceAll('\0', ' ');
  const { rows } = await db.execute<SuggestedArticle & Record<string, unknown>>(sql`
    with languages as (select language, count(*) as articles from articles group by language),
    known as (
      select l.language, l.articles, word.quoted, having_it.count,
        row_number() over (partition by l.language order by having_it.count) as rarity
      from languages l, lateral (
        select ${quoted(sql`lexeme`)} as quoted
        from unnest(to_tsvector(${stemming(sql`l.language`)}, ${read}))
        order by positions[1] limit ${looked}
      ) word, lateral (
        select count(*) from articles a where a.words @@ word.quoted::tsquery and a.language = l.language
      ) having_it
      where having_it.count > 0
    ),
    found as (
      select a.id, a.in_title, ln(1 + known.articles::float8 / known.count) as worth
      from known, lateral (
        select id, title_words @@ known.quoted::tsquery as in_title
        from articles where words @@ known.quoted::tsquery and language = known.language
        -- So that the index is asked for each word, not every article for all of them.
        offset 0
      ) a
      where known.rarity <= ${counted}
    ),
    scored as (
      select id, sum(worth * case when in_title then 2 else 1 end) as score
      from found group by id having bool_or(in_title) or count(*) >= ${common}
    )
    select a.id, a.title, a.url, a.language
    from scored s join articles a on a.id = s.id
    where s.score >= ${least}::float8 * (select max(score) from scored)
    order by s.score desc, lower(a.title), a.id
    limit ${limit}`);
  return rows;
}

/** A lexeme as a `tsquery` is written. */
function quoted(lexeme: SQL): SQL {
  return sql`'''' || replace(replace(${lexeme}, '\\', '\\\\'), '''', '''''') || ''''`;
}

/** What a ticket is about in its customer's words: the subject, and what the customer wrote last and first. */
export async function questionOf(db: Executor, ticket: string): Promise<string | undefined> {
  const { rows } = await db.execute<{ subject: string; first: string | null; last: string | null }>(sql`
    select left(${tickets.subject}, 2000) as subject, said.first, said.last
    from ${tickets}, lateral (
      select (array_agg(left(${messages.body}, 4000) order by ${messages.seq}))[1] as first,
        (array_agg(left(${messages.body}, 4000) order by ${messages.seq} desc))[1] as last
      from ${messages}
      where ${messages.ticket} = ${tickets.id} and ${messages.author} = 'customer' and not ${messages.automatic}
    ) said
    where ${tickets.id} = ${ticket}`);
  const [row] = rows;
  return row && [row.subject, row.last, row.first].filter((text) => text !== null).join('\n');
}
