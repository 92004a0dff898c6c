import { type Page, subjectOf } from '../page.ts';

type Pages = readonly [Page, ...Page[]];

/** Twilio refuses a message of more than 1,600 characters, which it cuts into many text messages. */
const longestMessage = 1599;
const longestReason = 200;

/** Without characters of our own that GSM 03.38 does not have: one of them more than halves what a message holds. */
export function textMessageOf(pages: Pages): string {
  return pages.length === 1 ? messageOfOne(pages[0]) : messageOfMany(pages);
}

function messageOfOne(page: Page): string {
  const text = `Vigil: ${incidentOf(page)}. Reply 1 to acknowledge`;
  const withLink = `${text} or open ${page.acknowledgeUrl}`;
  return withLink.length > longestMessage ? text : withLink;
}

function messageOfMany(pages: Pages): string {
  const write = (listed: number): string => {
    const left = pages.length - listed;
    const more = left === 0 ? '' : `, and ${left} more`;
    const list = pages.slice(0, listed).map(incidentOf).join('; ');
    return `Vigil: ${pages.length} incidents: ${list}${more}; reply 1 to acknowledge all`;
  };
  let listed = pages.length;
  while (write(listed).length > longestMessage) listed -= 1;
  return write(listed);
}

function incidentOf(page: Page): string {
  return `${cut(page.reason, longestReason)}, ${subjectOf(page)}`;
}

/** Who is called keeps no more than a few in mind, and Twilio takes no more than 4,000 characters of TwiML. */
const mostSpoken = 3;
const longestSpokenReason = 60;

/** To be read aloud. */
export function spokenOf(pages: Pages): string {
  const spoken = pages.slice(0, mostSpoken).map((page) => {
    const [what = '', id = ''] = subjectOf(page).split(' ');
    return `${cut(page.reason, longestSpokenReason)}, ${what} ${spelled(id)}.`;
  });
  if (pages.length === 1) return `This is Vigil. ${spoken.join(' ')} Press 1 to acknowledge.`;
  const left = pages.length - spoken.length;
  const more = left === 0 ? '' : ` And ${left} more.`;
  return `This is Vigil. ${pages.length} incidents wait for you. ${spoken.join(' ')}${more} Press 1 to acknowledge all.`;
}

/** `K7Q2-9MZP` as `K 7 Q 2, 9 M Z P`, which a voice reads letter by letter. */
function spelled(id: string): string {
  return id.replace(/\B/g, ' ').replaceAll('-', ', ');
}

function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
