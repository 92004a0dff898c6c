import type { Page } from '../page.ts';

export const acknowledgeAction = 'acknowledge';

/** What Slack sends back when the button is pressed: `<incident> <token of the acknowledge link>`. */
export function acknowledgeValue({ incident, acknowledgeUrl }: Page): string {
  return `${incident} ${new URL(acknowledgeUrl).searchParams.get('token') ?? ''}`;
}

export interface SlackAcknowledgement {
  /** The id of the member who pressed the button. */
  readonly slackUser: string;
  readonly incident: string;
  readonly token: string;
  /** Where an answer to the message can be posted, for 30 minutes. */
  readonly responseUrl: string | null;
}

/**
 * Who pressed which Acknowledge button, from the form that Slack posts. Null for any other interaction. Verify the
 * signature first.
 * @throws where this is no interaction at all; the message holds nothing of the body.
 */
export function parseSlackInteraction(rawBody: Buffer): SlackAcknowledgement | null {
  const { type, user, actions, response_url: responseUrl } = payloadIn(rawBody);
  if (type !== 'block_actions' || !Array.isArray(actions)) return null;
  const pressed = (actions as Json[]).find((action) => action?.['action_id'] === acknowledgeAction);
  const [, incident, token] = /^(\S+) (\S+)$/.exec(String(pressed?.['value'])) ?? [];
  const slackUser = (user as Json)?.['id'];
  if (incident === undefined || token === undefined || typeof slackUser !== 'string') return null;
  return { slackUser, incident, token, responseUrl: typeof responseUrl === 'string' ? responseUrl : null };
}

type Json = Readonly<Record<string, unknown>> | null | undefined;

function payloadIn(rawBody: Buffer): NonNullable<Json> {
  try {
    const payload: unknown = JSON.parse(new URLSearchParams(rawBody.toString()).get('payload') ?? '');
    if (typeof payload === 'object' && payload !== null) return payload as NonNullable<Json>;
  } catch {
    // The parser's own message would quote the body.
  }
  throw new Error('The body is no interaction as Slack posts it.');
}
