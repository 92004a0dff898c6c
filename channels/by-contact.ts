import type { Tell } from './notice.ts';
import { type Deliver, type Page, Refused } from './page.ts';
import { mail } from './mail/deliver.ts';
import { pagerduty, pagerdutyTest } from './pagerduty/events.ts';
import { slack, slackNotice } from './slack/deliver.ts';
import { sms, smsNotice, voice, voiceTest } from './twilio/deliver.ts';
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
  /** Tells all the same: somebody asked for it, to see that the channel works. */
  readonly test: Tell;
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
  const missing = (what: string, variables: string): (() => Promise<never>) => {
    return () => Promise.reject(new Refused(`Vigil has no ${what}: set ${variables}.`));
  };
  const noMail = missing('mail server', 'VIGIL_SMTP_URL');
  const noSlack = missing('Slack token', 'VIGIL_SLACK_TOKEN');
  const noTwilio = missing('Twilio account', 'VIGIL_TWILIO_ACCOUNT_SID, VIGIL_TWILIO_AUTH_TOKEN and VIGIL_TWILIO_FROM');
  const webhookTell = webhookNotice({ secret });
  const slackTell = bot === null ? null : slackNotice(bot);
  const smsTell = twilio === null ? null : smsNotice(twilio);
  const pagerDuty = { eventsUrl: pagerDutyEventsUrl };
  const channels: Readonly<Record<ContactType, ContactChannel>> = {
    webhook: { deliver: webhook({ secret }), bundles: false, tell: webhookTell, test: webhookTell },
    pagerduty: { deliver: pagerduty(pagerDuty), bundles: false, tell: null, test: pagerdutyTest(pagerDuty) },
    mail: {
      deliver: post?.deliver ?? noMail,
      bundles: true,
      tell: post?.tell ?? null,
      test: post?.tell ?? noMail,
    },
    slack: {
      deliver: bot === null ? noSlack : slack(bot),
      bundles: true,
      tell: slackTell,
      test: slackTell ?? noSlack,
    },
    sms: {
      deliver: twilio === null ? noTwilio : sms(twilio),
      bundles: true,
      tell: smsTell,
      test: smsTell ?? noTwilio,
    },
    voice: {
      deliver: twilio === null ? noTwilio : voice({ ...twilio, answerUrl }),
      bundles: true,
      tell: null,
      test: twilio === null ? noTwilio : voiceTest(twilio),
    },
  };
  return { of: (type) => channels[type], close: () => post?.close() };
}
