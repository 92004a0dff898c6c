import { WebClient } from '@slack/web-api';
import type { Tell } from '../notice.ts';
import type { Deliver } from '../page.ts';
import { slackFailure } from './failure.ts';
import { messageOf, plainText } from './message.ts';
import { silentLogger } from './silent-logger.ts';

export interface SlackOptions {
  /** Of a bot that may `chat:write`. */
  readonly token: string;
  /** @default https://slack.com/api/ */
  readonly apiUrl?: string;
}

const timeoutMs = 10_000;

/** Pages by one message for all incidents. An address is the id of a member (`U…`) or of a channel. */
export function slack(options: SlackOptions): Deliver {
  const post = posting(options);
  return (pages, channel) => post(channel, messageOf(pages));
}

/** Tells by a plain message. */
export function slackNotice(options: SlackOptions): Tell {
  const post = posting(options);
  return ({ title, text }, channel) => post(channel, { text: `*${plainText(title)}*\n${plainText(text)}` });
}

function posting({ token, apiUrl = 'https://slack.com/api/' }: SlackOptions) {
  const { chat } = new WebClient(token, {
    slackApiUrl: apiUrl,
    timeout: timeoutMs,
    // Who calls decides when to try again.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silentLogger,
  });
  const post = chat.postMessage;
  return async (channel: string, content: ReturnType<typeof messageOf> | { text: string }): Promise<string> => {
    // Slack would open the links in a message to show what is behind them.
    const message = { channel, ...content, unfurl_links: false, unfurl_media: false };
    try {
      const { ts = '' } = await post(message);
      return `posted ${ts}`.trim();
    } catch (error) {
      throw slackFailure(error, [token, channel]);
    }
  };
}
