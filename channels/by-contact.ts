import type { Tell } from './notice.ts';
import { type Deliver, type Page, Refused } from './page.ts';
import { mail } from './mail/deliver.ts';
import { pagerduty } from './pagerduty/events.ts';
import { slack, slackNotice } from './slack/deliver.ts';
import { sms, smsNotice, voice } from './twilio/deliver.ts';
import { webhook, webhookNotice } from './webhook/deliver.ts';
import type { ContactType } from '../domain/user.ts';
import type { ChannelSettings } from '../config/channels.ts';

/** How pages reach contacts of one type. */
export interface ContactChannel {
  readonly deliver: Deliver;
  /** Whether several pages for one address make one message that lists them. */
  readonly bundles: boolean;
  /** Null where there is no way to tell without waking somebody. */
  readonly tell: Tell | null;
}

export interface ContactChannels {
  readonly of: (type: ContactType) => ContactChannel;
  readonly close: () => void;
}

export interface ContactChannelOptions {
  readonly settings: ChannelSettings;
  readonly publicUrl: string;
  /** The desk's, which signs webhooks. */
  readonly secret: string;
}

/** One channel for each type of contact. What the desk has no account for refuses each page, and says what is missing. */
export function contactChannels({ settings, publicUrl, secret }: ContactChannelOptions): ContactChannels {
  const { slackToken, slackApiUrl, smtpUrl, mailFrom, pagerDutyEventsUrl, twilio } = settings;
  const bot = slackToken === null ? null : { token: slackToken, apiUrl: slackApiUrl };
  const post = smtpUrl === null ? null : mail({ smtpUrl, from: mailFrom });
  const answerUrl = (_pages: readonly Page[]): string => `${publicUrl}/v1/channels/twilio/voice`;
  const missing = (what: string, variables: string): Deliver => {
    return () => Promise.reject(new Refused(`Vigil has no ${what}: set ${variables}.`));
  };
  const noTwilio = missing('Twilio account', 'VIGIL_TWILIO_ACCOUNT_SID, VIGIL_TWILIO_AUTH_TOKEN and VIGIL_TWILIO_FROM');
  const channels: Readonly<Record<ContactType, ContactChannel>> = {
    webhook: { deliver: webhook({ secret }), bundles: false, tell: webhookNotice({ secret }) },
    pagerduty: { deliver: pagerduty({ eventsUrl: pagerDutyEventsUrl }), bundles: false, tell: null },
    mail: {
      deliver: post?.deliver ?? missing('mail server', 'VIGIL_SMTP_URL'),
      bundles: true,
      tell: post?.tell ?? null,
    },
    slack: {
      deliver: bot === null ? missing('Slack token', 'VIGIL_SLACK_TOKEN') : slack(bot),
      bundles: true,
      tell: bot === null ? null : slackNotice(bot),
    },
    sms: {
      deliver: twilio === null ? noTwilio : sms(twilio),
      bundles: true,
      tell: twilio === null ? null : smsNotice(twilio),
    },
    voice: { deliver: twilio === null ? noTwilio : voice({ ...twilio, answerUrl }), bundles: true, tell: null },
  };
  return { of: (type) => channels[type], close: () => post?.close() };
}
