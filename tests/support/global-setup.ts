import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { freePorts } from '../../cli/servers/ports.ts';
import { startPostgres } from '../../cli/servers/postgres.ts';
import { findTemporal } from '../../cli/servers/temporal-source.ts';
import { type RunningTemporal, startTemporal } from '../../cli/servers/temporal.ts';
import { migrate } from '../../db/migrate.ts';
import { prepareNamespace } from '../../temporal/namespace.ts';
import { shareModules, workflowsPath } from '../../worker/create.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalAddress: string;
    /** A migrated database that tests copy; nobody connects to it. */
    databaseTemplate: string;
    /** Where databases are created. */
    databaseServer: string;
    workflowBundlePath: string;
  }
}

/**
 * One Temporal server, one PostgreSQL and one workflow bundle for the whole run. `TEST_TEMPORAL_ADDRESS` names another server,
 * such as one of the production kind, that `vigil cluster --workers 0 --apis 0` has started.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-test-'));
  const cleanups = [() => rm(dataDir, { recursive: true, force: true })];
  const cleanUp = async (): Promise<void> => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  };
  try {
    const postgres = await startPostgres(dataDir);
    cleanups.push(() => postgres.stop());
    await migrate(postgres.url());
    const given = process.env['TEST_TEMPORAL_ADDRESS'];
    const temporal = given === undefined ? await startServer(dataDir) : { address: given, stop: async () => undefined };
    cleanups.push(() => temporal.stop());
    const logger = new DefaultLogger('WARN');
    const [{ code }] = await Promise.all([
      bundleWorkflowCode({ workflowsPath, logger, ...shareModules(workflowsPath) }),
      prepare(temporal.address),
    ]);
    const bundlePath = path.join(dataDir, 'workflows.js');
    await writeFile(bundlePath, code);
    project.provide('temporalAddress', temporal.address);
    project.provide('databaseTemplate', 'vigil');
    project.provide('databaseServer', postgres.url('postgres'));
    project.provide('workflowBundlePath', bundlePath);
    return cleanUp;
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

async function startServer(dataDir: string): Promise<RunningTemporal> {
  const source = await findTemporal((line) => console.log(line));
  const [port = 0] = await freePorts(1);
  return startTemporal({ source, dataDir, port });
}

async function prepare(address: string): Promise<void> {
  const connection = await Connection.connect({ address });
  await prepareNamespace(connection, 'default');
  await connection.close();
}
