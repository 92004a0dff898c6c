import type { Contact } from '../domain/user.ts';

/** Accounts with outside systems; null where the desk has none. */
export interface ChannelSettings {
  readonly slackToken: string | null;
  readonly slackSigningSecret: string | null;
  readonly slackApiUrl: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly pagerDutyEventsUrl: string;
  /** Of its webhooks; several while one is replaced by another. */
  readonly pagerDutyWebhookSecrets: readonly string[];
  readonly twilio: TwilioSettings | null;
  /** Who hears of an incident when nobody is left to page. */
  readonly fallbackContact: Contact | null;
}

export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  readonly apiUrl: string;
}
