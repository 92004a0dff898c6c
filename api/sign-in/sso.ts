import { betterAuth } from 'better-auth/minimal';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { FastifyRequest } from 'fastify';
import type { SsoSettings } from '../../config/sso.ts';
import { ensureSsoAccount, signInAddress } from '../../db/sign-in-people.ts';
import type { User } from '../../db/users.ts';
import type { AppParts } from '../app.ts';
import { authOptions, secondFactor } from './auth.ts';
import { headersOf, isRefusal } from './calls.ts';
import { personAt } from './people.ts';

/** Why single sign-on did not work, in a word for the page that says so. */
export type SsoProblem = 'sso-unavailable' | 'sso-refused' | 'sso-failed' | 'sso-unverified' | 'sso-unknown';

export class SsoRefusal extends Error {
  readonly problem: SsoProblem;

  constructor(problem: SsoProblem) {
    super(problem);
    this.name = 'SsoRefusal';
    this.problem = problem;
  }
}

export interface SsoStep {
  /** Where the browser goes next. */
  readonly url: string;
  readonly headers: Headers;
}

const providerId = 'oidc';
const patienceMs = 5000;

/**
 * Single sign-on. It lets in whom the desk knows by the address that the provider vouches for, and makes no users. The
 * provider is asked for nothing before somebody comes: passwords work while it is away.
 */
export class SingleSignOn {
  readonly #parts: AppParts;
  readonly #settings: SsoSettings;
  #auth: ReturnType<typeof createSsoAuth> | undefined;

  constructor(parts: AppParts, settings: SsoSettings) {
    this.#parts = parts;
    this.#settings = settings;
  }

  /** @throws SsoRefusal */
  async start(request: FastifyRequest): Promise<SsoStep> {
    const { publicUrl } = this.#parts.config;
    const auth = await this.#ready();
    try {
      const { response, headers } = await auth.api.signInSocial({
        body: {
          provider: providerId,
          callbackURL: `${publicUrl}/`,
          errorCallbackURL: `${publicUrl}/sign-in`,
          disableRedirect: true,
        },
        headers: headersOf(request, ''),
        returnHeaders: true,
      });
      return { url: response.url ?? '', headers };
    } catch (error) {
      // What the provider says of itself cannot be used.
      if (isRefusal(error)) throw new SsoRefusal('sso-unavailable');
      throw error;
    }
  }

  /** @throws SsoRefusal */
  async finish(request: FastifyRequest): Promise<SsoStep> {
    const auth = await this.#ready();
    const { headers } = await auth.api.callbackOAuth({
      method: 'GET',
      params: { id: providerId },
      query: request.query as Record<string, string>,
      headers: headersOf(request),
      asResponse: true,
    });
    const url = new URL(headers.get('location') ?? '', this.#parts.config.publicUrl);
    const error = url.searchParams.get('error');
    if (error !== null) throw new SsoRefusal(error === 'access_denied' ? 'sso-refused' : 'sso-failed');
    return { url: url.href, headers };
  }

  async #ready(): Promise<ReturnType<typeof createSsoAuth>> {
    if (this.#auth === undefined) {
      const discoveryUrl = await discover(this.#settings.issuer);
      this.#auth ??= createSsoAuth(this.#parts, this.#settings, discoveryUrl);
    }
    return this.#auth;
  }
}

/** Beside the other, since better-auth asks for the provider's configuration before it does anything at all. */
function createSsoAuth(parts: AppParts, { clientId, clientSecret }: SsoSettings, discoveryUrl: string) {
  const { config, database, directory } = parts;
  const userOf = async (profile: { email?: unknown; emailVerified?: unknown }): Promise<User> => {
    const { email, emailVerified } = profile;
    if (typeof email !== 'string' || emailVerified !== true) throw new SsoRefusal('sso-unverified');
    const user = await personAt(directory, email);
    if (user === undefined) throw new SsoRefusal('sso-unknown');
    return user;
  };
  const oidc = genericOAuth({
    config: [
      {
        providerId,
        discoveryUrl,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        redirectURI: `${config.publicUrl}/v1/sso/callback`,
        requireIdTokenVerification: true,
        disableSignUp: true,
        // The desk's user is the account: whoever has their address now is let in, and nobody who had it before.
        accountSubject: async ({ profile }) => (await userOf(profile)).id,
        mapProfileToUser: async (profile) => {
          const user = await userOf(profile);
          await ensureSsoAccount(database.db, user.id, providerId);
          return { name: user.id, email: signInAddress(user.id), emailVerified: true };
        },
      },
    ],
  });
  return betterAuth({ ...authOptions(parts), plugins: [secondFactor(), oidc] });
}

/** Where the provider's configuration is, once it is seen to be the provider's own: better-auth would take any. */
async function discover(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    if (response.ok && ((await response.json()) as { issuer?: unknown }).issuer === issuer) return url;
  } catch {
    // Nobody there, or nothing that could be read.
  }
  throw new SsoRefusal('sso-unavailable');
}
