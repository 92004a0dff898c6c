import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCluster } from '../../cli/cluster.ts';
import { isBuilt } from '../../cli/servers/go-build.ts';
import { freePorts } from '../../cli/servers/ports.ts';
import { loadConfig, type Config } from '../../config/environment.ts';

let config: Config;
let apiPort: number;

beforeEach(async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-cluster-'));
  const [temporalPort = 0, port = 0] = await freePorts(2);
  apiPort = port;
  config = loadConfig({ VIGIL_DATA_DIR: dataDir, TEMPORAL_PORT: String(temporalPort) });
});

afterEach(() => rm(config.dataDir, { recursive: true, force: true }));

/** Building the SQL tool takes minutes: `vigil cluster` does it. */
test.skipIf(!(await isBuilt('server', 'sql')))('a cluster on PostgreSQL serves tickets, and keeps them', async () => {
  const said: string[] = [];
  const ticket = { subject: 'Printer on fire', body: 'Again.', requester: { email: 'ada@example.com', name: 'Ada' } };
  let id = '';
  {
    const cluster = await startCluster(config, (line) => said.push(line));
    const connection = await Connection.connect({ address: cluster.env['TEMPORAL_ADDRESS'] ?? '' });
    const described = await connection.workflowService.getClusterInfo({});
    expect(described).toMatchObject({ persistenceStore: 'postgres12', visibilityStore: 'postgres12' });
    expect(described.historyShardCount).toBe(16);
    await connection.close();
    await cluster.startWorker();
    const { url } = await cluster.startApi(apiPort);
    const response = await fetch(`${url}/v1/tickets`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${cluster.env['VIGIL_ADMIN_KEY']}`,
        'idempotency-key': 'one',
        'content-type': 'application/json',
      },
      body: JSON.stringify(ticket),
    });
    expect(response.status).toBe(201);
    ({ id } = (await response.json()) as { id: string });
    await cluster.stop();
  }
  const cluster = await startCluster(config, (line) => said.push(line));
  const connection = await Connection.connect({ address: cluster.env['TEMPORAL_ADDRESS'] ?? '' });
  const { workflowExecutionInfo } = await connection.workflowService.describeWorkflowExecution({
    namespace: 'default',
    execution: { workflowId: `ticket/${id}` },
  });
  expect(workflowExecutionInfo?.execution?.workflowId).toBe(`ticket/${id}`);
  await connection.close();
  await cluster.stop();
});
