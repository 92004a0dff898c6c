import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

export interface OidcClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
}

/** Who is signed in at the provider. */
export interface OidcPerson {
  readonly email: string;
  readonly verified: boolean;
}

export interface OidcStandIn {
  readonly issuer: string;
  /** Null: nobody, and whoever comes is sent back. */
  person: OidcPerson | null;
  /** Goes through the provider as a browser does, and gives the address that it leads back to. */
  visit(url: string): Promise<URL>;
  stop(): Promise<void>;
}

/** A real provider of OpenID Connect, whose pages need no clicks. */
export async function startOidc({ id, secret, redirectUri }: OidcClient): Promise<OidcStandIn> {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, OidcPerson>();
  const configuration: Configuration = {
    clients: [{ client_id: id, client_secret: secret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key of the stand-in'] },
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => {
        const { email, verified } = people.get(accountId) ?? { email: '', verified: false };
        return { sub: accountId, email, email_verified: verified, name: 'Somebody' };
      },
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: id, accountId: oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
  const provider = new Provider(issuer, configuration);
  const callback = provider.callback();
  const standIn: OidcStandIn = {
    issuer,
    person: null,
    visit: (url) => follow(url, redirectUri),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  answer = (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return void callback(request, response);
    const { person } = standIn;
    if (person !== null) people.set(person.email, person);
    const result = person === null ? { error: 'access_denied' } : { login: { accountId: person.email } };
    void provider.interactionFinished(request, response, result);
  };
  return standIn;
}

async function follow(start: string, end: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = start;
  while (!url.startsWith(end)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
  }
  return new URL(url);
}
