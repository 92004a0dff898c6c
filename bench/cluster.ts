import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCluster } from '../cli/cluster.ts';
import { freePorts } from '../cli/servers/ports.ts';
import { loadConfig } from '../config/environment.ts';
import { requestsTo } from '../tests/support/stack.ts';
import type { Measured } from './measure.ts';

/** Temporal on PostgreSQL, two workers, and two APIs that requests go to in turns. */
export async function startMeasuredCluster(env: Readonly<Record<string, string>>): Promise<Measured> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigil-bench-'));
  const ports = await freePorts(3);
  const config = loadConfig({ VIGIL_DATA_DIR: dataDir, TEMPORAL_PORT: String(ports[0]) });
  // The processes of a cluster take what it does not set from here.
  Object.assign(process.env, env);
  const cluster = await startCluster(config, (line) => console.error(line));
  await Promise.all([cluster.startWorker(), cluster.startWorker()]);
  const apis: string[] = [];
  for (const port of ports.slice(1)) apis.push((await cluster.startApi(port)).url);
  const variable = (name: string): string => cluster.env[name] ?? '';
  let requests = 0;
  return {
    secret: variable('VIGIL_SECRET'),
    temporalAddress: variable('TEMPORAL_ADDRESS'),
    postgres: { url: () => variable('DATABASE_URL') },
    request: requestsTo(() => apis[requests++ % apis.length] ?? '', variable('VIGIL_ADMIN_KEY')),
    stop: async () => {
      await cluster.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
