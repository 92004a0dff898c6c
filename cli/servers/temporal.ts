import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { startChild, untilReady, type Child } from './child.ts';
import { freePorts } from './ports.ts';
import type { TemporalSource } from './temporal-binaries.ts';
import { dynamicConfig, serverConfig, sqliteStore, uiConfig, type Store } from './temporal-config.ts';

export interface TemporalServerOptions {
  readonly source: TemporalSource;
  /** Database file, configuration and logs are kept below. */
  readonly dataDir: string;
  readonly port: number;
  /** Without one there is no UI. */
  readonly uiPort?: number;
  /** Where the UI has payloads decoded. */
  readonly codecEndpoint?: string;
  /** Other than the SQLite file: for a server of the production kind. */
  readonly store?: Store;
}

export interface RunningTemporal {
  readonly address: string;
  /** The server, and its UI where that is a process of its own. */
  readonly children: readonly Child[];
  stop(): Promise<void>;
}

/** Starts a Temporal server of one process, and waits until it answers. */
export async function startTemporal(options: TemporalServerOptions): Promise<RunningTemporal> {
  await mkdir(path.join(options.dataDir, 'temporal'), { recursive: true });
  const address = `127.0.0.1:${options.port}`;
  const server = await (options.source.kind === 'cli' ? startCli(options) : startBuilt(options, options.source.server));
  const logFile = logOf(options.dataDir, 'temporal');
  await untilReady(server, () => answers(address), 60_000, logFile);
  const children = [server];
  if (options.source.kind === 'built' && options.uiPort !== undefined) {
    children.push(await startUi(options, options.source.ui, options.uiPort, address));
  }
  return {
    address,
    children,
    stop: async () => {
      for (const child of children.toReversed()) await child.stop();
    },
  };
}

async function startBuilt(options: TemporalServerOptions, command: string): Promise<Child> {
  const { dataDir, port } = options;
  const root = path.join(dataDir, 'temporal');
  const store = options.store ?? sqliteStore(path.join(root, 'temporal.sqlite'));
  const dynamicFile = path.join(root, 'dynamic.yaml');
  await writeFile(dynamicFile, dynamicConfig());
  const configFile = path.join(root, 'server.yaml');
  const config = serverConfig({ port, store, dynamicFile, others: await freePorts(7) });
  await writeFile(configFile, config, { mode: 0o600 });
  return startChild({
    name: 'Temporal',
    command,
    args: ['--config-file', configFile, '--allow-no-auth', 'start'],
    logFile: logOf(dataDir, 'temporal'),
    pidFile: path.join(dataDir, 'temporal.pid'),
  });
}

async function startUi(options: TemporalServerOptions, command: string, port: number, address: string): Promise<Child> {
  const root = path.join(options.dataDir, 'temporal');
  await mkdir(path.join(root, 'ui'), { recursive: true });
  const { codecEndpoint } = options;
  await writeFile(
    path.join(root, 'ui', 'ui.yaml'),
    uiConfig({ port, address, ...(codecEndpoint && { codecEndpoint }) }),
  );
  return startChild({
    name: 'Temporal UI',
    command,
    args: ['--root', root, '--config', 'ui', '--env', 'ui', 'start'],
    logFile: logOf(options.dataDir, 'temporal-ui'),
    pidFile: path.join(options.dataDir, 'temporal-ui.pid'),
  });
}

async function startCli({ dataDir, port, uiPort, codecEndpoint, source }: TemporalServerOptions): Promise<Child> {
  const file = path.join(dataDir, 'temporal', 'temporal.sqlite');
  const settings = ['frontend.WorkflowTimeSkippingEnabled=true', 'system.forceSearchAttributesCacheRefreshOnRead=true'];
  return startChild({
    name: 'Temporal',
    command: source.kind === 'cli' ? source.command : 'temporal',
    args: [
      ...['server', 'start-dev', '--db-filename', file, '--port', String(port), '--log-level', 'warn'],
      ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
      ...(codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', codecEndpoint]),
      ...settings.flatMap((setting) => ['--dynamic-config-value', setting]),
    ],
    logFile: logOf(dataDir, 'temporal'),
    pidFile: path.join(dataDir, 'temporal.pid'),
  });
}

async function answers(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 2000 });
  await connection.close();
}

function logOf(dataDir: string, name: string): string {
  return path.join(dataDir, 'logs', `${name}.log`);
}
