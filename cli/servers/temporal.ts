import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { status } from '@grpc/grpc-js';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { startChild, untilReady, type Child, type ChildOptions } from './child.ts';
import { freePorts, isPortFree } from './ports.ts';
import { dynamicConfig, dynamicSettings, serverConfig, sqliteStore, uiConfig, type Store } from './temporal-config.ts';
import type { TemporalSource } from './temporal-source.ts';

export interface TemporalServerOptions {
  readonly source: TemporalSource;
  /** Database file, configuration and logs are kept below. */
  readonly dataDir: string;
  readonly port: number;
  /** Without one there is no UI. */
  readonly uiPort?: number;
  /** That the UI shows first. @default default */
  readonly namespace?: string;
  /** Where the UI has payloads decoded. */
  readonly codecEndpoint?: string;
  /** Other than the SQLite file: for a server of the production kind, which only a built one can be. */
  readonly store?: Store;
  /** Handed every line that the server logs. */
  readonly onLine?: (line: string) => void;
}

export interface RunningTemporal {
  readonly address: string;
  readonly server: Child;
  stop(): Promise<void>;
}

/** Starts a Temporal server of one process with its UI, if it is to have one, and waits until both answer. */
export async function startTemporal(options: TemporalServerOptions): Promise<RunningTemporal> {
  const { source, uiPort } = options;
  const server = await startTemporalServer(options);
  const ui =
    source.kind === 'built' && uiPort !== undefined ? await startTemporalUi(options, source.ui, uiPort) : undefined;
  return {
    address: addressOf(options),
    server,
    stop: async () => {
      await ui?.stop();
      await server.stop();
    },
  };
}

/** Starts the server, and waits until it answers. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<Child> {
  const { source, dataDir, uiPort } = options;
  await mkdir(path.join(dataDir, 'temporal'), { recursive: true, mode: 0o700 });
  const child = await startChild({
    ...processOf('Temporal', 'temporal', options),
    ...(source.kind === 'cli' ? cliCommand(source.command, options) : await builtCommand(source.server, options)),
  });
  await untilReady(child, () => answers(addressOf(options)), 60_000);
  if (source.kind === 'cli' && uiPort !== undefined) await untilReady(child, () => listens(uiPort), 20_000);
  return child;
}

/** Starts the UI of a server that was built; the `temporal` command brings its own along. */
export async function startTemporalUi(options: TemporalServerOptions, command: string, port: number): Promise<Child> {
  const { dataDir, namespace = 'default', codecEndpoint } = options;
  const root = path.join(dataDir, 'temporal');
  await mkdir(path.join(root, 'ui'), { recursive: true });
  const address = addressOf(options);
  const config = uiConfig({ port, address, namespace, ...(codecEndpoint !== undefined && { codecEndpoint }) });
  // The codec's address is a key to all payloads.
  await writeFile(path.join(root, 'ui', 'ui.yaml'), config, { mode: 0o600 });
  const child = await startChild({
    ...processOf('Temporal UI', 'temporal-ui', options),
    command,
    args: ['--root', root, '--config', 'ui', '--env', 'ui', 'start'],
  });
  await untilReady(child, () => listens(port), 20_000);
  return child;
}

type Command = Pick<ChildOptions, 'command' | 'args'>;

async function builtCommand(command: string, options: TemporalServerOptions): Promise<Command> {
  const root = path.join(options.dataDir, 'temporal');
  const dynamicFile = path.join(root, 'dynamic.yaml');
  await writeFile(dynamicFile, dynamicConfig());
  const configFile = path.join(root, 'server.yaml');
  const config = serverConfig({
    port: options.port,
    store: options.store ?? sqliteStore(path.join(root, 'temporal.sqlite')),
    dynamicFile,
    others: await innerPorts(path.join(root, 'ports.json')),
  });
  // It may hold a database's password.
  await writeFile(configFile, config, { mode: 0o600 });
  return { command, args: ['--config-file', configFile, '--allow-no-auth', 'start'] };
}

/**
 * The ports of the server's parts among themselves: the same at each start. A part that was killed stays in the others'
 * books for most of a minute, and at the same port the new one takes its place; at another it is waited for in vain.
 */
async function innerPorts(file: string): Promise<number[]> {
  const kept = JSON.parse(await readFile(file, 'utf8').catch(() => '[]')) as number[];
  const free = await Promise.all(kept.map((port) => isPortFree(port)));
  if (kept.length === 7 && free.every(Boolean)) return kept;
  const ports = await freePorts(7);
  await writeFile(file, JSON.stringify(ports));
  return ports;
}

function cliCommand(command: string, options: TemporalServerOptions): Command {
  const { dataDir, port, uiPort, namespace = 'default', codecEndpoint } = options;
  const file = path.join(dataDir, 'temporal', 'temporal.sqlite');
  return {
    command,
    args: [
      ...[
        'server',
        'start-dev',
        '--db-filename',
        file,
        '--port',
        String(port),
        '--log-level',
        'warn',
        '--namespace',
        namespace,
      ],
      ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=2'],
      ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
      ...(codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', codecEndpoint]),
      ...Object.entries(dynamicSettings).flatMap(([name, value]) => [
        '--dynamic-config-value',
        `${name}=${JSON.stringify(value)}`,
      ]),
    ],
  };
}

function processOf(
  name: string,
  file: string,
  { dataDir, onLine }: TemporalServerOptions,
): Pick<ChildOptions, 'name' | 'logFile' | 'pidFile' | 'onLine'> {
  return {
    name,
    logFile: path.join(dataDir, 'logs', `${file}.log`),
    pidFile: path.join(dataDir, `${file}.pid`),
    ...(onLine !== undefined && { onLine }),
  };
}

function addressOf({ port }: TemporalServerOptions): string {
  return `127.0.0.1:${port}`;
}

/** Enough to ask every history shard, as good as certainly. */
const probes = Array.from({ length: 64 }, (_, index) => `probe-${index}`);

/**
 * The frontend answers before all history shards can be reached: right after a start, some may still be looked for at
 * a server that was killed. A workflow that is not found was looked for at the right place.
 */
async function answers(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 2000 });
  const { workflowService } = connection;
  try {
    await connection.withDeadline(Date.now() + 5000, () =>
      Promise.all(
        probes.map((workflowId) =>
          workflowService
            .describeWorkflowExecution({ namespace: 'temporal-system', execution: { workflowId } })
            .catch((error: unknown) => {
              if (!isGrpcServiceError(error) || error.code !== status.NOT_FOUND) throw error;
            }),
        ),
      ),
    );
  } finally {
    await connection.close();
  }
}

async function listens(port: number): Promise<void> {
  const socket = net.connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
