import path from 'node:path';
import type { Connection } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';
import type { Config } from '../../config/environment.ts';
import { connectTemporal } from '../../temporal/connection.ts';
import { searchAttributes } from '../../temporal/search-attributes.ts';
import { requireSchema, withoutPassword } from '../database.ts';
import { runningPid } from '../servers/pid-file.ts';
import { embeddedUrl } from '../servers/postgres.ts';
import { takenPorts } from '../up/ports.ts';
import { check, later, type Check } from './check.ts';

/** The ports, the database and Temporal: those that the configuration names, or those that run. */
export async function serviceChecks(config: Config): Promise<Check[]> {
  const running = (await runningPid(path.join(config.dataDir, 'up.pid'))) !== null;
  return [
    await portsCheck(config, running),
    await databaseCheck(config, running),
    await temporalCheck(config, running),
  ];
}

function portsCheck(config: Config, running: boolean): Promise<Check> {
  return check('ports', async () => {
    if (running) return 'in use by the vigil up that runs';
    const taken = await takenPorts(config);
    if (taken.length > 0) throw new Error(taken.join('; '));
    return 'free';
  });
}

function databaseCheck({ databaseUrl, dataDir }: Config, running: boolean): Promise<Check> {
  return check('database', async () => {
    const url = databaseUrl ?? (running ? await embeddedUrl(dataDir) : null);
    if (url === null) return later('vigil up starts it');
    await requireSchema(url);
    return `${withoutPassword(url)}, with this version's schema`;
  });
}

function temporalCheck(config: Config, running: boolean): Promise<Check> {
  return check('Temporal', async () => {
    if (!config.temporal.externalTemporal && !running) return later('vigil up starts it');
    const { connection } = await connectTemporal(config, { timeoutMs: 5000 });
    try {
      return await namespaceState(connection, config.temporal.namespace);
    } finally {
      await connection.close();
    }
  });
}

/** Temporal answers a query over all search attributes only where it knows them all; this works in the cloud as well. */
async function namespaceState(connection: Connection, namespace: string): Promise<string> {
  const query = searchAttributes.map(({ name }) => `${name} IS NULL`).join(' AND ');
  try {
    await connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: 1 });
    return `the namespace ${namespace}, with all search attributes`;
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    throw new Error(`the namespace ${namespace} cannot be used (${error.details}): vigil migrate prepares it`, {
      cause: error,
    });
  }
}
