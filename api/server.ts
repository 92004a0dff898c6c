import closeWithGrace from 'close-with-grace';
import pino from 'pino';
import type { Config } from '../config/environment.ts';
import { secretOf } from '../config/secret.ts';
import { openDatabase } from '../db/client.ts';
import { Directory } from '../db/directory.ts';
import { safeMessage } from '../db/errors.ts';
import { connectLazily } from '../temporal/connection.ts';
import { type App, buildApp } from './app.ts';

/** The API process: listens until it is told to stop, and then finishes what it has begun. */
export async function runApi(config: Config & { readonly databaseUrl: string }): Promise<App> {
  const logger = pino({ level: config.logLevel, base: { process: 'api' } });
  const database = openDatabase(config.databaseUrl, { max: 20, applicationName: 'vigil api' });
  const directory = await Directory.open(database, {
    onProblem: (error) => logger.warn({ reason: safeMessage(error) }, 'the configuration cannot be loaded'),
  });
  if (config.adminKey !== null) await directory.ensureAdminKey(config.adminKey);
  const temporal = connectLazily(config);
  const app = await buildApp({ config, database, directory, temporal, secret: secretOf(config) }, logger);
  closeWithGrace({ delay: 20_000, logger }, async () => {
    await app.close();
    await directory.close();
    await database.close();
    await temporal.connection.close();
  });
  await app.listen({ host: config.host, port: config.port });
  return app;
}
