import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Config } from '../config/environment.ts';
import { temporalEnvironment } from '../config/temporal.ts';

/** The part of the configuration that says where Temporal is and how to speak to it. */
export type TemporalSettings = Pick<Config, 'temporal' | 'temporalPort' | 'codecKeys'>;

export interface Endpoint {
  readonly address: string;
  readonly tls?: NonNullable<ConnectionOptions['tls']>;
  readonly apiKey?: string;
  readonly metadata?: NonNullable<ConnectionOptions['metadata']>;
}

/** Where Temporal is and how to be let in: TLS, keys and headers come from Temporal's own environment variables. */
export function endpoint({ temporal, temporalPort }: TemporalSettings): Endpoint {
  if (!temporal.externalTemporal) return { address: `127.0.0.1:${temporalPort}` };
  const environment = loadClientConnectConfig({ overrideEnvVars: temporalEnvironment(process.env) });
  const { address, tls, apiKey, metadata } = environment.connectionOptions;
  return {
    address: temporal.address ?? address ?? `127.0.0.1:${temporalPort}`,
    ...(tls === undefined || tls === null ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
