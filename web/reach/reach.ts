import type { OwnSettings } from '../api/types.ts';

/** How somebody is reached, as a person says it of themselves and a manager of others. */
export type Reach = Required<Pick<OwnSettings, 'contacts' | 'notificationRules' | 'quietHours'>>;
export type Contact = Reach['contacts'][number];
export type Rule = NonNullable<Reach['notificationRules']>[number];

export const contactTypes = ['mail', 'sms', 'voice', 'slack', 'webhook', 'pagerduty'] as const;

/** What an address of a type looks like. */
export const examples: Readonly<Record<Contact['type'], string>> = {
  mail: 'ann@example.com',
  sms: '+4915112345678',
  voice: '+4915112345678',
  slack: 'U012AB3CD',
  webhook: 'https://example.com/page',
  pagerduty: 'e93facc04764012d7bfb002500d5d1a6',
};
