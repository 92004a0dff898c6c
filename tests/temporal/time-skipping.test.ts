import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { fastForward, skippingConnection } from '../support/time-skipping.ts';
import { ask, open, wait, work } from './skipping-workflows.ts';

const hour = 3_600_000;
const taskQueue = `time-skipping-${randomUUID()}`;
let plain: Client;
let skipping: Client;
let stop: () => Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const address = inject('temporalAddress');
  plain = new Client({ connection: await Connection.connect({ address }) });
  skipping = new Client({ connection: await skippingConnection(address) });
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowsPath: fileURLToPath(new URL('./skipping-workflows.ts', import.meta.url)),
    activities: { takeTime: (ms: number) => sleep(ms) },
  });
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
    await Promise.all([connection.close(), plain.connection.close(), skipping.connection.close()]);
  };
});

afterAll(() => stop());

function start<W extends Workflow>(client: Client, workflow: W, ...args: Parameters<W>) {
  return client.workflow.start<Workflow>(workflow, { workflowId: randomUUID(), taskQueue, args });
}

function hours(ms: number): number {
  return Math.round(ms / hour);
}

describe('a workflow that skips by itself', () => {
  test('passes hours in seconds, over all its runs', async () => {
    const handle = await start(skipping, wait, 4, 3);
    expect(hours(await handle.result())).toBe(12);
  });

  test('lets work take real time, and fires timers after it at their time', async () => {
    const [worked, fired] = await (await start(skipping, work)).result();
    expect(worked).toBeGreaterThanOrEqual(1000);
    expect(worked).toBeLessThan(hour / 2);
    expect(hours(fired)).toBe(1);
  });

  test('has children that skip too, and waits for them', async () => {
    const handle = await start(skipping, open);
    await handle.result();
    const child = plain.workflow.getHandle(`${handle.workflowId}/child`);
    expect(hours(await child.result())).toBe(3);
  });

  test('is started by signals and updates as well', async () => {
    const bySignal = await skipping.workflow.signalWithStart(wait, {
      workflowId: randomUUID(),
      taskQueue,
      args: [3],
      signal: 'anything',
    });
    expect(hours(await bySignal.result())).toBe(3);
    const startWorkflowOperation = new WithStartWorkflowOperation(wait, {
      workflowId: randomUUID(),
      taskQueue,
      args: [3],
      workflowIdConflictPolicy: 'FAIL',
    });
    await skipping.workflow.executeUpdateWithStart(ask, { startWorkflowOperation });
    expect(hours(await (await startWorkflowOperation.workflowHandle()).result())).toBe(3);
  });
});

describe('a workflow that is fast-forwarded', () => {
  test('gets as far as it is told, and goes on in real time', async () => {
    const handle = await start(plain, wait, 4);
    expect(hours(await handle.executeUpdate(ask))).toBe(0);
    await expect(fastForward(plain, handle.workflowId, '2h')).resolves.toBe('reached');
    expect(hours(await handle.executeUpdate(ask))).toBe(2);
    await sleep(1000);
    expect(hours(await handle.executeUpdate(ask))).toBe(2);
    await expect(fastForward(plain, handle.workflowId, '4h')).resolves.toBe('ended');
  });

  test('keeps its clock and its target over continue-as-new', async () => {
    const handle = await start(plain, wait, 2, 3);
    await expect(fastForward(plain, handle.workflowId, '5h')).resolves.toBe('reached');
    const latest = plain.workflow.getHandle(handle.workflowId);
    expect(hours(await latest.executeUpdate(ask))).toBe(5);
    await expect(fastForward(plain, handle.workflowId, '2h')).resolves.toBe('ended');
  });

  test('cannot pass an open child, which stands still until it is fast-forwarded itself', async () => {
    const { workflowId } = await start(plain, open);
    await expect(fastForward(plain, workflowId, '61m', { patienceMs: 2000 })).rejects.toThrow(
      `it waits for the child ${workflowId}/child`,
    );
    const child = plain.workflow.getHandle(`${workflowId}/child`);
    expect(hours(await child.executeUpdate(ask))).toBe(0);
    await expect(fastForward(plain, child.workflowId, '4h')).resolves.toBe('ended');
    await expect(fastForward(plain, workflowId, '4h')).resolves.toBe('ended');
  });
});
