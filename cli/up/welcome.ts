import type { Config } from '../../config/environment.ts';

export interface Addresses {
  /** Of the API, as this machine reaches it. */
  readonly api: string;
  /** Null where somebody else runs Temporal. */
  readonly temporalUi: string | null;
  readonly logs: string;
  /** The admin's API key if it was made just now; else whoever made it has it. */
  readonly adminKey: string | null;
  /** Where the first admin sets a password, as long as none has one. */
  readonly adminLink: string | null;
}

/** What is said once everything runs. */
export function welcome({ api, temporalUi, logs, adminKey, adminLink }: Addresses): string {
  const ticket = {
    subject: 'Printer on fire',
    body: 'It is the third one this week.',
    requester: { email: 'ada@example.com', name: 'Ada' },
  };
  return [
    '',
    'Vigil is running. Ctrl-C stops it.',
    `  API            ${api}/v1`,
    `  documentation  ${api}/docs`,
    ...(temporalUi === null ? [] : [`  Temporal UI    ${temporalUi}`]),
    `  logs           ${logs}`,
    '',
    ...(adminLink === null
      ? []
      : ['Set the password of the first admin, by a link that works once:', `  ${adminLink}`, '']),
    'Open a ticket:',
    `  curl -sS -X POST ${api}/v1/tickets \\`,
    `    -H "Authorization: Bearer ${adminKey ?? '$VIGIL_ADMIN_KEY'}" \\`,
    `    -H 'Idempotency-Key: first-ticket' \\`,
    `    -H 'Content-Type: application/json' \\`,
    `    -d '${JSON.stringify(ticket)}'`,
    '',
  ].join('\n');
}

/** Where this machine reaches a server that listens on `host`; on all addresses is also on its own. */
export function localAddress({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
