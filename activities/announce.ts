import type { ContactChannels } from '../channels/by-contact.ts';
import type { Notice } from '../channels/notice.ts';
import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { deliveredPage, rememberPage } from '../db/pages.ts';
import { contactsFor, nameOfContact } from '../domain/notification.ts';
import { attempt } from './attempt.ts';

/** Whom to tell, without the address: one of a person's contacts, or of those whom the schedule tells. */
export type AddressedNotice = Notice & { readonly contact: string } & (
    { readonly user: string } | { readonly schedule: string }
  );

export interface AnnounceDependencies {
  readonly database: Database;
  readonly directory: Directory;
  readonly channels: ContactChannels;
}

export type AnnounceActivities = ReturnType<typeof createAnnounceActivities>;

export function createAnnounceActivities({ database, directory, channels }: AnnounceDependencies) {
  return {
    /** Delivers one notice, once. The answer says what the receiver said. */
    async announce(notice: AddressedNotice): Promise<string> {
      const before = await deliveredPage(database.db, notice.id).catch(() => undefined);
      if (before !== undefined) return before;
      const contact = contactOf(notice);
      const tell = contact && channels.of(contact.type).tell;
      if (!contact || !tell) return 'nobody to tell';
      const { id, title, text, data } = notice;
      const answer = await attempt(() => tell({ id, title, text, data }, contact.address));
      await rememberPage(database.db, id, answer).catch(() => undefined);
      return answer;
    },
  };

  function contactOf(notice: AddressedNotice) {
    const contacts =
      'user' in notice ? directory.user(notice.user)?.contacts : directory.schedule(notice.schedule)?.handoff.announce;
    return contacts?.find((contact, i) => nameOfContact(contact, i) === notice.contact);
  }
}

/** Word that is no page can wait for the end of quiet hours, and is worth no later attempt by another channel. */
export function contactsAtOnce(
  { directory, channels }: Pick<AnnounceDependencies, 'directory' | 'channels'>,
  id: string,
  now: number,
): string[] {
  const user = directory.user(id);
  if (user?.active !== true) return [];
  return contactsFor(user, 'normal', now)
    .filter(({ afterMs, channel }) => afterMs === undefined && channels.of(channel).tell !== null)
    .map(({ contact }) => contact);
}
