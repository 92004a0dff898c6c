import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';

export const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly activities: object;
  readonly dataConverter?: DataConverter;
  /** A bundle made before; without it the workflows are bundled now, which takes some seconds. */
  readonly bundlePath?: string;
  /** Other workflows than Vigil's. */
  readonly workflows?: string;
}

/**
 * The bundler's options for workflow modules that each of a worker's threads evaluates once, and not anew for each workflow: less
 * to compute and a third less memory. All workflows of a thread then share what a module keeps, which may be no more than
 * what pure functions remember.
 */
export const shareModules = (workflows: string): { readonly preloadModules: string[] } => ({
  preloadModules: [workflows],
});

/** A worker for tickets, incidents and roll-outs. */
export async function createWorker(parts: WorkerParts): Promise<Worker> {
  const { connection, namespace, taskQueue, activities, dataConverter, bundlePath, workflows = workflowsPath } = parts;
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    ...(dataConverter !== undefined && { dataConverter }),
    ...(bundlePath === undefined
      ? { workflowsPath: workflows, bundlerOptions: shareModules(workflows) }
      : { workflowBundle: { codePath: bundlePath } }),
    maxConcurrentWorkflowTaskExecutions: 100,
    maxConcurrentLocalActivityExecutions: 200,
    maxConcurrentActivityTaskExecutions: 200,
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 5, maximum: 20 },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 5, maximum: 20 },
    maxCachedWorkflows: 2000,
    // Longer than the longest attempt at an activity, so that a page under way is told of and not sent again.
    shutdownGraceTime: '20s',
    shutdownForceTime: '30s',
  });
}
