import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { parsePagerDutyEvent, type PagerDutyEvent } from '../../channels/pagerduty/webhook-event.ts';
import { verifyPagerDutySignature } from '../../channels/pagerduty/signature.ts';
import { parseSlackInteraction } from '../../channels/slack/acknowledge-button.ts';
import { verifySlackSignature } from '../../channels/slack/signature.ts';
import { parseTwilioReply } from '../../channels/twilio/reply.ts';
import { verifyTwilioSignature } from '../../channels/twilio/signature.ts';
import { twimlReply, twimlSay } from '../../channels/twilio/twiml.ts';
import { verifyAcknowledge } from '../../config/acknowledge-token.ts';
import { listIncidents } from '../../db/incidents.ts';
import type { Actor } from '../../domain/ticket.ts';
import type { App } from '../app.ts';
import { type BareIncidentCommand, tellIncident } from '../incident-commands.ts';
import { Problem } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { answers } from '../schemas/common.ts';

const tags = ['channels'];
const open = { permission: 'open' } as const;
const bodyLimit = 512 * 1024;

/** What people answer by Slack, by PagerDuty, by text message and in calls; each proved by the service's signature. */
export default async function routes(app: App): Promise<void> {
  const { directory, config, secret } = app.parts;
  const { channels, publicUrl } = config;
  // Signatures are of the bytes as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));

  app.post(
    '/v1/channels/slack/interactions',
    {
      config: open,
      schema: {
        tags,
        summary: 'Slack’s interactions: somebody pressed Acknowledge',
        response: answers({ 200: Type.Null() }),
      },
    },
    async (request, reply) => {
      const signingSecret = required(channels.slackSigningSecret, 'VIGIL_SLACK_SIGNING_SECRET');
      const rawBody = rawBodyOf(request);
      const signature = header(request, 'x-slack-signature');
      const timestamp = header(request, 'x-slack-request-timestamp');
      if (!verifySlackSignature({ signature, timestamp, rawBody, signingSecret, now: Date.now() })) throw unsigned();
      const pressed = understood(() => parseSlackInteraction(rawBody));
      const grant = pressed && verifyAcknowledge(secret, pressed.token, Date.now());
      if (pressed !== null && grant?.incident === pressed.incident) {
        await acknowledge(app, request, pressed.incident, grant.user);
      }
      return reply.code(200).send(null);
    },
  );

  app.post(
    '/v1/channels/pagerduty/webhook',
    {
      config: open,
      schema: {
        tags,
        summary: 'PagerDuty’s webhooks v3: acknowledged, resolved, reassigned',
        response: answers({ 202: Type.Null() }),
      },
    },
    async (request, reply) => {
      const rawBody = rawBodyOf(request);
      const secrets = channels.pagerDutyWebhookSecrets;
      if (secrets.length === 0) required(null, 'VIGIL_PAGERDUTY_WEBHOOK_SECRET');
      if (!verifyPagerDutySignature(header(request, 'x-pagerduty-signature'), rawBody, secrets)) throw unsigned();
      const event = understood(() => parsePagerDutyEvent(rawBody));
      if (event !== null) await takePagerDuty(app, request, event);
      return reply.code(202).send(null);
    },
  );

  for (const [path, say] of [
    ['messages', twimlReply],
    ['voice', twimlSay],
  ] as const) {
    app.post(
      `/v1/channels/twilio/${path}`,
      {
        config: open,
        schema: {
          tags,
          summary:
            path === 'messages'
              ? 'A text message to Vigil: "1" acknowledges'
              : 'A key pressed in a call: 1 acknowledges',
          response: answers({ 200: { description: 'TwiML', content: { 'text/xml': { schema: Type.String() } } } }),
        },
      },
      async (request, reply) => {
        const { authToken } = required(channels.twilio, 'VIGIL_TWILIO_AUTH_TOKEN');
        const params = Object.fromEntries(new URLSearchParams(rawBodyOf(request).toString()));
        const url = `${publicUrl}${request.url}`;
        const signature = header(request, 'x-twilio-signature');
        if (!verifyTwilioSignature({ signature, url, params, authToken })) throw unsigned();
        const { from, acknowledges } = understood(() => parseTwilioReply(params));
        const users = await withSecondLook(directory, () => usersOfNumber(app, from));
        const count = acknowledges ? await acknowledgeAll(app, request, users) : 0;
        const words = acknowledges ? acknowledged(count) : 'Reply 1 to acknowledge what waits for you.';
        return reply.type('text/xml').serializer(String).send(say(words));
      },
    );
  }
}

function acknowledged(count: number): string {
  if (count === 0) return 'Nothing waits for you.';
  return count === 1 ? 'Acknowledged: it is yours now.' : `Acknowledged: ${count} incidents are yours now.`;
}

/** PagerDuty knows people by ids of its own: who did it is told as whom the page was for, unless it names another of the desk. */
async function takePagerDuty(app: App, request: FastifyRequest, event: PagerDutyEvent): Promise<void> {
  const [incident = '', , , user = 'pagerduty'] = event.dedupKey.split(':');
  const actor: Actor = { type: 'user', id: user };
  const identity = { key: `pagerduty/${event.id}`, hash: event.id };
  const tell = (command: BareIncidentCommand) =>
    told(() => tellIncident(app, incident, { command, actor, cause: request.id, identity }));
  if (event.type === 'acknowledged') await tell({ type: 'acknowledge' });
  else if (event.type === 'resolved') await tell({ type: 'resolve' });
  else {
    const names = new Set(event.assignees.map(({ name }) => name.toLowerCase()));
    const named = app.parts.directory.users().filter((person) => person.active && names.has(person.name.toLowerCase()));
    const [to] = named;
    if (to !== undefined && named.length === 1 && to.id !== user) await tell({ type: 'reassign', user: to.id });
  }
}

function usersOfNumber({ parts: { directory } }: App, number: string): string[] {
  const users = directory.users().filter(({ active, contacts }) => active && contacts.some((c) => isNumber(c, number)));
  if (users.length === 0) throw new Problem('forbidden', 'Nobody of the desk has this number.');
  return users.map(({ id }) => id);
}

function isNumber({ type, address }: { type: string; address: string }, number: string): boolean {
  return (type === 'sms' || type === 'voice') && address === number;
}

async function acknowledgeAll(app: App, request: FastifyRequest, users: readonly string[]): Promise<number> {
  let count = 0;
  for (const responder of users) {
    const filter = { status: ['triggered'] as const, responder, limit: 100 };
    const { rows } = await listIncidents(app.parts.database.db, filter);
    for (const { id } of rows) {
      await acknowledge(app, request, id, responder);
      count += 1;
    }
  }
  return count;
}

async function acknowledge(app: App, request: FastifyRequest, incident: string, user: string): Promise<void> {
  const identity = { key: `channel/${request.id}`, hash: request.id };
  const actor: Actor = { type: 'user', id: user };
  const order = { command: { type: 'acknowledge' }, actor, cause: request.id, identity } as const;
  await told(() => tellIncident(app, incident, order));
}

/** An incident that is over, or none of ours, has nothing to be told; a service would only send it again. */
async function told(tell: () => Promise<unknown>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof Problem) || ![404, 409].includes(error.status)) throw error;
  }
}

function rawBodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function header({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function required<T>(setting: T | null, variable: string): T {
  if (setting !== null) return setting;
  throw new Problem('forbidden', `Vigil cannot check who sent this: set ${variable}.`);
}

function unsigned(): Problem {
  return new Problem('forbidden', 'The signature is missing, wrong, or too old.');
}

function understood<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Problem('invalid-request', (error as Error).message);
  }
}
