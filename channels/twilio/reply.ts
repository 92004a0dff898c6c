export interface TwilioReply {
  /** The phone number of the person who answered. */
  readonly from: string;
  readonly acknowledges: boolean;
}

/**
 * What a person answered to a text message or pressed in a call, from the form that Twilio posts. Verify the signature
 * first.
 * @throws where no number is named.
 */
export function parseTwilioReply(params: Readonly<Record<string, string>>): TwilioReply {
  const { Direction = '', From, To, Body = '', Digits } = params;
  // In a call that Vigil makes, `From` is Vigil.
  const from = Direction.startsWith('outbound') ? To : From;
  if (from === undefined || from === '') throw new Error('The form names nobody, unlike those that Twilio posts.');
  const text = Body.trim();
  return { from, acknowledges: text === '1' || /^ack/i.test(text) || Digits === '1' };
}
