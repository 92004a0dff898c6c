import type { Client } from '@temporalio/client';
import { contactChannels } from '../channels/by-contact.ts';
import type { Config } from '../config/environment.ts';
import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { createAnnounceActivities } from './announce.ts';
import { createDeskActivities } from './desk.ts';
import { createEscalationActivities } from './escalation.ts';
import { createHandoffActivities } from './handoff.ts';
import { createOwnershipActivities } from './ownership.ts';
import { createPagingActivities } from './paging.ts';
import { createRecordActivities } from './record.ts';
import { createRolloutActivities } from './rollout.ts';
import { createWebhookActivities } from './webhooks.ts';

export interface ActivityParts {
  readonly config: Pick<Config, 'publicUrl' | 'channels' | 'taskQueue'>;
  readonly database: Database;
  readonly directory: Directory;
  readonly client: Client;
  /** Signs links and webhooks. */
  readonly secret: string;
}

/** Everything that workflows have done outside, by activity name; `close` ends what they keep open. */
export function openActivities({ config, database, directory, client, secret }: ActivityParts): {
  readonly activities: object;
  readonly close: () => void;
} {
  const { publicUrl, channels: settings, taskQueue } = config;
  const { pagerDutyEventsUrl, fallbackContact } = settings;
  const channels = contactChannels({ settings, publicUrl, secret });
  const paging = { database, directory, publicUrl, secret, channels, pagerDutyEventsUrl, fallbackContact };
  const activities = {
    ...createAnnounceActivities({ database, directory, channels }),
    ...createRecordActivities(database),
    ...createDeskActivities(directory),
    ...createEscalationActivities(database, directory),
    ...createHandoffActivities({ database, directory, client, channels, taskQueue }),
    ...createOwnershipActivities(database, directory),
    ...createPagingActivities(paging),
    ...createRolloutActivities(database, directory, client),
    ...createWebhookActivities({ database, directory, channels, secret }),
  };
  return { activities, close: channels.close };
}
