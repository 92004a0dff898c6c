import { existsSync } from 'node:fs';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { temporalName } from './values.ts';
import { ValueProblem } from './problems.ts';

export interface TemporalConfig {
  /** Absent when Vigil runs Temporal itself, on `temporalPort`. */
  readonly address?: string;
  readonly namespace: string;
  /** Someone else runs Temporal: a cluster of one's own, or Temporal Cloud. */
  readonly externalTemporal: boolean;
}

/** Any of these means that somebody else runs Temporal. */
const external = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_API_KEY', 'TEMPORAL_CONFIG_FILE'] as const;

/**
 * The environment as Temporal's loader should see it: a variable that is set to nothing counts as not set, as it does
 * in the rest of Vigil. The loader itself would take an empty address for an address.
 */
export function temporalEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()] as const] : [])),
  );
}

export function loadTemporalConfig(env: NodeJS.ProcessEnv, problems: string[]): TemporalConfig {
  const set = temporalEnvironment(env);
  const named = external.find((name) => set[name] !== undefined);
  const namespace = set['TEMPORAL_NAMESPACE'] ?? 'default';
  if (named === undefined) return { namespace: checked(namespace, problems), externalTemporal: false };

  problems.push(...tlsProblems(set));
  const file = set['TEMPORAL_CONFIG_FILE'];
  if (file !== undefined && !existsSync(file)) {
    problems.push(`TEMPORAL_CONFIG_FILE: there is no file ${file}; right is the path of a TOML file`);
    return { namespace, externalTemporal: true };
  }
  try {
    const profile = loadClientConnectConfig({ overrideEnvVars: set });
    const { address } = profile.connectionOptions;
    const result = { namespace: checked(profile.namespace ?? namespace, problems), externalTemporal: true };
    if (address !== undefined && /^\S+$/.test(address)) return { ...result, address };
    problems.push(`TEMPORAL_ADDRESS: ${named} is set, but there is no address; right is host:port`);
    return result;
  } catch (error) {
    problems.push(`${set['TEMPORAL_PROFILE'] ? 'TEMPORAL_PROFILE' : named}: ${firstLine(error)}`);
    return { namespace, externalTemporal: true };
  }
}

function checked(namespace: string, problems: string[]): string {
  try {
    return temporalName(namespace);
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    problems.push(`TEMPORAL_NAMESPACE: ${error.message}`);
    return namespace;
  }
}

/** What Temporal's loader would pass over in silence, and leave the connection less safe than was asked for. */
function tlsProblems(set: Readonly<Record<string, string>>): string[] {
  const problems: string[] = [];
  const tls = set['TEMPORAL_TLS'];
  if (tls !== undefined && !['true', 'false', '1', '0'].includes(tls)) {
    problems.push(`TEMPORAL_TLS: "${tls}" would turn TLS off; right is true or false`);
  }
  const has = (part: string): boolean =>
    [`TEMPORAL_TLS_CLIENT_${part}_PATH`, `TEMPORAL_TLS_CLIENT_${part}_DATA`].some((name) => set[name] !== undefined);
  if (has('CERT') && !has('KEY')) {
    problems.push('TEMPORAL_TLS_CLIENT_KEY_PATH: missing beside the certificate; right is the path of its key');
  }
  if (has('KEY') && !has('CERT')) {
    problems.push('TEMPORAL_TLS_CLIENT_CERT_PATH: missing beside the key; right is the path of its certificate');
  }
  if (['true', '1'].includes(set['TEMPORAL_TLS_DISABLE_HOST_VERIFICATION'] ?? '')) {
    problems.push(
      'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: not possible here; right is TEMPORAL_TLS_SERVER_NAME, the name in the certificate',
    );
  }
  return problems;
}

/** A syntax error in the file quotes its lines, with the keys in them, after the first. */
function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
