import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { parseMail, type ParsedMail } from './mime.ts';

export interface ReceivedMail extends ParsedMail {
  readonly from: string;
  readonly to: readonly string[];
}

export interface SmtpStandIn {
  readonly url: string;
  readonly mails: ReceivedMail[];
  readonly violations: string[];
  /**
   * Refuses the next recipients with these SMTP codes, in a text that quotes the recipient as servers do; 0: the
   * connection breaks; `hang`: no answer ever.
   */
  failNext(...failures: (number | 'hang')[]): void;
  close(): Promise<void>;
}

/** A mail server on this machine, without TLS and accounts. */
export async function startSmtp(): Promise<SmtpStandIn> {
  const mails: ReceivedMail[] = [];
  const violations: string[] = [];
  const failures: (number | 'hang')[] = [];
  const sockets = new Set<Socket>();

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 1,
    onRcptTo: ({ address }, _session, done) => {
      const failure = failures.shift();
      if (failure === 'hang') return;
      if (failure === 0) for (const socket of sockets) socket.destroy();
      else if (failure === undefined) done();
      else done(Object.assign(new Error(`<${address}>: refused`), { responseCode: failure }));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1');
        const to = envelope.rcptTo.map((recipient) => recipient.address);
        const mail = { ...parseMail(raw), from: envelope.mailFrom === false ? '' : envelope.mailFrom.address, to };
        violations.push(...problemsOf(raw, mail));
        mails.push(mail);
        done(null, `OK: queued as ${mails.length} for <${to.join()}> ${'and so on '.repeat(20)}`);
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    mails,
    violations,
    failNext: (...more) => void failures.push(...more),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const required = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'auto-submitted'];

/** By RFC 5322: headers in ASCII, lines of at most 998 characters, one of each header; and by RFC 3834. */
function problemsOf(raw: string, { headers, to }: ReceivedMail): string[] {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
  const missing = required.filter((name) => headers.get(name) === undefined);
  return [
    ...missing.map((name) => `missing ${name}`),
    ...(/[^\r\n\t\x20-\x7e]/.test(head) ? ['a header that is not ASCII'] : []),
    ...(raw.split('\r\n').some((line) => line.length > 998) ? ['a line of more than 998 characters'] : []),
    ...(to.length === 1 ? [] : [`${to.length} recipients`]),
    ...(headers.has('precedence') ? ['a Precedence header'] : []),
    ...(/^<[^<>@\s]+@[^<>@\s]+>$/.test(headers.get('message-id') ?? '') ? [] : ['damaged Message-ID']),
  ];
}
