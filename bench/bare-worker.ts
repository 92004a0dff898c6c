import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { createWorker } from '../worker/create.ts';

/** A process of its own, set up as Vigil's worker is, for workflows that only wait. */
const [address = '', taskQueue = ''] = process.argv.slice(2);
const connection = await NativeConnection.connect({ address });
const workflows = fileURLToPath(new URL('./bare-workflow.ts', import.meta.url));
const worker = await createWorker({ connection, namespace: 'default', taskQueue, activities: {}, workflows });
process.once('SIGTERM', () => worker.shutdown());
await worker.run();
await connection.close();
