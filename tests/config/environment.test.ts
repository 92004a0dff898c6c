import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, variables } from '../../config/environment.ts';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

/** Away from the home directory, where a Temporal profile may lie. */
const nowhere = { HOME: mkdtempSync(path.join(tmpdir(), 'vigil-config-')) };

function load(env: NodeJS.ProcessEnv) {
  return loadConfig({ ...nowhere, ...env });
}

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

function profileFile(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'vigil-config-')), 'temporal.toml');
  writeFileSync(file, text);
  return file;
}

test('nothing set is a whole configuration', () => {
  expect(load({})).toEqual({
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://127.0.0.1:8080',
    dataDir: path.resolve('.vigil'),
    secret: null,
    adminKey: null,
    adminEmail: 'admin@example.com',
    sso: null,
    databaseUrl: null,
    temporal: { namespace: 'default', externalTemporal: false },
    temporalPort: 7233,
    temporalUiPort: 8233,
    temporalUiUrl: null,
    codecKeys: null,
    taskQueue: 'vigil',
    closeAfterMs: 7 * 24 * 3_600_000,
    ackTimeoutMs: 300_000,
    escalationRounds: 3,
    attachmentLimit: 25 * 1024 * 1024,
    rateLimit: 60_000,
    channels: {
      slackToken: null,
      slackSigningSecret: null,
      slackApiUrl: 'https://slack.com/api/',
      smtpUrl: null,
      mailFrom: 'Vigil <vigil@localhost>',
      pagerDutyEventsUrl: 'https://events.pagerduty.com/v2/enqueue',
      pagerDutyWebhookSecrets: [],
      twilio: null,
      fallbackContact: null,
    },
    logLevel: 'info',
  });
});

test('a variable set to nothing counts as not set', () => {
  const empty = Object.fromEntries(variables.map(({ name }) => [name, ' ']));
  expect(load(empty)).toEqual(load({}));
});

describe('good values', () => {
  test.each([
    ['HOST', '::1', { host: '::1', publicUrl: 'http://[::1]:8080' }],
    ['HOST', 'desk.example', { host: 'desk.example' }],
    ['PORT', '0', { port: 0 }],
    ['VIGIL_PUBLIC_URL', 'https://desk.example/vigil/', { publicUrl: 'https://desk.example/vigil' }],
    ['VIGIL_PUBLIC_URL', 'https://desk.example', { publicUrl: 'https://desk.example' }],
    ['VIGIL_DATA_DIR', 'somewhere', { dataDir: path.resolve('somewhere') }],
    ['VIGIL_DATA_DIR', '/var/lib/vigil', { dataDir: '/var/lib/vigil' }],
    ['VIGIL_SECRET', '0123456789abcdef', { secret: '0123456789abcdef' }],
    ['VIGIL_ADMIN_KEY', 'a-key-~!', { adminKey: 'a-key-~!' }],
    ['DATABASE_URL', 'postgresql://u:p@h/db', { databaseUrl: 'postgresql://u:p@h/db' }],
    ['DATABASE_URL', 'postgres:///db?host=/run', { databaseUrl: 'postgres:///db?host=/run' }],
    ['TEMPORAL_PORT', '17233', { temporalPort: 17_233 }],
    ['TEMPORAL_UI_PORT', '18233', { temporalUiPort: 18_233 }],
    ['TEMPORAL_UI_URL', 'https://ui.example/', { temporalUiUrl: 'https://ui.example' }],
    ['VIGIL_TASK_QUEUE', 'desk-1', { taskQueue: 'desk-1' }],
    ['VIGIL_CLOSE_AFTER', 'PT36H', { closeAfterMs: 36 * 3_600_000 }],
    ['VIGIL_ACK_TIMEOUT', 'PT1S', { ackTimeoutMs: 1000 }],
    ['VIGIL_ESCALATION_ROUNDS', '10', { escalationRounds: 10 }],
    ['VIGIL_ATTACHMENT_LIMIT', '1000', { attachmentLimit: 1000 }],
    ['VIGIL_ATTACHMENT_LIMIT', '25MB', { attachmentLimit: 25_000_000 }],
    ['VIGIL_ATTACHMENT_LIMIT', '1.5 GiB', { attachmentLimit: 1.5 * 2 ** 30 }],
    ['VIGIL_RATE_LIMIT', '600', { rateLimit: 600 }],
    ['LOG_LEVEL', 'WARN', { logLevel: 'warn' }],
    ['VIGIL_CODEC_KEYS', 'off', { codecKeys: null }],
  ])('%s=%s', (name, value, expected) => {
    expect(load({ [name]: value })).toMatchObject(expected);
  });

  test('single sign-on, all of it', () => {
    const env = {
      VIGIL_OIDC_ISSUER: 'https://sso.example/',
      VIGIL_OIDC_CLIENT_ID: 'vigil',
      VIGIL_OIDC_CLIENT_SECRET: 'secret',
      VIGIL_OIDC_NAME: 'Our SSO',
    };
    const sso = { issuer: 'https://sso.example/', clientId: 'vigil', clientSecret: 'secret', name: 'Our SSO' };
    expect(load(env).sso).toEqual(sso);
  });

  test('codec keys in their order, of which the first encrypts', () => {
    const { codecKeys } = load({ VIGIL_CODEC_KEYS: `new:${key(2)}, old.1:${key(1)}` });
    expect(codecKeys?.map(({ id }) => id)).toEqual(['new', 'old.1']);
    expect(Buffer.from(codecKeys?.[0].key ?? []).equals(Buffer.alloc(32, 2))).toBe(true);
  });
});

describe('bad values are named with what would be right', () => {
  test.each([
    ['HOST', 'http://desk', 'is not a host'],
    ['HOST', 'desk:80', 'is not a host'],
    ['PORT', '80a', 'from 0 to 65535'],
    ['PORT', '65536', 'from 0 to 65535'],
    ['PORT', '-1', 'from 0 to 65535'],
    ['VIGIL_PUBLIC_URL', 'desk.example', 'https://desk.example'],
    ['VIGIL_PUBLIC_URL', 'ftp://desk.example', 'https://desk.example'],
    ['VIGIL_PUBLIC_URL', 'https://desk.example/?a=1', 'https://desk.example'],
    ['VIGIL_SECRET', '0123456789abcde', '15 characters are too few'],
    ['VIGIL_ADMIN_KEY', 'short', 'at least 8'],
    ['VIGIL_ADMIN_KEY', 'with a space', 'without spaces'],
    ['VIGIL_ADMIN_KEY', 'schlüssel', 'ASCII'],
    ['VIGIL_ADMIN_EMAIL', 'admin@localhost', 'is no mail address'],
    ['VIGIL_OIDC_ISSUER', 'okta', 'no http or https address'],
    [
      'VIGIL_OIDC_ISSUER',
      'https://sso.example',
      'needs VIGIL_OIDC_CLIENT_ID and VIGIL_OIDC_CLIENT_SECRET and VIGIL_OIDC_NAME',
    ],
    ['DATABASE_URL', 'mysql://u:hunter2@h/db', 'postgres://'],
    ['DATABASE_URL', 'hunter2', 'postgres://'],
    ['TEMPORAL_PORT', '0', 'from 1 to 65535'],
    ['TEMPORAL_UI_PORT', 'no', 'from 1 to 65535'],
    ['TEMPORAL_NAMESPACE', 'two words', 'cannot be a name'],
    ['VIGIL_TASK_QUEUE', 'two words', 'cannot be a name'],
    ['VIGIL_CODEC_KEYS', 'abc', 'key 1 cannot be read'],
    ['VIGIL_CODEC_KEYS', `a:${key(1)},b:c2hvcnQ=`, 'key 2 has 5 bytes instead of 32'],
    ['VIGIL_CODEC_KEYS', `a:${key(1)},a:${key(2)}`, 'the same id'],
    ['VIGIL_CODEC_KEYS', `a:${key(1)},`, 'key 2 cannot be read'],
    ['VIGIL_CLOSE_AFTER', '7 days', 'P7D'],
    ['VIGIL_CLOSE_AFTER', 'P1M', 'months'],
    ['VIGIL_ACK_TIMEOUT', 'PT0S', 'at least PT1S'],
    ['VIGIL_ESCALATION_ROUNDS', '0', 'from 1 to 10'],
    ['VIGIL_ESCALATION_ROUNDS', '11', 'from 1 to 10'],
    ['VIGIL_ATTACHMENT_LIMIT', '25 apples', 'is not a size'],
    ['VIGIL_ATTACHMENT_LIMIT', '0', 'is not a size'],
    ['VIGIL_ATTACHMENT_LIMIT', '-5MB', 'is not a size'],
    ['VIGIL_RATE_LIMIT', '0', 'from 1 to'],
    ['LOG_LEVEL', 'loud', 'fatal, error, warn'],
    ['VIGIL_FALLBACK_CONTACT', 'pigeon:home', 'right is one of webhook'],
    ['VIGIL_FALLBACK_CONTACT', 'mail:nowhere', 'a mail address'],
    ['VIGIL_SMTP_URL', 'http://mail', 'smtps://user:password@mail.example.com'],
    ['VIGIL_SLACK_API_URL', 'slack', 'no http or https address'],
    ['VIGIL_TWILIO_FROM', '+15550001111', 'needs VIGIL_TWILIO_ACCOUNT_SID and VIGIL_TWILIO_AUTH_TOKEN'],
  ])('%s=%s', (name, value, expected) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: `));
    expect(problems[0]).toContain(expected);
  });

  test('all of them at once', () => {
    const env = { PORT: 'x', LOG_LEVEL: 'x', VIGIL_ACK_TIMEOUT: 'x', TEMPORAL_NAMESPACE: ' x y ', VIGIL_SECRET: 'x' };
    const named = problemsOf(env).map((problem) => problem.split(':', 1)[0]);
    expect(new Set(named)).toEqual(new Set(Object.keys(env)));
    expect(named).toHaveLength(5);
    expect(() => load(env)).toThrow(/PORT: .*\n.*VIGIL_SECRET: /s);
  });

  test('no value of a secret is ever repeated', () => {
    const canary = 'cänary';
    const secrets = variables.filter(({ secret }) => secret).map(({ name }) => name);
    expect(secrets).toEqual([
      'VIGIL_SECRET',
      'VIGIL_ADMIN_KEY',
      'VIGIL_OIDC_CLIENT_SECRET',
      'DATABASE_URL',
      'VIGIL_CODEC_KEYS',
      'VIGIL_SLACK_TOKEN',
      'VIGIL_SLACK_SIGNING_SECRET',
      'VIGIL_SMTP_URL',
      'VIGIL_PAGERDUTY_WEBHOOK_SECRET',
      'VIGIL_TWILIO_AUTH_TOKEN',
      'TEMPORAL_API_KEY',
    ]);
    const problems = problemsOf(Object.fromEntries(secrets.map((name) => [name, canary])));
    expect(problems).toHaveLength(secrets.length);
    expect(problems.join()).not.toContain(canary);
  });
});

describe('ports', () => {
  test('are each used once', () => {
    expect(problemsOf({ PORT: '7233' })).toEqual([
      'TEMPORAL_PORT: 7233 is the port of PORT too; right is a port of its own',
    ]);
    expect(problemsOf({ TEMPORAL_PORT: '8233' })).toEqual([
      'TEMPORAL_UI_PORT: 8233 is the port of TEMPORAL_PORT too; right is a port of its own',
    ]);
  });

  test('do not matter for a Temporal that somebody else runs', () => {
    expect(load({ PORT: '7233', TEMPORAL_ADDRESS: 'temporal.example:7233' }).port).toBe(7233);
  });
});

describe("somebody else's Temporal", () => {
  test('has the address and namespace of the environment', () => {
    expect(load({ TEMPORAL_ADDRESS: 't.example:7233', TEMPORAL_NAMESPACE: 'desk' }).temporal).toEqual({
      address: 't.example:7233',
      namespace: 'desk',
      externalTemporal: true,
    });
  });

  test('has those of a profile, which the environment overrides', () => {
    const file = profileFile('[profile.work]\naddress = "w.example:7233"\nnamespace = "desk"\n');
    const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'work' };
    expect(load(env).temporal).toEqual({ address: 'w.example:7233', namespace: 'desk', externalTemporal: true });
    expect(load({ ...env, TEMPORAL_NAMESPACE: 'other' }).temporal.namespace).toBe('other');
  });

  test('needs an address', () => {
    expect(problemsOf({ TEMPORAL_API_KEY: 'k' })).toEqual([
      'TEMPORAL_ADDRESS: TEMPORAL_API_KEY is set, but there is no address; right is host:port',
    ]);
  });

  test('needs the profile and the file that are named', () => {
    expect(problemsOf({ TEMPORAL_PROFILE: 'work' })[0]).toMatch(/^TEMPORAL_PROFILE: .*work/);
    expect(problemsOf({ TEMPORAL_CONFIG_FILE: '/no/such.toml' })[0]).toMatch(/^TEMPORAL_CONFIG_FILE: .*no\/such/);
  });

  test('does not repeat what stands in a file that cannot be read', () => {
    const file = profileFile('[profile.default]\napi_key = "canary\n');
    const problems = problemsOf({ TEMPORAL_CONFIG_FILE: file });
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain('canary');
  });

  test('is not connected to less safely than was asked for', () => {
    const address = { TEMPORAL_ADDRESS: 't.example:7233' };
    expect(problemsOf({ ...address, TEMPORAL_TLS: 'yes' })[0]).toMatch(/^TEMPORAL_TLS: /);
    const halves = { TEMPORAL_TLS_CLIENT_CERT_DATA: 'c', TEMPORAL_TLS_CLIENT_KEY_DATA: 'k' };
    expect(problemsOf({ ...address, ...halves })).toEqual([]);
    for (const name of Object.keys(halves)) {
      expect(problemsOf({ ...address, [name]: 'x' })[0]).toContain('missing beside');
    }
    expect(problemsOf({ ...address, TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: 'true' })[0]).toContain('SERVER_NAME');
  });
});

test('every variable is described', () => {
  expect(new Set(variables.map(({ name }) => name)).size).toBe(variables.length);
  for (const { meaning, default: unset } of variables) expect(meaning && unset).toBeTruthy();
});
