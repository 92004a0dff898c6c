import { DefaultLogger, Runtime } from '@temporalio/worker';
import closeWithGrace from 'close-with-grace';
import pino from 'pino';
import { openActivities } from '../activities/index.ts';
import type { Config } from '../config/environment.ts';
import { secretOf } from '../config/secret.ts';
import { openDatabase } from '../db/client.ts';
import { Directory } from '../db/directory.ts';
import { connectTemporal } from '../temporal/connection.ts';
import { dataConverter } from '../temporal/codec.ts';
import { nativeConnection } from '../temporal/native-connection.ts';
import { createWorker } from './create.ts';

/** The worker process: runs until it is told to stop, and then finishes what it has begun. */
export async function runWorker(config: Config & { readonly databaseUrl: string }): Promise<void> {
  const logger = pino({ level: config.logLevel, base: { process: 'worker' } });
  installRuntime(config, logger);
  const { client, connection: clientConnection } = await connectTemporal(config);
  const connection = await nativeConnection(config);
  const database = openDatabase(config.databaseUrl, { max: 20, applicationName: 'vigil worker' });
  const directory = await Directory.open(database);
  const secret = secretOf(config);
  const { activities, close: closeActivities } = openActivities({ config, database, directory, client, secret });
  const worker = await createWorker({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: config.taskQueue,
    activities,
    dataConverter: dataConverter(config.codecKeys),
  });
  const running = worker.run();
  closeWithGrace({ delay: 35_000, logger }, async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
    closeActivities();
    await directory.close();
    await database.close();
    await clientConnection.close();
    await connection.close();
  });
  logger.info({ taskQueue: config.taskQueue }, 'the worker is running');
  await running;
}

/** Temporal's own log lines go to ours; the signals that end the process are handled by us, not by its runtime. */
function installRuntime(config: Config, logger: pino.Logger): void {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger(
      config.logLevel === 'debug' || config.logLevel === 'trace' ? 'DEBUG' : 'WARN',
      (entry) => {
        const { workflowId, activityType, attempt, error } = entry.meta ?? {};
        const level = entry.level === 'ERROR' ? 'error' : entry.level === 'WARN' ? 'warn' : 'debug';
        logger[level](
          { workflowId, activityType, attempt, reason: (error as Error | undefined)?.message ?? '' },
          entry.message,
        );
      },
    ),
  });
}
