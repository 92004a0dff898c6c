import { startStandIn, type StandIn, type StandInRequest } from './http-stand-in.ts';
import { problemOfXml } from './xml.ts';

export interface TwilioStandInCall {
  readonly resource: 'Messages' | 'Calls';
  readonly to: string;
  readonly from: string;
  /** The message's body, or the call's TwiML. */
  readonly content: string;
}

export interface TwilioStandIn extends StandIn {
  readonly calls: TwilioStandInCall[];
}

/** Messages and calls of Twilio's REST API, version 2010-04-01. */
export async function startTwilio(accountSid: string, authToken: string): Promise<TwilioStandIn> {
  const calls: TwilioStandInCall[] = [];
  const standIn = await startStandIn({
    check: (request) => check(request, accountSid, authToken),
    accept: ({ path, body }) => {
      const form = new URLSearchParams(body);
      const resource = path.endsWith('/Messages.json') ? 'Messages' : 'Calls';
      const [to, from] = [form.get('To') ?? '', form.get('From') ?? ''];
      calls.push({ resource, to, from, content: form.get('Body') ?? form.get('Twiml') ?? '' });
      return { status: 201, body: { sid: `SM${calls.length}`, status: 'queued', to, from } };
    },
    failureBody: (status) => ({ code: status === 429 ? 20429 : 20000, message: 'It went wrong', status }),
  });
  return { ...standIn, calls };
}

const e164 = /^\+[1-9]\d{6,14}$/;

function check({ method, path, headers, body }: StandInRequest, sid: string, token: string): string | undefined {
  const resource = /^\/2010-04-01\/Accounts\/([^/]+)\/(Messages|Calls)\.json$/.exec(path);
  if (method !== 'POST' || resource?.[1] !== sid) return `${method} ${path}`;
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return 'not a form';
  const [scheme, credentials = ''] = (headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic' || Buffer.from(credentials, 'base64').toString() !== `${sid}:${token}`)
    return 'not authorized';
  const form = new URLSearchParams(body);
  if (!e164.test(form.get('To') ?? '') || !e164.test(form.get('From') ?? '')) return 'a number is not in E.164';
  return resource[2] === 'Messages' ? problemOfMessage(form.get('Body')) : problemOfTwiml(form.get('Twiml'));
}

function problemOfMessage(text: string | null): string | undefined {
  return text === null || text === '' || text.length > 1600 ? 'Body is missing or too long' : undefined;
}

function problemOfTwiml(twiml: string | null): string | undefined {
  if (twiml === null || twiml.length > 4000) return 'Twiml is missing or too long';
  if (!/<Response>.*<\/Response>$/s.test(twiml)) return 'no Response';
  return problemOfXml(twiml);
}
