import { ApplicationFailure } from '@temporalio/common';
import { Bundles } from '../channels/bundles.ts';
import type { ContactChannels } from '../channels/by-contact.ts';
import { type Deliver, type Page, subjectOf } from '../channels/page.ts';
import { tellPagerDuty } from '../channels/pagerduty/events.ts';
import { signAcknowledge } from '../config/acknowledge-token.ts';
import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { deliveredPage, rememberPage } from '../db/pages.ts';
import { nameOfContact } from '../domain/notification.ts';
import type { Contact } from '../domain/user.ts';
import { attempt } from './attempt.ts';

/** A page as the workflow knows it: `contact` names one of the user's contacts without its address, such as `webhook1`. */
export type PageRequest = Omit<Page, 'acknowledgeUrl'> & { readonly contact: string };

export type NobodyLeft = Pick<Page, 'incident' | 'ticket' | 'reason' | 'round'>;

/** What became of an incident, for the alert that a page opened elsewhere. */
export interface SettleRequest {
  readonly user: string;
  readonly contact: string;
  readonly dedupKey: string;
  readonly action: 'acknowledge' | 'resolve';
}

export type PagingActivities = ReturnType<typeof createPagingActivities>;

const acknowledgeLinkMs = 7 * 24 * 60 * 60 * 1000;
/** Well below the time that an attempt at a page may take. */
const bundleMs = 3000;

export interface PagingDependencies {
  readonly database: Database;
  readonly directory: Directory;
  readonly publicUrl: string;
  /** Signs acknowledge links. */
  readonly secret: string;
  readonly channels: ContactChannels;
  readonly pagerDutyEventsUrl: string;
  readonly fallbackContact: Contact | null;
}

export function createPagingActivities(dependencies: PagingDependencies) {
  const { database, directory, publicUrl, secret, channels, pagerDutyEventsUrl, fallbackContact } = dependencies;
  // What this process has delivered, for when the ledger is away.
  const delivered = new Map<string, string>();
  const bundles = new Bundles(bundleMs);

  return {
    /** Delivers one page. The answer says what the receiver said. */
    async page({ contact, ...request }: PageRequest): Promise<string> {
      const { dedupKey, user } = request;
      const before = delivered.get(dedupKey) ?? (await deliveredPage(database.db, dedupKey).catch(() => undefined));
      if (before !== undefined) return before;
      const to = findContact(directory, user, contact);
      const page = { ...request, acknowledgeUrl: acknowledgeUrl(request) };
      const answer = await attempt(() => deliver(page, to));
      delivered.set(dedupKey, answer);
      if (delivered.size > 10_000) delivered.delete(delivered.keys().next().value ?? '');
      // The page has gone out whether or not the ledger can say so.
      await rememberPage(database.db, dedupKey, answer).catch(() => undefined);
      return answer;
    },

    /** Says aloud that an incident waits and nobody is left to page. */
    async sayNobodyLeft({ incident, ticket, reason, round }: NobodyLeft): Promise<string> {
      const tell = fallbackContact && channels.of(fallbackContact.type).tell;
      if (!fallbackContact || !tell) return 'nobody to tell';
      const about = subjectOf({ incident, ticket });
      const notice = {
        id: `${incident}:nobody-left:${round}`,
        title: `Nobody answers: ${reason}`,
        text: `Everybody whom the escalation policy names was paged for ${about}, and nobody acknowledged. ${publicUrl}/v1/incidents/${incident}`,
        data: { type: 'nobody-left', incident, ticket, reason },
      };
      return attempt(() => tell(notice, fallbackContact.address));
    },

    /** Tells PagerDuty what became of an alert that a page opened there. */
    async settlePage({ user, contact, dedupKey, action }: SettleRequest): Promise<string> {
      const { address: routingKey } = findContact(directory, user, contact);
      return attempt(() => tellPagerDuty({ eventsUrl: pagerDutyEventsUrl, routingKey, dedupKey, action }));
    },
  };

  function deliver(page: Page, { type, address }: Contact): Promise<string> {
    const channel = channels.of(type);
    const send = (pages: Parameters<Deliver>[0]): Promise<string> => channel.deliver(pages, address);
    return channel.bundles ? bundles.deliver(`${type} ${address}`, page, send) : send([page]);
  }

  function acknowledgeUrl({ incident, user }: Pick<Page, 'incident' | 'user'>): string {
    const token = signAcknowledge(secret, { incident, user, expiresAt: Date.now() + acknowledgeLinkMs });
    return `${publicUrl}/v1/incidents/${incident}/acknowledge?token=${encodeURIComponent(token)}`;
  }
}

function findContact(directory: Directory, user: string, contact: string): Contact {
  const found = (directory.user(user)?.contacts ?? []).find((c, i) => nameOfContact(c, i) === contact);
  if (found === undefined)
    throw ApplicationFailure.nonRetryable(`${user} has no ${contact} any more.`, 'Undeliverable');
  return found;
}
