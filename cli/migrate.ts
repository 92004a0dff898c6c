import type { Config } from '../config/environment.ts';
import { connectTemporal } from '../temporal/connection.ts';
import { prepareNamespace } from '../temporal/namespace.ts';
import { prepareDatabase, withoutPassword } from './database.ts';

/** Brings the database's schema up to date, and Temporal's namespace with its search attributes. */
export async function migrateAll(config: Config & { readonly databaseUrl: string }): Promise<void> {
  await prepareDatabase(config.databaseUrl);
  console.log(`The database ${withoutPassword(config.databaseUrl)} is up to date.`);
  const { connection } = await connectTemporal(config);
  try {
    const { registered, added } = await prepareNamespace(connection, config.temporal.namespace);
    const changes = [...(registered ? ['registered'] : []), ...(added.length > 0 ? [`added ${added.join(', ')}`] : [])];
    console.log(
      `The namespace ${config.temporal.namespace} is up to date${changes.length > 0 ? ': ' : ''}${changes.join(', ')}.`,
    );
  } finally {
    await connection.close();
  }
}
