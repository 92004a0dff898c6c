import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type ApiKey, hashOf } from '../../db/api-keys.ts';
import type { Author } from '../../db/audit-events.ts';
import type { ApiKeyRole } from '../../db/schema/desk.ts';
import type { User } from '../../db/users.ts';
import type { Actor } from '../../domain/ticket.ts';
import type { UserRole } from '../../domain/user.ts';
import { mayDo, type Permission } from '../permissions.ts';
import { Problem } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { headersOf } from '../sign-in/calls.ts';
import { isHere } from '../sign-in/people.ts';
import { refuseCrossSite } from '../sign-in/same-site.ts';

/** `own`: for people who have signed in, about themselves. */
type Needed = Permission | 'own';

/** Who asks: an API key, or a user who has signed in. */
export type Principal =
  | {
      readonly type: 'key';
      readonly id: string;
      readonly name: string;
      /** The user who acts through the key, if it is somebody's own. */
      readonly user: string | null;
      readonly role: ApiKeyRole;
    }
  | SessionPrincipal;

export interface SessionPrincipal {
  readonly type: 'session';
  readonly id: string;
  readonly user: string;
  readonly role: UserRole;
  readonly person: User;
  /** Whether signing in takes a code. */
  readonly secondFactor: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needed on every route but those that are open to everybody, which say `open`. */
    permission?: Needed | 'open';
  }
  interface FastifyRequest {
    /** Null on open routes. */
    principal: Principal | null;
    /** What the browser is to send from now on in place of what it sent; null where nobody looked. */
    renewedCookies: readonly string[] | null;
  }
}

/** Lets a request in by its API key or its session, and on to what the role may do. */
export default fp(
  async (app: FastifyInstance) => {
    app.decorateRequest('principal', null);
    app.decorateRequest('renewedCookies', null);
    app.addHook('onRequest', async (request) => {
      const permission = request.routeOptions.config.permission;
      if (request.is404 || permission === 'open') return;
      await authorize(app, request, permission);
    });
    app.addHook('onSend', async (request, reply) => {
      // A route that has set cookies has signed in or out, and knows better.
      const cookies = request.renewedCookies ?? [];
      if (cookies.length > 0 && !reply.hasHeader('set-cookie')) void reply.header('set-cookie', cookies);
    });
    app.addHook('onRoute', (route) => {
      if (route.url.startsWith('/v1') && route.config?.permission === undefined) {
        throw new Error(`${String(route.method)} ${route.url} does not say which permission it needs.`);
      }
    });
  },
  { name: 'auth', dependencies: ['sign-in'] },
);

/** Open routes call it for those requests of theirs that need a key or a session after all. */
export async function authorize(
  app: FastifyInstance,
  request: FastifyRequest,
  permission: Needed | undefined,
): Promise<void> {
  const principal = await principalOf(app, request);
  request.principal = principal;
  if (permission === 'own') {
    if (principal.type === 'session') return;
    throw new Problem('forbidden', 'This is for people who have signed in, not for API keys.');
  }
  if (permission === undefined || !mayDo(principal.role, permission)) {
    const who = principal.type === 'key' ? 'key' : 'user';
    throw new Problem('forbidden', `A ${who} with the role ${principal.role} lacks the permission "${permission}".`);
  }
}

const challenge = { headers: { 'www-authenticate': 'Bearer realm="vigil"' } };

/**
 * Whether whoever was let in to an answer that goes on, such as a stream, would be let in again now. Where that cannot be
 * known, because the database is away, they would.
 */
export async function isStillAllowed(
  app: FastifyInstance,
  request: FastifyRequest,
  permission: Permission,
): Promise<boolean> {
  try {
    // Renewing is left to requests whose answers can still set cookies.
    const principal = await principalOf(app, request, { disableRefresh: true, disableCookieCache: true });
    return mayDo(principal.role, permission);
  } catch (error) {
    return !(error instanceof Problem && error.status < 500);
  }
}

async function principalOf(app: FastifyInstance, request: FastifyRequest, query = {}): Promise<Principal> {
  const { authorization, cookie } = request.headers;
  if (authorization === undefined && cookie !== undefined) {
    const session = await sessionOf(app, request, query);
    if (session !== undefined) return session;
  }
  const { id, name, user, role } = await keyOf(app, request);
  return { type: 'key', id, name, user, role };
}

async function sessionOf(
  app: FastifyInstance,
  request: FastifyRequest,
  query = {},
): Promise<SessionPrincipal | undefined> {
  const headers = headersOf(request);
  const { response, headers: set } = await app.auth.api.getSession({ headers, query, returnHeaders: true });
  request.renewedCookies = set.getSetCookie();
  if (response === null) return undefined;
  refuseCrossSite(request, app.parts.config);
  const { directory } = app.parts;
  return withSecondLook(directory, () => {
    const user = directory.user(response.user.id);
    if (!isHere(user)) throw new Problem('unauthorized', 'You do not work at this desk any more.', challenge);
    const secondFactor = response.user.twoFactorEnabled === true;
    return { type: 'session', id: response.session.id, user: user.id, role: user.role, person: user, secondFactor };
  });
}

async function keyOf(app: FastifyInstance, request: FastifyRequest): Promise<ApiKey> {
  const [scheme = '', key = '', ...more] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || key === '' || more.length > 0) {
    throw new Problem('unauthorized', 'Sign in, or send your API key as "Authorization: Bearer KEY".', challenge);
  }
  const { directory } = app.parts;
  return withSecondLook(directory, () => {
    const found = directory.apiKeyByHash(hashOf(key));
    if (found !== undefined) return found;
    throw new Problem('unauthorized', 'This API key is unknown, expired or revoked.', challenge);
  });
}

/** Who is behind a request, for the event log. */
export function actorOf({ principal }: FastifyRequest): Actor {
  if (principal === null) throw new Problem('unauthorized', 'This needs an API key, or somebody who has signed in.');
  return { type: 'user', id: principal.user ?? `key:${principal.id}` };
}

/** Who is behind a request, for the trail of changes. */
export function authorOf(request: FastifyRequest): Author {
  const { principal } = request;
  if (principal === null) throw new Error('Nobody is behind a request to an open route.');
  if (principal.type === 'session') return authorNamed(principal.person);
  const { id, name, user } = principal;
  if (user === null) return { type: 'key', id, name };
  return { type: 'user', id: user, name: request.server.parts.directory.user(user)?.name ?? user, via: id };
}

export function authorNamed({ id, name }: Pick<User, 'id' | 'name'>): Author {
  return { type: 'user', id, name };
}

/** Whose requests are counted and remembered together: a person's, however often they have signed in, or a key's. */
export function callerOf({ principal }: FastifyRequest): string | undefined {
  return principal?.type === 'session' ? principal.user : principal?.id;
}

/**
 * The person who asks, signed in or by a key of theirs.
 * @throws Problem where it is a key that is nobody's
 */
export function personIn({ principal }: FastifyRequest): string {
  if (principal?.user) return principal.user;
  throw new Problem('forbidden', 'This is for people: the API key is nobody’s in particular.');
}

/** Of a route that needs `own`. */
export function sessionIn({ principal }: FastifyRequest): SessionPrincipal {
  if (principal?.type === 'session') return principal;
  throw new Error('The route lets others in than people who have signed in.');
}
