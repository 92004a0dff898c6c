import { startStandIn, type StandIn, type StandInRequest } from './http-stand-in.ts';
import { problemOfBlocks, problemOfMrkdwn, type SlackBlock } from './slack-blocks.ts';

export interface SlackStandInMessage {
  readonly channel: string;
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  /** All fields, as they came. */
  readonly form: URLSearchParams;
}

export interface SlackStandIn extends StandIn {
  readonly apiUrl: string;
  readonly messages: SlackStandInMessage[];
  /** Answers the next call with HTTP 200 and this error, as Slack answers mistakes. */
  refuseNext(error: string): void;
}

/** `chat.postMessage` of Slack's Web API. */
export async function startSlack(token: string): Promise<SlackStandIn> {
  const messages: SlackStandInMessage[] = [];
  const standIn = await startStandIn({
    check: (request) => check(request, token),
    accept: ({ body }) => {
      const message = messageIn(body);
      messages.push(message);
      const ts = `1767610800.${String(messages.length).padStart(6, '0')}`;
      return { status: 200, body: { ok: true, channel: message.channel, ts, message: { text: message.text } } };
    },
    failureBody: (status) => ({ ok: false, error: status === 429 ? 'ratelimited' : 'internal_error' }),
  });
  return {
    ...standIn,
    messages,
    apiUrl: `${standIn.url}/api/`,
    refuseNext: (error) => standIn.failNext({ status: 200, body: { ok: false, error } }),
  };
}

const longestText = 40_000;

function check({ method, path, headers, body }: StandInRequest, token: string): string | undefined {
  if (method !== 'POST' || path !== '/api/chat.postMessage') return `${method} ${path}`;
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return 'not a form';
  if (headers.authorization !== `Bearer ${token}`) return 'not the token';
  const { channel, text, blocks, form } = messageIn(body);
  if (!/^[UCDGW][A-Z0-9]+$/.test(channel)) return 'channel is no id';
  if (text === '' || text.length > longestText) return 'text is missing or too long';
  if (form.get('unfurl_links') !== 'false' || form.get('unfurl_media') !== 'false') return 'opens the links in it';
  // Slack takes a text alone, too.
  return problemOfMrkdwn(text) ?? (form.has('blocks') ? problemOfBlocks(blocks) : undefined);
}

function messageIn(body: string): SlackStandInMessage {
  const form = new URLSearchParams(body);
  const blocks = JSON.parse(form.get('blocks') ?? '[]') as SlackBlock[];
  return { channel: form.get('channel') ?? '', text: form.get('text') ?? '', blocks, form };
}
