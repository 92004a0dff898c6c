import { createHmac, timingSafeEqual } from 'node:crypto';

export interface TwilioSignature {
  /** `X-Twilio-Signature` */
  readonly signature: string | undefined;
  /** In full as Twilio was given it, with its query. */
  readonly url: string;
  /** The fields of the form that Twilio posts. */
  readonly params: Readonly<Record<string, string>>;
  readonly authToken: string;
}

/** Whether a request comes from Twilio: the base64 HMAC-SHA1 of the URL and of each field's name and value, by name. */
export function verifyTwilioSignature({ signature, url, params, authToken }: TwilioSignature): boolean {
  const fields = Object.keys(params)
    .toSorted()
    .map((name) => `${name}${params[name]}`);
  const digest = createHmac('sha1', authToken).update(`${url}${fields.join('')}`);
  const right = Buffer.from(digest.digest('base64'));
  const given = Buffer.from(signature ?? '');
  return given.length === right.length && timingSafeEqual(given, right);
}
