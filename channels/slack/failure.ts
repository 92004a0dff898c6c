import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { comeAgain, failureOf, noAnswer, printable } from '../http-answer.ts';
import { Refused } from '../page.ts';

/** What Slack will say of the same message again until somebody changes its settings, or the contact's address. */
const lasting = new Set([
  'account_inactive',
  'channel_not_found',
  'invalid_auth',
  'invalid_blocks',
  'is_archived',
  'missing_scope',
  'msg_too_long',
  'no_text',
  'not_authed',
  'not_in_channel',
  'restricted_action',
  'token_revoked',
  'user_not_found',
]);

/**
 * What to throw for what Slack's client threw. Slack answers mistakes with HTTP 200 and a code; another status comes
 * from what stands before Slack, and is judged as of any other service.
 */
export function slackFailure(error: unknown, hidden: readonly string[]): Error {
  if (error instanceof WebAPIPlatformError) {
    const { error: said }: { readonly error?: unknown } = error.data;
    const code = typeof said === 'string' ? printable(said, hidden).slice(0, 200).toWellFormed() : 'without a reason';
    return lasting.has(code) ? new Refused(`Slack answered ${code}.`) : new Error(`Slack answered ${code}.`);
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
