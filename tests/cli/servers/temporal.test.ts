import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../../../cli/servers/ports.ts';
import { startTemporal, type RunningTemporal } from '../../../cli/servers/temporal.ts';
import { findTemporal } from '../../../cli/servers/temporal-source.ts';
import { prepareNamespace } from '../../../temporal/namespace.ts';

let dataDir: string;
let port: number;
let uiPort: number;
let running: RunningTemporal;

async function start(): Promise<void> {
  running = await startTemporal({ source: await findTemporal(() => undefined), dataDir, port, uiPort });
}

async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: running.address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-temporal-'));
  [port = 0, uiPort = 0] = await freePorts(2);
  await start();
  await withClient(async ({ connection }) => prepareNamespace(connection as Connection, 'default'));
});

afterAll(async () => {
  await running.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test('a killed server has lost no workflow, and takes new ones within seconds', async () => {
  const options = { taskQueue: 'nobody', workflowId: 'kept' };
  await withClient((client) => client.workflow.start('anything', options));
  process.kill(running.server.pid ?? 0, 'SIGKILL');
  await running.server.ended;
  // The UI, too, is one that an earlier start left.
  const since = Date.now();
  await start();
  await withClient(async (client) => {
    const { status } = await client.workflow.getHandle('kept').describe();
    expect(status.name).toBe('RUNNING');
    await client.workflow.getHandle('kept').signal('still there?');
    await client.workflow.start('anything', { taskQueue: 'nobody', workflowId: 'new' });
  });
  expect(Date.now() - since).toBeLessThan(30_000);
});

test('the UI answers', async () => {
  const response = await fetch(`http://127.0.0.1:${uiPort}/`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<html');
});

test('a port that is taken is told of', async () => {
  const source = await findTemporal(() => undefined);
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'vigil-temporal-'));
  const second = startTemporal({ source, dataDir: elsewhere, port: uiPort });
  await expect(second).rejects.toThrow(/Temporal ended .*see .*temporal\.log/);
  await rm(elsewhere, { recursive: true, force: true });
});

test('the temporal command is told in JSON how to differ from its defaults, and what it says is passed on', async () => {
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'vigil-temporal-'));
  const command = path.join(elsewhere, 'command');
  await writeFile(
    command,
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${elsewhere}/args'\necho 'Error: no such flag'; exit 1\n`,
  );
  await chmod(command, 0o755);
  const started = startTemporal({ source: { kind: 'cli', command }, dataDir: elsewhere, port: 1 });
  await expect(started).rejects.toThrow('Temporal ended (code 1: Error: no such flag)');
  const args = (await readFile(path.join(elsewhere, 'args'), 'utf8')).split('\n');
  const settings = args.filter((_, index) => args[index - 1] === '--dynamic-config-value');
  expect(settings).toContain('frontend.WorkflowTimeSkippingEnabled=true');
  for (const setting of settings) expect(() => JSON.parse(setting.slice(setting.indexOf('=') + 1))).not.toThrow();
  await rm(elsewhere, { recursive: true, force: true });
});
