import { isIP } from 'node:net';
import type { ChannelSettings } from './channels.ts';
import type { CodecKeys } from './codec-keys.ts';
import { ConfigError, ValueProblem } from './problems.ts';
import type { SsoSettings } from './sso.ts';
import { loadTemporalConfig, type TemporalConfig } from './temporal.ts';
import type { LogLevel } from './values.ts';
import { settings, type Setting } from './variables.ts';

export { ConfigError } from './problems.ts';
export { variables } from './variables.ts';

/** All settings of a process; `variables` says what each one means. Null: not set, and nothing stands in for it. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** An absolute path. */
  readonly dataDir: string;
  readonly secret: string | null;
  readonly adminKey: string | null;
  /** Of the user that a desk without users starts with. */
  readonly adminEmail: string;
  readonly sso: SsoSettings | null;
  readonly databaseUrl: string | null;
  readonly temporal: TemporalConfig;
  readonly temporalPort: number;
  readonly temporalUiPort: number;
  /** Without a slash at its end. */
  readonly temporalUiUrl: string | null;
  readonly codecKeys: CodecKeys | null;
  readonly taskQueue: string;
  readonly closeAfterMs: number;
  readonly ackTimeoutMs: number;
  readonly escalationRounds: number;
  /** In bytes. */
  readonly attachmentLimit: number;
  /** Requests per minute for each key. */
  readonly rateLimit: number;
  readonly channels: ChannelSettings;
  readonly logLevel: LogLevel;
}

/** Reads all settings, and throws one `ConfigError` that names everything that is wrong with them. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const temporal = loadTemporalConfig(env, problems);
  const read = <T>(setting: Setting<T>): T => readSetting(setting, env, problems);
  const host = read(settings.host);
  const port = read(settings.port);
  const config: Config = {
    host,
    port,
    publicUrl: read(settings.publicUrl) ?? `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    dataDir: read(settings.dataDir),
    secret: read(settings.secret),
    adminKey: read(settings.adminKey),
    adminEmail: read(settings.adminEmail),
    sso: readSso(read, problems),
    databaseUrl: read(settings.databaseUrl),
    temporal,
    temporalPort: read(settings.temporalPort),
    temporalUiPort: read(settings.temporalUiPort),
    temporalUiUrl: read(settings.temporalUiUrl),
    codecKeys: read(settings.codecKeys),
    taskQueue: read(settings.taskQueue),
    closeAfterMs: read(settings.closeAfterMs),
    ackTimeoutMs: read(settings.ackTimeoutMs),
    escalationRounds: read(settings.escalationRounds),
    attachmentLimit: read(settings.attachmentLimit),
    rateLimit: read(settings.rateLimit),
    channels: readChannels(read, problems),
    logLevel: read(settings.logLevel),
  };
  problems.push(...portProblems(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readSso(read: <T>(setting: Setting<T>) => T, problems: string[]): SsoSettings | null {
  const issuer = read(settings.oidcIssuer);
  const clientId = read(settings.oidcClientId);
  const clientSecret = read(settings.oidcClientSecret);
  const name = read(settings.oidcName);
  const all = {
    [settings.oidcIssuer.name]: issuer,
    [settings.oidcClientId.name]: clientId,
    [settings.oidcClientSecret.name]: clientSecret,
    [settings.oidcName.name]: name,
  };
  problems.push(...allOrNone(all));
  return issuer && clientId && clientSecret && name ? { issuer, clientId, clientSecret, name } : null;
}

/** Of variables that mean something only together; null is one that is not set. */
function allOrNone(together: Readonly<Record<string, string | null>>): string[] {
  const set = Object.keys(together).filter((name) => typeof together[name] === 'string');
  const missing = Object.keys(together).filter((name) => together[name] === null);
  return set.length > 0 && missing.length > 0 ? [`${set[0]}: needs ${missing.join(' and ')}, too`] : [];
}

function readChannels(read: <T>(setting: Setting<T>) => T, problems: string[]): ChannelSettings {
  const accountSid = read(settings.twilioAccountSid);
  const authToken = read(settings.twilioAuthToken);
  const from = read(settings.twilioFrom);
  const apiUrl = read(settings.twilioApiUrl);
  const account = {
    [settings.twilioAccountSid.name]: accountSid,
    [settings.twilioAuthToken.name]: authToken,
    [settings.twilioFrom.name]: from,
  };
  problems.push(...allOrNone(account));
  return {
    slackToken: read(settings.slackToken),
    slackSigningSecret: read(settings.slackSigningSecret),
    slackApiUrl: read(settings.slackApiUrl),
    smtpUrl: read(settings.smtpUrl),
    mailFrom: read(settings.mailFrom),
    pagerDutyEventsUrl: read(settings.pagerDutyEventsUrl),
    pagerDutyWebhookSecrets: read(settings.pagerDutyWebhookSecrets) ?? [],
    fallbackContact: read(settings.fallbackContact),
    twilio: accountSid && authToken && from ? { accountSid, authToken, from, apiUrl } : null,
  };
}

/** After a problem the value is a hole that nobody gets to see: `loadConfig` throws. */
function readSetting<T>(setting: Setting<T>, env: NodeJS.ProcessEnv, problems: string[]): T {
  const text = env[setting.name]?.trim() || setting.fallback;
  try {
    return text === null ? (null as T) : setting.parse(text);
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    problems.push(`${setting.name}: ${error.message}`);
    return undefined as T;
  }
}

/** Two servers on one machine cannot share a port; a Temporal run by somebody else takes none here. */
function portProblems({ port, temporalPort, temporalUiPort, temporal }: Config): string[] {
  if (temporal.externalTemporal) return [];
  const ports = new Map([[port, 'PORT']]);
  return [['TEMPORAL_PORT', temporalPort] as const, ['TEMPORAL_UI_PORT', temporalUiPort] as const].flatMap(
    ([name, taken]) => {
      const other = ports.get(taken);
      ports.set(taken, name);
      return other === undefined || taken === undefined
        ? []
        : [`${name}: ${taken} is the port of ${other} too; right is a port of its own`];
    },
  );
}
