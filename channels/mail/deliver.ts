import { createTransport } from 'nodemailer';
import { printable } from '../http-answer.ts';
import type { Tell } from '../notice.ts';
import { Passing, Refused, type Deliver, type Trouble } from '../page.ts';
import { messageOf, noticeOf } from './message.ts';

export interface MailOptions {
  /** Such as `smtps://user:password@mail.example.com`. */
  readonly smtpUrl: string;
  /** Such as `Vigil <vigil@example.com>`. */
  readonly from: string;
}

export interface MailChannel {
  readonly deliver: Deliver;
  readonly tell: Tell;
  /** Closes the connections that are kept for later mails. */
  readonly close: () => void;
}

const timeoutMs = 10_000;

/** Pages by one mail for all incidents. An address is a mail address, without a name. */
export function mail({ smtpUrl, from }: MailOptions): MailChannel {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    // Who calls decides when to try again.
    maxRequeues: 0,
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const send = async (message: object, address: string): Promise<string> => {
    // As an object it is one address, whatever is in it.
    const to = { name: '', address };
    try {
      const { response } = await transport.sendMail({ from, to, ...message });
      return printable(response, [address]).slice(0, 100).toWellFormed();
    } catch (error) {
      throw failureOf(error, address);
    }
  };
  return {
    deliver: (pages, address) => send(messageOf(pages, from), address),
    tell: (notice, address) => send(noticeOf(notice, from), address),
    close: () => transport.close(),
  };
}

/** Nodemailer's own message is left out, since it may hold addresses and credentials. */
function failureOf(error: unknown, address: string): Error {
  const { code, command, response, responseCode } = error as SmtpFailure;
  if (response === undefined) {
    const message = `The mail server took no mail: ${code ?? 'for an unknown reason'}.`;
    return new Passing(message, code === undefined ? 'failing' : (withoutResponse[code] ?? 'unreachable'));
  }
  const message = `The mail server answered: ${printable(response, [address]).slice(0, 200).toWellFormed()}`;
  return (responseCode ?? 0) >= 500 ? new Refused(message, refusalOf({ code, command })) : new Passing(message);
}

interface SmtpFailure {
  readonly code?: string | undefined;
  /** What was being said, such as `RCPT TO`. */
  readonly command?: string | undefined;
  readonly response?: string;
  readonly responseCode?: number;
}

const withoutResponse: Readonly<Record<string, Trouble>> = { ETIMEDOUT: 'time-out', EAUTH: 'credentials' };

function refusalOf({ code, command }: SmtpFailure): Trouble {
  if (code === 'EAUTH') return 'credentials';
  return command === 'MAIL FROM' ? 'sender' : command === 'RCPT TO' ? 'address' : 'refused';
}
