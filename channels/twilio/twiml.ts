/** TwiML for a call: says `text` twice, and posts the one digit that is pressed meanwhile, or soon after, to `answerUrl`. */
export function twimlAsking(text: string, answerUrl: string): string {
  const say = `<Say>${escape(text)}</Say>`;
  const gather = `<Gather numDigits="1" timeout="10" method="POST" action="${escape(answerUrl)}">`;
  return document(`${gather}${say}<Pause length="1"/>${say}</Gather>`);
}

/** TwiML that answers a text message by another. */
export function twimlReply(text: string): string {
  return document(`<Message>${escape(text)}</Message>`);
}

/** TwiML that says something in a call and hangs up. */
export function twimlSay(text: string): string {
  return document(`<Say>${escape(text)}</Say>`);
}

function document(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no way at all to write most control characters: they are left out. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
