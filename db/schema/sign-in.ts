import { boolean, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { created, date } from './desk-columns.ts';
import { users } from './desk.ts';

/**
 * How people sign in. The first five tables have the shape that better-auth gives them; who somebody is, what they may
 * do and whether they are still here is said by `users` alone.
 */

/** One row for each user who has ever been invited, or has come by single sign-on. */
export const signInPeople = pgTable(
  'sign_in_people',
  {
    id: text('id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Not the person's address, which can change and move on to somebody else, but one made from the id. */
    email: text('email').notNull(),
    emailVerified: boolean('email_verified').notNull().default(true),
    image: text('image'),
    twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
    ...created,
  },
  (t) => [uniqueIndex('sign_in_people_email').on(t.email)],
);

/** A person's password, or their standing with the provider of single sign-on. */
export const signInAccounts = pgTable(
  'sign_in_accounts',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => signInPeople.id, { onDelete: 'cascade' }),
    providerId: text('provider_id').notNull(),
    accountId: text('account_id').notNull(),
    /** Argon2id, in PHC format. */
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: date('access_token_expires_at'),
    refreshTokenExpiresAt: date('refresh_token_expires_at'),
    scope: text('scope'),
    ...created,
  },
  (t) => [
    uniqueIndex('sign_in_accounts_account').on(t.providerId, t.accountId),
    index('sign_in_accounts_user').on(t.userId),
  ],
);

export const signInSessions = pgTable(
  'sign_in_sessions',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => signInPeople.id, { onDelete: 'cascade' }),
    /** Of no use without the secret that signs cookies. */
    token: text('token').notNull(),
    expiresAt: date('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    ...created,
  },
  (t) => [
    uniqueIndex('sign_in_sessions_token').on(t.token),
    index('sign_in_sessions_user').on(t.userId),
    index('sign_in_sessions_expires_at').on(t.expiresAt),
  ],
);

/** What is under way: a sign-in that waits for its second factor. */
export const signInVerifications = pgTable(
  'sign_in_verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: date('expires_at').notNull(),
    ...created,
  },
  (t) => [
    index('sign_in_verifications_identifier').on(t.identifier),
    index('sign_in_verifications_expires_at').on(t.expiresAt),
  ],
);

/** The secret of the codes and the backup codes, both encrypted. */
export const signInSecondFactors = pgTable(
  'sign_in_second_factors',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => signInPeople.id, { onDelete: 'cascade' }),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    verified: boolean('verified').notNull().default(false),
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: date('locked_until'),
  },
  (t) => [uniqueIndex('sign_in_second_factors_user').on(t.userId)],
);

/** How often something was tried lately; the key is a hash of what it was tried with or from. */
export const signInTries = pgTable(
  'sign_in_tries',
  {
    key: text('key').primaryKey(),
    count: integer('count').notNull(),
    /** The next try after it is the first again. */
    endsAt: date('ends_at').notNull(),
  },
  (t) => [index('sign_in_tries_ends_at').on(t.endsAt)],
);

/** One for each user at most: another takes its place. */
export const invitations = pgTable(
  'invitations',
  {
    user: text('user')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token in the link, in hex. */
    hash: text('hash').notNull(),
    expiresAt: date('expires_at').notNull(),
    createdAt: created.createdAt,
  },
  (t) => [uniqueIndex('invitations_hash').on(t.hash)],
);
