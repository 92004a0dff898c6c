import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { ArticleLanguage } from '../../domain/article.ts';
import type { MacroActions } from '../../domain/macro.ts';
import type { ViewFilters } from '../../domain/ticket-view.ts';
import { id, tsvector } from './columns.ts';
import { created, date } from './desk-columns.ts';
import { users } from './desk.ts';

/** What people arrange their work with. Nothing of it is derived from the archive, and no ticket depends on it. */

const owner = () => text('owner').references((): AnyPgColumn => users.id, { onDelete: 'cascade' });

/** A question to the queue, under a name. */
export const ticketViews = pgTable(
  'ticket_views',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** Null: everybody's. */
    owner: owner(),
    filters: jsonb('filters').$type<ViewFilters>().notNull(),
    /** From 0, without gaps, among the views of one owner. */
    position: integer('position').notNull(),
    ...created,
  },
  (t) => [uniqueIndex('ticket_views_name').on(sql`coalesce(${t.owner}, '')`, sql`lower(${t.name})`)],
);

export const macros = pgTable(
  'macros',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** Null: everybody's. */
    owner: owner(),
    body: text('body').notNull(),
    actions: jsonb('actions').$type<MacroActions>().notNull(),
    ...created,
  },
  (t) => [uniqueIndex('macros_name').on(sql`coalesce(${t.owner}, '')`, sql`lower(${t.name})`)],
);

/** How PostgreSQL stems the words of a language, by what names it. */
export const stemming = (language: SQL): SQL =>
  sql`(case ${language} when 'fr' then 'french'::regconfig when 'de' then 'german'::regconfig
    when 'ru' then 'russian'::regconfig when 'pt' then 'portuguese'::regconfig else 'english'::regconfig end)`;

/** What customers can read for themselves, wherever it is published, and what agents send them a link to. */
export const articles = pgTable(
  'articles',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    /** Where customers read it. */
    url: text('url').notNull(),
    language: text('language').$type<ArticleLanguage>().notNull(),
    /** What it says, as plain text: the words by which it is found. */
    body: text('body').notNull(),
    words: tsvector('words')
      .notNull()
      .generatedAlwaysAs(sql`to_tsvector(${stemming(sql`language`)}, title || ' ' || body)`),
    /** Some of `words`, beside the row: those are long, and stored apart. */
    titleWords: tsvector('title_words')
      .notNull()
      .generatedAlwaysAs(sql`to_tsvector(${stemming(sql`language`)}, title)`),
    ...created,
  },
  (t) => [index('articles_words').using('gin', t.words), index('articles_title').on(sql`lower(${t.title})`, t.id)],
);

/** That somebody was named in an internal note. */
export const mentions = pgTable(
  'mentions',
  {
    id: text('id').primaryKey(),
    user: text('user')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    ticket: id('ticket').notNull(),
    message: id('message').notNull(),
    /** Who wrote it: a user or a key. */
    author: text('author').notNull(),
    /** Counts up: what came since somebody looked. */
    number: bigserial('number', { mode: 'number' }).notNull(),
    createdAt: date('created_at').notNull(),
    readAt: date('read_at'),
  },
  (t) => [
    uniqueIndex('mentions_message').on(t.message, t.user),
    index('mentions_user').on(t.user, t.number),
    index('mentions_unread')
      .on(t.user)
      .where(sql`${t.readAt} is null`),
    index('mentions_number').on(t.number),
  ],
);

/** One row: up to where the archive was searched for mentions, as `db/stream.ts` counts. */
export const mentionProgress = pgTable(
  'mention_progress',
  {
    id: boolean('id').primaryKey().default(true),
    position: text('position').notNull(),
  },
  (t) => [check('mention_progress_one_row', sql`${t.id}`)],
);

export const presenceStates = ['viewing', 'typing'] as const;

/**
 * Who looks at which ticket just now. Unlogged, which the migration says and Drizzle cannot: it is written every few
 * seconds, true for as long, and lost with nothing in a crash.
 */
export const ticketPresence = pgTable(
  'ticket_presence',
  {
    ticket: id('ticket').notNull(),
    user: text('user')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** One of the windows that the person has open. */
    window: text('window').notNull(),
    state: text('state').$type<(typeof presenceStates)[number]>().notNull(),
    until: date('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ticket, t.user, t.window] })],
);
