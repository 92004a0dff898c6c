import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { comeAgain, failureOf, noAnswer, printable } from '../http-answer.ts';
import { Passing, Refused, type Trouble } from '../page.ts';

/** What Slack will say of the same message again until somebody changes its settings, or the contact's address. */
const lasting = new Map<string, Trouble>([
  ['account_inactive', 'credentials'],
  ['channel_not_found', 'address'],
  ['invalid_auth', 'credentials'],
  ['invalid_blocks', 'refused'],
  ['is_archived', 'address'],
  ['missing_scope', 'credentials'],
  ['msg_too_long', 'refused'],
  ['no_text', 'refused'],
  ['not_authed', 'credentials'],
  ['not_in_channel', 'address'],
  ['restricted_action', 'refused'],
  ['token_revoked', 'credentials'],
  ['user_not_found', 'address'],
]);

/**
 * What to throw for what Slack's client threw. Slack answers mistakes with HTTP 200 and a code; another status comes
 * from what stands before Slack, and is judged as of any other service.
 */
export function slackFailure(error: unknown, hidden: readonly string[]): Error {
  if (error instanceof WebAPIPlatformError) {
    const { error: said }: { readonly error?: unknown } = error.data;
    const code = typeof said === 'string' ? printable(said, hidden).slice(0, 200).toWellFormed() : 'without a reason';
    const trouble = lasting.get(code);
    const message = `Slack answered ${code}.`;
    return trouble === undefined ? new Passing(message) : new Refused(message, trouble);
  }
  if (error instanceof WebAPIRateLimitedError) {
    return comeAgain('Slack answered that there are too many messages.', error.retryAfter * 1000);
  }
  if (error instanceof WebAPIHTTPError) {
    const { statusCode: status, headers, body } = error;
    return failureOf(
      { status, retryAfter: headers['retry-after'] ?? null },
      typeof body === 'string' ? body : JSON.stringify(body),
      hidden,
    );
  }
  return noAnswer(error instanceof WebAPIRequestError ? error.original : error);
}
