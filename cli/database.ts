import { migrate, schemaState } from '../db/migrate.ts';

/** Brings the schema up to date. Throws, in one line, where there is no database, or a newer one. */
export async function prepareDatabase(url: string): Promise<void> {
  const state = await inWords(url, () => schemaState(url));
  if (state === 'newer') throw new Error(newer);
  await inWords(url, () => migrate(url));
}

/** Throws, in one line, unless the database is there and has this version's schema. */
export async function requireSchema(url: string): Promise<void> {
  const state = await inWords(url, () => schemaState(url));
  if (state === 'newer') throw new Error(newer);
  if (state === 'older')
    throw new Error("The database's schema is older than this version of Vigil: run vigil migrate");
  if (state === 'empty') throw new Error('The database is empty: run vigil migrate');
}

const newer =
  "The database's schema is newer than this version of Vigil: use the version that migrated it, or a newer one";

async function inWords<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Error(`PostgreSQL cannot be used at ${withoutPassword(url)} (${reason(cause)}): check DATABASE_URL`, {
      cause,
    });
  }
}

/** Fit for terminals and logs. */
export function withoutPassword(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}

/** Of several addresses tried, each has its own error, and the error of them all says nothing. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  let inner = error as Error;
  while (inner.cause instanceof Error) inner = inner.cause;
  return inner.message;
}
