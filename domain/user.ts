import type { FieldProblem } from './field-problem.ts';
import { isTimeZone } from './wall-clock.ts';

/** People of the desk, and how they are reached. */

export const userRoles = ['admin', 'manager', 'agent', 'trainee', 'viewer'] as const;
export type UserRole = (typeof userRoles)[number];

export const contactTypes = ['webhook', 'mail', 'sms', 'voice', 'slack', 'pagerduty'] as const;
export type ContactType = (typeof contactTypes)[number];

export interface Contact {
  readonly type: ContactType;
  readonly address: string;
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
}): FieldProblem[] {
  const { timeZone, contacts = [] } = user;
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
  return problems;
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
