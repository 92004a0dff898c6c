import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { contactChannels } from '../../channels/by-contact.ts';
import type { Notice } from '../../channels/notice.ts';
import { ComeAgain, troubleOf } from '../../channels/page.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { answeredBefore, answerOnce, IdempotencyMismatch } from '../../db/idempotency.ts';
import { formatDuration } from '../../domain/duration.ts';
import { type Contact, type ContactType, problemsOfUser } from '../../domain/user.ts';
import { channelsOf } from '../channels.ts';
import { identityOf } from '../once.ts';
import { mayDo } from '../permissions.ts';
import { authorOf, callerOf } from '../plugins/auth.ts';
import { Problem, unprocessable } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { ChannelParams, Channels, ChannelTest, NewChannelTest } from '../schemas/channel.ts';
import { answers, IdempotencyHeaders } from '../schemas/common.ts';

type Outcome = Static<typeof ChannelTest>;

interface Sent {
  readonly outcome: Outcome;
  /** Whether it was sent before, for the same request. */
  readonly repeated: boolean;
}

const tags = ['channels'];
/** Tests reach people, and calls and text messages cost money. */
const perMinute = 6;

const names: Readonly<Record<ContactType, string>> = {
  mail: 'mail',
  slack: 'Slack',
  sms: 'text message',
  voice: 'a call',
  pagerduty: 'PagerDuty',
  webhook: 'a webhook',
};

/** By what people are reached, and whether that works. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, database, directory, secret } = app.parts;
  const channels = contactChannels({ settings: config.channels, publicUrl: config.publicUrl, secret });
  app.addHook('onClose', async () => channels.close());
  /** Tests that are under way, so that a repetition waits for its first. */
  const sending = new Map<string, { readonly hash: string; readonly sent: Promise<Sent> }>();

  app.get(
    '/v1/channels',
    {
      config: { permission: 'configure' },
      schema: {
        tags,
        summary: 'Which channels reach people, what configures them, and where services bring answers',
        response: answers({ 200: Channels }),
      },
    },
    async () => channelsOf(config),
  );

  app.post(
    '/v1/channels/:channel/test',
    {
      config: { permission: 'read', rateLimit: { max: perMinute, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'Send a test message to a contact of one’s own, and say what the service answered',
        description:
          'It is 200 also where the service refuses it; `trouble` then says what to look at. What the trail tells is a ' +
          'test to an address that is not one’s own.',
        headers: IdempotencyHeaders,
        params: ChannelParams,
        body: NewChannelTest,
        response: answers({ 200: ChannelTest }),
      },
    },
    async (request, reply) => {
      const type = request.params.channel;
      refuseMissing(type);
      const { contact, own } = await withSecondLook(directory, () => contactOf(request, type, request.body.address));
      const caller = callerOf(request) ?? '';
      const { key, hash } = identityOf(request);
      const once = { caller, key, hash };
      const underWay = sending.get(key);
      if (underWay !== undefined && underWay.hash !== hash) throw new IdempotencyMismatch();
      const sent = underWay?.sent ?? send(request, contact, own, once).finally(() => sending.delete(key));
      if (underWay === undefined) sending.set(key, { hash, sent });
      const { outcome, repeated } = await sent;
      if (repeated || underWay !== undefined) void reply.header('idempotency-replayed', 'true');
      return outcome;
    },
  );

  function refuseMissing(type: ContactType): void {
    const variables = channelsOf(config).data.find(({ channel }) => channel === type)?.variables ?? [];
    const missing = variables.filter(({ needed, set }) => needed && !set).map(({ name }) => name);
    if (missing.length === 0) return;
    throw new Problem('conflict', `This channel is not set up: set ${missing.join(', ')}, and start Vigil again.`);
  }

  async function send(
    request: FastifyRequest,
    contact: Contact,
    own: boolean,
    once: Parameters<typeof answerOnce>[1],
  ): Promise<Sent> {
    const before = await answeredBefore(database.db, once);
    if (before !== undefined) return { outcome: before.body as Outcome, repeated: true };
    const by = authorOf(request);
    const { type, address } = contact;
    // Told before it goes out, so that nothing goes out untold.
    if (!own) {
      await changeDesk(database, by, async (change) =>
        change.tell({ resource: 'channels', action: 'tested', before: null, after: { id: type, name: type, contact } }),
      );
    }
    const notice = testNotice(once.key, type, by.name);
    const outcome = await channels
      .of(type)
      .test(notice, address)
      .then((answer): Outcome => ({ outcome: 'accepted', answer, trouble: null, retryAfter: null }), failed);
    // It has gone out, whether or not that can be remembered.
    await changeDesk(database, null, (change) =>
      answerOnce(change, once, async () => ({ status: 200, body: outcome })),
    ).catch((error: Error) => request.log.warn({ reason: error.name }, 'a test cannot be remembered'));
    return { outcome, repeated: false };
  }
};

export default routes;

function failed(error: unknown): Outcome {
  const trouble = troubleOf(error);
  const answer = error instanceof Error ? error.message : 'It went wrong.';
  const retryAfter = error instanceof ComeAgain ? formatDuration(error.afterMs) : null;
  return { outcome: 'failed', answer, trouble, retryAfter };
}

/** Whom the test is for, and whether that is who asks. */
function contactOf(
  { principal, server: { parts } }: FastifyRequest,
  type: ContactType,
  address: string | undefined,
): { readonly contact: Contact; readonly own: boolean } {
  const person = principal?.user ? parts.directory.user(principal.user) : undefined;
  const contacts = (person?.contacts ?? []).filter((contact) => contact.type === type);
  const contact = address === undefined ? contacts[0] : contacts.find((one) => one.address === address);
  if (contact !== undefined) return { contact, own: true };
  if (address === undefined) {
    const message = 'you have no contact of this type: add one to your settings, or name an address';
    throw unprocessable([{ path: 'address', message }]);
  }
  if (principal === null || !mayDo(principal.role, 'configure')) {
    throw new Problem('forbidden', 'Tests to addresses other than your own contacts are for who may configure.');
  }
  const [problem] = problemsOfUser({ contacts: [{ type, address }] });
  if (problem !== undefined) throw unprocessable([{ path: 'address', message: problem.message }]);
  return { contact: { type, address }, own: false };
}

function testNotice(key: string, type: ContactType, by: string): Notice {
  return {
    // The same for a repetition, and nothing that says who asks.
    id: `test-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`,
    title: 'A test of Vigil',
    text: `${by} tests whether Vigil reaches you by ${names[type]}. Nothing has happened, and there is nothing to do.`,
    data: { type: 'test' },
  };
}
