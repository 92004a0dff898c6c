import { failureOf, post } from '../http-answer.ts';

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
  throw failureOf({ ...answer, status }, reason, [authToken, credentials, accountSid, to, from]);
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
