import { parseDuration } from './duration.ts';
import type { Priority } from './ticket.ts';
import type { Contact, ContactType, NotificationRule, QuietHours } from './user.ts';
import { parseTimeOfDay, startOfDay, zoneNamed } from './wall-clock.ts';

/** One of a person's contacts by its name, such as `webhook1`: workflows never see addresses. */
export interface NamedContact {
  readonly contact: string;
  readonly channel: ContactType;
  /** How long to wait with it, in milliseconds; at once where it is absent. */
  readonly afterMs?: number;
}

interface Notified {
  readonly contacts: readonly Contact[];
  readonly notificationRules: readonly NotificationRule[] | null;
  readonly quietHours: QuietHours | null;
  readonly timeZone: string | null;
}

/** What a person's contacts are called: by type, and by their number among all. */
export function nameOfContact({ type }: Contact, index: number): string {
  return `${type}${index + 1}`;
}

/**
 * Where a page for a person goes, the first first: by the person's rules, or to all contacts at once where there are none.
 * `copyAt` is the instant of a copy: those keep quiet hours.
 */
export function contactsFor(user: Notified, priority: Priority, copyAt?: number): NamedContact[] {
  if (copyAt !== undefined && isQuiet(user, copyAt)) return [];
  const named = user.contacts.map((contact, i) => ({ contact: nameOfContact(contact, i), channel: contact.type }));
  if (user.notificationRules === null) return named;
  return user.notificationRules
    .filter((rule) => rule.urgentOnly !== true || priority === 'urgent')
    .flatMap(({ contact, delay = 'PT0S' }) => {
      const afterMs = parseDuration(delay);
      return named.filter((n) => n.channel === contact).map((n) => (afterMs === 0 ? n : { ...n, afterMs }));
    })
    .toSorted((a, b) => afterMsOf(a) - afterMsOf(b))
    .filter((n, i, all) => all.findIndex((other) => other.contact === n.contact) === i);
}

function afterMsOf({ afterMs = 0 }: NamedContact): number {
  return afterMs;
}

/** Whether the person's quiet hours, on the person's own clock, hold now. */
export function isQuiet({ quietHours, timeZone }: Pick<Notified, 'quietHours' | 'timeZone'>, at: number): boolean {
  if (quietHours === null) return false;
  const [from, to] = [parseTimeOfDay(quietHours.from), parseTimeOfDay(quietHours.to)];
  if (from === undefined || to === undefined) return false;
  const wall = zoneNamed(timeZone ?? 'UTC').toWall(at);
  const time = wall - startOfDay(wall);
  return from < to ? from <= time && time < to : time >= from || time < to;
}
