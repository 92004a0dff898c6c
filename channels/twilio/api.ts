import { failureOf, post } from '../http-answer.ts';
import type { Trouble } from '../page.ts';

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** The number that messages and calls come from, in E.164. */
  readonly from: string;
  /** @default https://api.twilio.com */
  readonly apiUrl?: string;
}

/** Twilio's own code for too many requests, whatever the status beside it. */
const tooManyRequests = 20429;

/** Its codes for numbers that cannot be reached, or not from this account, and for numbers that cannot be sent from. */
const troubles: Readonly<Record<number, Trouble>> = {
  20003: 'credentials',
  21211: 'address',
  21214: 'address',
  21217: 'address',
  21408: 'address',
  21606: 'sender',
  21608: 'address',
  21610: 'address',
  21612: 'address',
  21614: 'address',
  21210: 'sender',
  21212: 'sender',
  21659: 'sender',
  21660: 'sender',
};

/** @throws as a `Deliver` does. */
export async function createTwilio(
  account: TwilioAccount,
  resource: 'Messages' | 'Calls',
  to: string,
  what: { readonly Body: string } | { readonly Twiml: string },
): Promise<string> {
  const { accountSid, authToken, from, apiUrl = 'https://api.twilio.com' } = account;
  const url = `${apiUrl.replace(/\/$/, '')}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/${resource}.json`;
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `Basic ${credentials}`,
  };
  const answer = await post(url, headers, new URLSearchParams({ To: to, From: from, ...what }).toString());
  if (answer.status >= 200 && answer.status < 300) return `HTTP ${answer.status}`;
  const { code, reason } = problemIn(answer.body);
  const status = code === tooManyRequests ? 429 : answer.status;
  const hidden = [authToken, credentials, accountSid, to, from];
  throw failureOf({ ...answer, status }, reason, hidden, troubles[code ?? 0]);
}

/** Twilio answers mistakes with `code` and `message`; a proxy before it, with anything. */
function problemIn(body: string): { code?: number; reason: string } {
  try {
    const { code, message } = JSON.parse(body) as { code?: unknown; message?: unknown };
    if (typeof code === 'number' && typeof message === 'string') return { code, reason: `${code} ${message}` };
  } catch {
    // Told as it came.
  }
  return { reason: body };
}
