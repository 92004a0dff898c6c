import type { FastifyRequest } from 'fastify';
import type { User } from '../../db/users.ts';
import { signInAddress } from '../../db/sign-in-people.ts';
import type { App } from '../app.ts';
import { Problem } from '../problem.ts';
import { cookieAfter, headersOf, isRefusal, isTooMany } from './calls.ts';
import { personAt } from './people.ts';
import { isUsedCode, limitTries, tooMany } from './tries.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of the app that shows codes, or a backup code. */
  readonly code?: string;
}

export interface SignedIn {
  readonly user: User;
  readonly secondFactor: boolean;
  /** With the cookies. */
  readonly headers: Headers;
}

/** @throws Problem where the address, the password or the code is wrong, without saying which; or where there is no code */
export async function signInWithPassword(
  app: App,
  request: FastifyRequest,
  { email, ...given }: Credentials,
): Promise<SignedIn> {
  return limitTries(app.parts, request, email, async () =>
    signInAs(app, request, await personAt(app.parts.directory, email), given),
  );
}

/** The same for somebody who is known already, however often it was tried. */
export async function signInAs(
  app: App,
  request: FastifyRequest,
  user: User | undefined,
  { password, code }: Omit<Credentials, 'email'>,
): Promise<SignedIn> {
  // For an address that nobody has, better-auth computes a hash too, so that time does not tell.
  const email = signInAddress(user?.id ?? 'nobody');
  const { response, headers } = await orFailed(() =>
    app.auth.api.signInEmail({ body: { email, password }, headers: headersOf(request, ''), returnHeaders: true }),
  );
  if (user === undefined) throw failed();
  if (!('twoFactorRedirect' in response)) return { user, secondFactor: false, headers };
  if (code === undefined) {
    throw new Problem('second-factor-needed', 'Send a code of your app, or a backup code, with the password.');
  }
  return { user, secondFactor: true, headers: await verifyCode(app, request, user, code, cookieAfter(headers)) };
}

/** For so long better-auth takes no code after ten that were wrong. */
const lockedSeconds = 900;

async function verifyCode(
  app: App,
  request: FastifyRequest,
  user: User,
  given: string,
  cookie: string,
): Promise<Headers> {
  const code = given.replaceAll(/\s/g, '');
  const call = { body: { code }, headers: headersOf(request, cookie), returnHeaders: true } as const;
  const ofApp = /^\d{6}$/.test(code);
  // Whoever has looked on while a code was typed cannot use it again.
  if (ofApp && (await isUsedCode(app.parts, user.id, code))) throw failed();
  const { headers } = await orFailed(() =>
    ofApp ? app.auth.api.verifyTOTP(call) : app.auth.api.verifyBackupCode(call),
  );
  return headers;
}

async function orFailed<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isTooMany(error)) throw tooMany(lockedSeconds);
    throw isRefusal(error) ? failed() : error;
  }
}

function failed(): Problem {
  return new Problem('sign-in-failed', 'The address, the password or the code is wrong.');
}
