import { hkdfSync } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { BetterAuthOptions } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Config } from '../../config/environment.ts';
import type { Database, Db } from '../../db/client.ts';
import {
  signInAccounts,
  signInPeople,
  signInSecondFactors,
  signInSessions,
  signInVerifications,
} from '../../db/schema/sign-in.ts';
import { inTransaction } from '../../db/transaction.ts';

/** What signing in works with. */
export interface AuthParts {
  readonly config: Config;
  readonly database: Database;
  readonly secret: string;
}

export const passwordLength = { least: 12, most: 256 };

/** With Argon2id, by the parameters that OWASP recommends, which are the library's own. */
export const hashPassword = (password: string): Promise<string> => hash(password);

const day = 24 * 60 * 60;
const siteCookie = { attributes: { sameSite: 'strict' } } as const;

/**
 * How better-auth is set up. It serves no routes by itself: ours call it, so that whatever goes wrong is answered as
 * everywhere. What it would log holds statements and addresses, so that it logs nothing.
 */
export function authOptions({ config, database, secret }: AuthParts) {
  return {
    appName: 'Vigil',
    baseURL: config.publicUrl,
    secret: Buffer.from(hkdfSync('sha256', secret, '', 'vigil sign-in', 32)).toString('base64url'),
    database: drizzleAdapter(withSafeTransactions(database), {
      provider: 'pg',
      transaction: true,
      schema: {
        user: signInPeople,
        account: signInAccounts,
        session: signInSessions,
        verification: signInVerifications,
        twoFactor: signInSecondFactors,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      password: { hash: hashPassword, verify: ({ hash, password }) => verify(hash, password) },
    },
    // Whoever only begins single sign-on leaves nothing in the database.
    account: { updateAccountOnSignIn: false, accountLinking: { enabled: false }, storeStateStrategy: 'cookie' },
    session: {
      expiresIn: 7 * day,
      // How exactly one sees when a session was last used.
      updateAge: 5 * 60,
      freshAge: 0,
      // A session is believed for so long without asking the database: one that was revoked lives on for that time.
      cookieCache: { enabled: true, maxAge: 30 },
    },
    advanced: {
      cookiePrefix: 'vigil',
      useSecureCookies: config.publicUrl.startsWith('https:'),
      // Pages of other sites open ours without it; what ours then ask for comes with it. The cookies of single sign-on
      // under way stay lax: the provider's page leads back to us.
      cookies: { session_token: siteCookie, session_data: siteCookie },
      ipAddress: { disableIpTracking: true },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  } satisfies BetterAuthOptions;
}

/** What better-auth takes for drizzle, with transactions of ours in place of those that lose connections. */
function withSafeTransactions(database: Database): Record<string, unknown> {
  const transaction = (work: (tx: Db) => Promise<unknown>) => inTransaction(database, work);
  return Object.assign(Object.create(database.db) as object, { transaction });
}

/** Asks for the second factor of whoever has one. */
export const secondFactor = () => twoFactor({ issuer: 'Vigil' });

/** Passwords, second factors and sessions. */
export function createAuth(parts: AuthParts) {
  return betterAuth({ ...authOptions(parts), plugins: [secondFactor()] });
}

export type Auth = ReturnType<typeof createAuth>;
