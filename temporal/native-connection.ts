import { NativeConnection } from '@temporalio/worker';
import { connectTemporal, type ConnectOptions } from './connection.ts';
import { endpoint, type TemporalSettings } from './connection-options.ts';
import { unavailable } from './unavailable.ts';

/**
 * The worker's connection. It is a file of its own, because whoever imports it loads the SDK's native library, which
 * the API has no use for. The plain connection that goes before has the patience, and the words for what is wrong,
 * that the native one lacks: it fails at once.
 */
export async function nativeConnection(
  config: TemporalSettings,
  options: Pick<ConnectOptions, 'timeoutMs'> = {},
): Promise<NativeConnection> {
  const { connection } = await connectTemporal(config, options);
  await connection.close();
  try {
    return await NativeConnection.connect(endpoint(config));
  } catch (error) {
    throw await unavailable(config, error);
  }
}
