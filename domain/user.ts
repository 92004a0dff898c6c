import { parseDuration } from './duration.ts';
import type { FieldProblem } from './field-problem.ts';
import { isTimeZone, parseTimeOfDay } from './wall-clock.ts';

/** People of the desk, and how they are reached. */

export const userRoles = ['admin', 'manager', 'agent', 'trainee', 'viewer'] as const;
export type UserRole = (typeof userRoles)[number];

export const contactTypes = ['webhook', 'mail', 'sms', 'voice', 'slack', 'pagerduty'] as const;
export type ContactType = (typeof contactTypes)[number];

export interface Contact {
  readonly type: ContactType;
  readonly address: string;
}

/** One way to page a person, and how long to wait with it. */
export interface NotificationRule {
  /** Pages go to the contacts of this type. */
  readonly contact: ContactType;
  /** ISO 8601, from the moment at which the person is to be paged. @default PT0S */
  readonly delay?: string;
  /** Only for urgent tickets. */
  readonly urgentOnly?: boolean;
}

/**
 * Times on the person's own clock in which nothing comes that can wait: copies, and announcements. Whoever is responsible
 * is paged all the same.
 */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

const addresses: Readonly<
  Record<ContactType, { readonly fits: (address: string) => boolean; readonly right: string }>
> = {
  webhook: { fits: isWebAddress, right: 'an http or https address' },
  mail: { fits: (address) => /^[^\s@]+@[^\s@]+$/.test(address), right: 'a mail address' },
  sms: { fits: isPhoneNumber, right: 'a phone number such as +4915112345678' },
  voice: { fits: isPhoneNumber, right: 'a phone number such as +4915112345678' },
  slack: { fits: isWord, right: "a member's id such as U012AB3CD" },
  pagerduty: { fits: isWord, right: 'an integration key' },
};

/** What makes no sense in a user of the right shape. */
export function problemsOfUser(user: {
  readonly timeZone?: string | null;
  readonly contacts?: readonly Contact[];
  readonly notificationRules?: readonly NotificationRule[] | null;
  readonly quietHours?: QuietHours | null;
}): FieldProblem[] {
  const { timeZone, contacts = [], notificationRules, quietHours } = user;
  const problems: FieldProblem[] = [];
  if (timeZone !== undefined && timeZone !== null && !isTimeZone(timeZone)) {
    problems.push({ path: 'timeZone', message: `"${timeZone}" is no time zone; right is for example Europe/Berlin` });
  }
  contacts.forEach(({ type, address }, i) => {
    const { fits, right } = addresses[type];
    if (!fits(address)) {
      problems.push({ path: `contacts.${i}.address`, message: `not an address for ${type}; right is ${right}` });
    }
  });
  (notificationRules ?? []).forEach(({ delay = 'PT0S' }, i) => {
    const message = problemOfDelay(delay);
    if (message !== undefined) problems.push({ path: `notificationRules.${i}.delay`, message });
  });
  for (const [end, time] of Object.entries(quietHours ?? {})) {
    if (parseTimeOfDay(time) !== undefined) continue;
    problems.push({ path: `quietHours.${end}`, message: `"${time}" is no time of day; right is 00:00 to 24:00` });
  }
  return problems;
}

/** Longer, nobody waits for a page. */
const longestDelayMs = 24 * 60 * 60 * 1000;

function problemOfDelay(text: string): string | undefined {
  try {
    return parseDuration(text) > longestDelayMs ? `"${text}" is longer than PT24H` : undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function isWebAddress(text: string): boolean {
  return ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? '');
}

function isPhoneNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text);
}

function isWord(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
