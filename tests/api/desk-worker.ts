import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { openActivities } from '../../activities/index.ts';
import { createWorker } from '../../worker/create.ts';
import { secret, startDeskApp, type DeskApp } from './desk-app.ts';

/** The worker of a desk, in this process; what it gives stops it. */
export async function startDeskWorker({ app, database, directory, taskQueue }: DeskApp): Promise<() => Promise<void>> {
  const { config, temporal } = app.parts;
  const { client } = temporal;
  const { activities, close } = openActivities({ config, database, directory, client, secret });
  const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
  const worker = await createWorker({
    connection,
    namespace: 'default',
    taskQueue,
    bundlePath: inject('workflowBundlePath'),
    activities,
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
    close();
    await connection.close();
  };
}

/** A desk with its worker, which closing stops too. */
export async function startWorkingDesk(...options: Parameters<typeof startDeskApp>): Promise<DeskApp> {
  const desk = await startDeskApp(...options);
  const stopWorker = await startDeskWorker(desk);
  return {
    ...desk,
    close: async () => {
      await stopWorker();
      await desk.close();
    },
  };
}
