import { ComeAgain, Passing, Refused, type Trouble } from './page.ts';

const timeoutMs = 10_000;
const longestWaitMs = 15 * 60_000;
const longestBody = 100_000;

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

/**
 * Posts to an outside system and resolves with what it answers, whatever the status. Redirects are not followed: the
 * request carries secrets that are meant for this system alone.
 * @throws the error of `noAnswer` where nothing came within 10 s.
 */
export async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'user-agent': 'Vigil', ...headers },
      body,
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: await beginningOf(response),
    };
  } catch (error) {
    throw noAnswer(error);
  }
}

/** Whatever a service sends, no more of it is read than anybody looks at. */
async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= longestBody) break;
  }
  return text.slice(0, longestBody);
}

/** For what was thrown while an answer was awaited or read. Its own message and cause are left out, since they may hold the address or a header. */
export function noAnswer(error: unknown): Error {
  if (!(error instanceof Error)) return new Passing('The service gave no answer of use.', 'unreachable');
  if (error.name === 'TimeoutError') {
    return new Passing(`The service did not answer within ${timeoutMs / 1000} s.`, 'time-out');
  }
  const code = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : error.name;
  return new Passing(`The service gave no answer of use: ${code}.`, 'unreachable');
}

/**
 * What to throw for an answer outside 2xx: `ComeAgain` where a 429 or 503 says when, `Refused` where no later attempt
 * would be answered otherwise, and a plain error else.
 * @param hidden as for `printable`
 * @param trouble what a refusal is about, where the service says more than its status
 */
export function failureOf(
  { status, retryAfter }: Pick<HttpAnswer, 'status' | 'retryAfter'>,
  reason: string,
  hidden: readonly string[],
  trouble: Trouble = refusalOf(status),
): Error {
  const said = printable(reason, hidden).slice(0, 200).toWellFormed();
  const message = `The service answered HTTP ${status}${said === '' ? '.' : `: ${said}`}`;
  const wait = status === 429 || status === 503 ? waitOf(retryAfter) : null;
  if (wait !== null) return comeAgain(message, wait);
  if (mayPass(status)) return new Passing(message, status === 429 ? 'busy' : 'failing');
  return new Refused(message, trouble);
}

/** Whether a later attempt may be answered otherwise. */
export function mayPass(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}

/** A redirect is an address that is not right any more, since none is followed. */
function refusalOf(status: number): Trouble {
  if (status === 401 || status === 403) return 'credentials';
  return (status >= 300 && status < 400) || status === 404 || status === 410 ? 'address' : 'refused';
}

/** Waits of more than 15 minutes are cut: an incident cannot be silent for as long as somebody else pleases. */
export function comeAgain(message: string, afterMs: number): ComeAgain {
  return new ComeAgain(message, Math.min(Math.max(afterMs, 0), longestWaitMs));
}

/** `Retry-After` in milliseconds from now; RFC 9110 allows seconds and a date in GMT. Null where it says neither. */
export function waitOf(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const at = header.endsWith(' GMT') ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : at - Date.now();
}

const mailAddress = /[^\s<>@"']+@[^\s<>@"']+/g;
const phoneNumber = /\+?\d(?:[ ().-]{0,2}\d){6,}/g;
const longestRead = 2000;

/**
 * What an outside system said, fit for logs and the timeline of an incident: on one line, without the given secrets,
 * and without anything that looks like a mail address or phone number.
 */
export function printable(text: string, hidden: readonly string[]): string {
  const known = hidden.filter((secret) => secret !== '');
  return known
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
    .slice(0, longestRead)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(mailAddress, '…')
    .replace(phoneNumber, '…')
    .trim();
}
