import type { Tell } from '../notice.ts';
import type { Deliver, Page } from '../page.ts';
import { createTwilio, type TwilioAccount } from './api.ts';
import { twimlAsking, twimlSay } from './twiml.ts';
import { spokenOf, textMessageOf } from './wording.ts';

/** Pages by one text message for all incidents. An address is a phone number in E.164. */
export function sms(account: TwilioAccount): Deliver {
  return (pages, to) => createTwilio(account, 'Messages', to, { Body: textMessageOf(pages) });
}

const longestNotice = 1500;

/** Tells by a text message. */
export function smsNotice(account: TwilioAccount): Tell {
  return ({ title, text }, to) =>
    createTwilio(account, 'Messages', to, { Body: `Vigil: ${title}. ${text}`.slice(0, longestNotice).toWellFormed() });
}

export interface VoiceOptions extends TwilioAccount {
  /** Where Twilio posts the digit that was pressed in a call about these pages. */
  readonly answerUrl: (pages: readonly Page[]) => string;
}

/** Pages by one call about all incidents. An address is a phone number in E.164. */
export function voice({ answerUrl, ...account }: VoiceOptions): Deliver {
  return (pages, to) => createTwilio(account, 'Calls', to, { Twiml: twimlAsking(spokenOf(pages), answerUrl(pages)) });
}

/** Calls, says a notice and hangs up: it asks for no key, which would acknowledge what waits for the person. */
export function voiceTest(account: TwilioAccount): Tell {
  return ({ title, text }, to) =>
    createTwilio(account, 'Calls', to, { Twiml: twimlSay(`This is Vigil. ${title}. ${text}`.slice(0, longestNotice)) });
}
