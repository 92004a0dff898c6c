import { stringify } from 'yaml';

/** One of the server's data stores, as its configuration has it. */
export interface Store {
  /** For workflows. */
  readonly main: object;
  /** For lists of workflows. */
  readonly visibility: object;
  /** Fixed for the life of the store. */
  readonly shards: number;
}

export function sqliteStore(file: string): Store {
  const sql = {
    pluginName: 'sqlite',
    databaseName: file,
    connectAddr: 'localhost',
    connectProtocol: 'tcp',
    // Full synchronisation: what was accepted survives the machine, not only the process.
    connectAttributes: { mode: 'rwc', setup: 'true', journal_mode: 'wal', synchronous: '2', busy_timeout: '10000' },
    maxConns: 1,
    maxIdleConns: 1,
    maxConnLifetime: '1h',
  };
  // All shards share the one connection, so that more than one only stand in each other's way: a fifth fewer starts.
  return { main: { sql }, visibility: { sql }, shards: 1 };
}

export function postgresStore(url: string, databases: { main: string; visibility: string }, shards: number): Store {
  const { host, username, password } = new URL(url);
  // Each of the four services has connections of its own to both databases.
  const sql = (databaseName: string, connections: number): object => ({
    pluginName: 'postgres12',
    databaseName,
    connectAddr: host,
    connectProtocol: 'tcp',
    user: username,
    password: decodeURIComponent(password),
    maxConns: connections,
    maxIdleConns: connections,
    maxConnLifetime: '1h',
  });
  return { main: { sql: sql(databases.main, 20) }, visibility: { sql: sql(databases.visibility, 10) }, shards };
}

export interface ServerConfig {
  readonly port: number;
  readonly store: Store;
  readonly dynamicFile: string;
  /** Seven free ports for what the server's parts say to each other. */
  readonly others: readonly number[];
}

/** The server's configuration: all four services in one process, reachable from this machine only. */
export function serverConfig({ port, store, dynamicFile, others }: ServerConfig): string {
  const service = (grpcPort: number | undefined, membershipPort: number | undefined): object => ({
    rpc: { grpcPort, membershipPort, bindOnIP: '127.0.0.1' },
  });
  return stringify({
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: store.shards,
      datastores: { main: store.main, visibility: store.visibility },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: service(port, others[0]),
      history: service(others[1], others[2]),
      matching: service(others[3], others[4]),
      worker: service(others[5], others[6]),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${port}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicFile, pollInterval: '1m' },
  });
}

/**
 * What differs from the server's defaults. Skipping time for one workflow is what tests live on, as often as a ticket of
 * many weeks needs; a new search attribute is known at once; lists may be read more often than ten times a second.
 * A timer fires at most 20 ms late, where the default is up to a second. Without the interval at nothing, server 1.32
 * counts skipped time twice in runs that continue as new.
 */
export const dynamicSettings = {
  'frontend.WorkflowTimeSkippingEnabled': true,
  'frontend.WorkflowTimeSkippingMaxSkipPerSession': 10_000,
  'system.forceSearchAttributesCacheRefreshOnRead': true,
  'frontend.namespaceRPS.visibility': 100,
  'history.timerProcessorMaxTimeShift': '20ms',
  'history.workflowIdReuseMinimalInterval': '0s',
};

export function dynamicConfig(): string {
  return stringify(Object.fromEntries(Object.entries(dynamicSettings).map(([name, value]) => [name, [{ value }]])));
}

export function uiConfig(ui: { port: number; address: string; namespace: string; codecEndpoint?: string }): string {
  return stringify({
    temporalGrpcAddress: ui.address,
    host: '127.0.0.1',
    port: ui.port,
    enableUi: true,
    defaultNamespace: ui.namespace,
    showTemporalSystemNamespace: false,
    ...(ui.codecEndpoint !== undefined && { codec: { endpoint: ui.codecEndpoint } }),
  });
}
