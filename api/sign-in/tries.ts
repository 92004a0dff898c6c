import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { countTry, forgetTries, sweepSignIns, type TryLimit, uncountTry } from '../../db/sign-in-tries.ts';
import type { AppParts } from '../app.ts';
import { Problem } from '../problem.ts';

/** In a quarter of an hour; behind one address of the network there may be a whole office. */
const most = { address: 10, network: 100 };

/**
 * Lets a password be tried, but not too often: neither for one address of mail nor from one of the network. Whoever
 * succeeds has all tries again.
 */
export async function limitTries<T>(
  { database, secret }: AppParts,
  request: FastifyRequest,
  email: string,
  attempt: () => Promise<T>,
): Promise<T> {
  const address = { key: keyOf(secret, 'address', email.toLowerCase()), most: most.address };
  const network = { key: keyOf(secret, 'network', request.ip), most: most.network };
  await count(database, [address, network]);
  try {
    const result = await attempt();
    await forgetTries(database, address.key);
    await uncountTry(database, [network]);
    // Signing in is rare, and so a good moment.
    await sweepSignIns(database);
    return result;
  } catch (error) {
    // The password was right. This try is given back and no other, or codes could be guessed without end.
    if (error instanceof Problem && error.type === 'second-factor-needed') {
      await uncountTry(database, [address, network]);
    }
    throw error;
  }
}

/** True where a user's code of this moment has been used before. */
export async function isUsedCode({ database, secret }: AppParts, user: string, code: string): Promise<boolean> {
  return (await countTry(database, [{ key: keyOf(secret, 'code', `${user} ${code}`), most: 1 }])) > 0;
}

async function count(database: AppParts['database'], limits: readonly TryLimit[]): Promise<void> {
  const waitMs = await countTry(database, limits);
  if (waitMs > 0) throw tooMany(Math.ceil(waitMs / 1000));
}

export function tooMany(seconds: number): Problem {
  return new Problem('too-many-requests', `Too many tries: come again in ${Math.ceil(seconds / 60)} minutes.`, {
    headers: { 'retry-after': String(seconds) },
  });
}

/** The table tells nobody who has tried. */
function keyOf(secret: string, kind: string, value: string): string {
  return createHmac('sha256', secret).update(`vigil tries ${kind} ${value}`).digest('base64url');
}
