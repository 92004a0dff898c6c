import { codecKeys } from './codec-keys.ts';
import * as values from './values.ts';

/** An environment variable that Vigil reads, as `vigil help` and `vigil doctor` show it. */
export interface Variable {
  readonly name: string;
  readonly meaning: string;
  /** What holds while it is not set, in words or as the value itself. */
  readonly default: string;
  /** True where the value must never be shown. */
  readonly secret: boolean;
}

/** A variable with how its text is read. `fallback` is read like a value that was set; null: there is none. */
export interface Setting<T> extends Variable {
  readonly fallback: string | null;
  readonly parse: (text: string) => T;
}

function setting<T>(name: string, meaning: string, fallback: string, parse: (text: string) => T): Setting<T> {
  return { name, meaning, default: fallback, secret: false, fallback, parse };
}

/** A setting that may be absent; `unset` says in words what happens then. */
function optional<T>(
  name: string,
  meaning: string,
  unset: string,
  parse: (text: string) => T,
  { secret = false } = {},
): Setting<T | null> {
  return { name, meaning, default: unset, secret, fallback: null, parse };
}

const port = values.wholeNumber(1, 65_535);

export const settings = {
  host: setting('HOST', 'where the API listens', '127.0.0.1', values.host),
  port: setting('PORT', 'its port; 0 takes a free one', '8080', values.wholeNumber(0, 65_535)),
  publicUrl: optional(
    'VIGIL_PUBLIC_URL',
    'the address in links of mails and pages',
    'from HOST and PORT',
    values.publicUrl,
  ),
  dataDir: setting('VIGIL_DATA_DIR', 'everything that `vigil up` keeps', '.vigil', values.directory),
  secret: optional('VIGIL_SECRET', 'signs links', 'made and kept in the data directory', values.secret, {
    secret: true,
  }),
  adminKey: optional('VIGIL_ADMIN_KEY', "the first admin's API key", 'made, printed once', values.adminKey, {
    secret: true,
  }),
  adminEmail: setting(
    'VIGIL_ADMIN_EMAIL',
    'the address of the user that a desk without users starts with',
    'admin@example.com',
    values.mailAddress,
  ),
  oidcIssuer: optional('VIGIL_OIDC_ISSUER', 'single sign-on by OpenID Connect', 'passwords alone', values.webAddress),
  oidcClientId: optional('VIGIL_OIDC_CLIENT_ID', 'who Vigil is there', 'passwords alone', values.token),
  oidcClientSecret: optional('VIGIL_OIDC_CLIENT_SECRET', "that client's secret", 'passwords alone', values.token, {
    secret: true,
  }),
  oidcName: optional('VIGIL_OIDC_NAME', 'what people know it as, such as Okta', 'passwords alone', (text) => text),
  databaseUrl: optional('DATABASE_URL', 'a PostgreSQL of your own', 'embedded', values.databaseUrl, { secret: true }),
  temporalPort: setting('TEMPORAL_PORT', "the embedded Temporal's port", '7233', port),
  temporalUiPort: setting('TEMPORAL_UI_PORT', "the embedded Temporal UI's port", '8233', port),
  temporalUiUrl: optional(
    'TEMPORAL_UI_URL',
    'the address of the Temporal UI, in links',
    'found with `vigil up` and Temporal Cloud',
    values.publicUrl,
  ),
  codecKeys: optional('VIGIL_CODEC_KEYS', 'encrypts what Temporal stores: id:base64,…', 'off', codecKeys, {
    secret: true,
  }),
  taskQueue: setting('VIGIL_TASK_QUEUE', 'where workers look for work', 'vigil', values.temporalName),
  closeAfterMs: setting('VIGIL_CLOSE_AFTER', 'how long a ticket stays solved before it closes', 'P7D', values.duration),
  ackTimeoutMs: setting('VIGIL_ACK_TIMEOUT', 'how long a page waits before the next step', 'PT5M', values.duration),
  escalationRounds: setting(
    'VIGIL_ESCALATION_ROUNDS',
    'how often all steps are gone through, 1 to 10',
    '3',
    values.wholeNumber(1, 10),
  ),
  slackToken: optional('VIGIL_SLACK_TOKEN', 'pages by Slack: the token of a bot', 'no Slack', values.token, {
    secret: true,
  }),
  slackSigningSecret: optional(
    'VIGIL_SLACK_SIGNING_SECRET',
    'proves that a pressed button comes from Slack',
    'buttons are refused',
    values.token,
    { secret: true },
  ),
  slackApiUrl: setting('VIGIL_SLACK_API_URL', 'where Slack answers', 'https://slack.com/api/', values.webAddress),
  smtpUrl: optional('VIGIL_SMTP_URL', 'pages by mail: smtps://user:password@host', 'no mail', values.smtpUrl, {
    secret: true,
  }),
  mailFrom: setting('VIGIL_MAIL_FROM', 'who mails come from', 'Vigil <vigil@localhost>', values.mailSender),
  pagerDutyEventsUrl: setting(
    'VIGIL_PAGERDUTY_EVENTS_URL',
    'where PagerDuty takes events',
    'https://events.pagerduty.com/v2/enqueue',
    values.webAddress,
  ),
  pagerDutyWebhookSecrets: optional(
    'VIGIL_PAGERDUTY_WEBHOOK_SECRET',
    'proves that a webhook comes from PagerDuty; several, separated by commas, while it is replaced',
    'its webhooks are refused',
    values.tokens,
    { secret: true },
  ),
  twilioAccountSid: optional('VIGIL_TWILIO_ACCOUNT_SID', 'pages by text message and call', 'no Twilio', values.token),
  twilioAuthToken: optional('VIGIL_TWILIO_AUTH_TOKEN', "the account's token", 'no Twilio', values.token, {
    secret: true,
  }),
  twilioFrom: optional('VIGIL_TWILIO_FROM', 'the number that messages and calls come from', 'no Twilio', values.token),
  twilioApiUrl: setting('VIGIL_TWILIO_API_URL', 'where Twilio answers', 'https://api.twilio.com', values.webAddress),
  fallbackContact: optional(
    'VIGIL_FALLBACK_CONTACT',
    'who hears of an incident when nobody is left to page: type:address, such as slack:C012AB3CD',
    'nobody',
    values.contact,
  ),
  attachmentLimit: setting('VIGIL_ATTACHMENT_LIMIT', 'the largest attachment', '25MiB', values.size),
  rateLimit: setting(
    'VIGIL_RATE_LIMIT',
    'requests per minute for each API key',
    '60000',
    values.wholeNumber(1, 1_000_000_000),
  ),
  logLevel: setting('LOG_LEVEL', values.logLevels.join(', '), 'info', values.logLevel),
};

const clientVariable = (name: string, meaning: string, unset: string, secret = false): Variable => ({
  name,
  meaning,
  default: unset,
  secret,
});

/** Read by Temporal's own environment configuration; any of the first four means a Temporal that Vigil does not run. */
const temporalVariables: readonly Variable[] = [
  clientVariable('TEMPORAL_ADDRESS', 'a Temporal of your own, host:port', 'embedded'),
  clientVariable('TEMPORAL_PROFILE', "a profile in Temporal's configuration file", 'none'),
  clientVariable('TEMPORAL_CONFIG_FILE', 'that file', "temporal.toml in the user's configuration"),
  clientVariable('TEMPORAL_API_KEY', 'the key for Temporal Cloud; turns TLS on', 'none', true),
  clientVariable('TEMPORAL_NAMESPACE', 'the namespace', 'default'),
  clientVariable('TEMPORAL_TLS', 'true or false', 'by what else is set'),
  clientVariable('TEMPORAL_TLS_CLIENT_CERT_PATH', 'the certificate for mTLS; _DATA: the text itself', 'none'),
  clientVariable('TEMPORAL_TLS_CLIENT_KEY_PATH', 'its key; _DATA: the text itself', 'none'),
  clientVariable('TEMPORAL_TLS_SERVER_CA_CERT_PATH', 'who signs the server; _DATA: the text itself', "the system's"),
  clientVariable('TEMPORAL_TLS_SERVER_NAME', 'the name in the certificate of the server', "the address's"),
];

/** Every variable, in the order of the documentation. */
export const variables: readonly Variable[] = [...Object.values<Variable>(settings), ...temporalVariables];
