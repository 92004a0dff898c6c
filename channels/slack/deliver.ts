import { WebClient } from '@slack/web-api';
import type { Deliver } from '../page.ts';
import { slackFailure } from './failure.ts';
import { messageOf } from './message.ts';
import { silentLogger } from './silent-logger.ts';

export interface SlackOptions {
  /** Of a bot that may `chat:write`. */
  readonly token: string;
  /** @default https://slack.com/api/ */
  readonly apiUrl?: string;
}

const timeoutMs = 10_000;

/** Pages by one message for all incidents. An address is the id of a member (`U…`) or of a channel. */
export function slack({ token, apiUrl = 'https://slack.com/api/' }: SlackOptions): Deliver {
  const { chat } = new WebClient(token, {
    slackApiUrl: apiUrl,
    timeout: timeoutMs,
    // Who calls decides when to try again.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silentLogger,
  });
  const post = chat.postMessage;
  return async (pages, channel) => {
    // Slack would open the links in a message to show what is behind them.
    const message = { channel, ...messageOf(pages), unfurl_links: false, unfurl_media: false };
    try {
      const { ts = '' } = await post(message);
      return `posted ${ts}`.trim();
    } catch (error) {
      throw slackFailure(error, [token, channel]);
    }
  };
}
