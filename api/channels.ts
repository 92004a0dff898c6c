import type { Static } from 'typebox';
import type { Config } from '../config/environment.ts';
import { settings } from '../config/variables.ts';
import type { ContactType } from '../domain/user.ts';
import type { Channels } from './schemas/channel.ts';

type ChannelsJson = Static<typeof Channels>;
type ChannelJson = ChannelsJson['data'][number];

/** Which channels this installation has, by the names of what configures them: values stay where they are. */
export function channelsOf({ channels, publicUrl, secret }: Config): ChannelsJson {
  const { smtpUrl, mailFrom, slackToken, slackSigningSecret, twilio, pagerDutyEventsUrl } = channels;
  const needed = ({ name }: { name: string }, set: boolean) => ({ name, needed: true, set });
  const optional = ({ name }: { name: string }, set: boolean) => ({ name, needed: false, set });
  const answers = (path: string, { name: variable }: { name: string }, ready: boolean) => ({
    url: `${publicUrl}/v1/channels/${path}`,
    variable,
    ready,
  });
  const byTwilio = [settings.twilioAccountSid, settings.twilioAuthToken, settings.twilioFrom].map((variable) =>
    needed(variable, twilio !== null),
  );
  const parts: Readonly<Record<ContactType, Omit<ChannelJson, 'channel' | 'configured'>>> = {
    mail: {
      variables: [
        needed(settings.smtpUrl, smtpUrl !== null),
        optional(settings.mailFrom, mailFrom !== settings.mailFrom.fallback),
      ],
      answers: null,
    },
    slack: {
      variables: [
        needed(settings.slackToken, slackToken !== null),
        optional(settings.slackSigningSecret, slackSigningSecret !== null),
      ],
      answers: answers('slack/interactions', settings.slackSigningSecret, slackSigningSecret !== null),
    },
    sms: { variables: byTwilio, answers: answers('twilio/messages', settings.twilioAuthToken, twilio !== null) },
    // Each call says itself where the pressed key goes.
    voice: { variables: byTwilio, answers: null },
    pagerduty: {
      variables: [
        optional(settings.pagerDutyWebhookSecrets, channels.pagerDutyWebhookSecrets.length > 0),
        optional(settings.pagerDutyEventsUrl, pagerDutyEventsUrl !== settings.pagerDutyEventsUrl.fallback),
      ],
      answers: answers(
        'pagerduty/webhook',
        settings.pagerDutyWebhookSecrets,
        channels.pagerDutyWebhookSecrets.length > 0,
      ),
    },
    webhook: { variables: [optional(settings.secret, secret !== null)], answers: null },
  };
  return {
    data: order.map((channel) => ({
      channel,
      configured: parts[channel].variables.every(({ needed, set }) => set || !needed),
      ...parts[channel],
    })),
    fallback: { variable: settings.fallbackContact.name, channel: channels.fallbackContact?.type ?? null },
  };
}

const order: readonly ContactType[] = ['mail', 'slack', 'sms', 'voice', 'pagerduty', 'webhook'];
