import { Type, type Static } from 'typebox';
import { bodyOf } from '../../channels/webhook/tell-event.ts';
import { type DeliveryRow, toldOf } from '../../db/webhook-deliveries.ts';
import { deliveryStates } from '../../db/schema/webhooks.ts';
import type { Webhook } from '../../db/webhooks.ts';
import { eventPatterns } from '../../domain/event-types.ts';
import { isProbing, reasonsToGiveUp } from '../../domain/webhook.ts';
import { Id, Instant, Nullable, OneOf, PageQuery, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

const fields = {
  name: Text(200),
  url: Type.String({
    minLength: 1,
    maxLength: 2000,
    description: 'gets a signed POST for each event; redirects are not followed',
    examples: ['https://example.com/vigil'],
  }),
  events: Type.Array(OneOf(eventPatterns, { description: 'a type, all of a group, or everything' }), {
    minItems: 1,
    maxItems: eventPatterns.length,
    uniqueItems: true,
    examples: [['ticket.created', 'incident.*']],
  }),
  enabled: Type.Boolean({
    description:
      'off, nothing is sent; switched on again, it goes on with what has happened since, as far back as seven days',
  }),
};

export const NewWebhook = Strict({ ...fields, enabled: Type.Optional(fields.enabled) });
export const WebhookPatch = Type.Partial(Strict(fields), { minProperties: 1 });

const healths = ['good', 'failing', 'resting', 'given-up'] as const;

export const WebhookSchema = Type.Object({
  id: Id,
  ...fields,
  health: Type.Object({
    state: OneOf(healths, {
      description:
        'failing: the last attempt was; resting: so were five in a row, and now and then one finds out whether the address is back; ' +
        'given-up: Vigil has switched the webhook off',
    }),
    failures: Type.Integer({ description: 'in a row' }),
    failingSince: Nullable(Instant),
    restsUntil: Nullable(Instant),
    lastDeliveredAt: Nullable(Instant),
    givenUp: Nullable(
      OneOf(reasonsToGiveUp, {
        description: 'why Vigil has switched it off: the receiver answered 410, or no attempt succeeded for three days',
      }),
    ),
  }),
  pending: Type.Integer({ description: 'deliveries that wait' }),
  oldKeyUntil: Nullable(
    Type.String({ ...Instant, description: 'until when the key before the present one signs, too' }),
  ),
  createdAt: Instant,
  updatedAt: Instant,
});

const Key = Type.String({
  description:
    'with which the receiver checks signatures, as the Standard Webhooks specification has it; never shown again',
  examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
});
export const CreatedWebhook = Type.Object({ ...WebhookSchema.properties, key: Type.Optional(Key) });

export function webhookJson(row: Webhook): Static<typeof WebhookSchema> {
  const { id, name, url, events, enabled, pending, oldKeyUntil, createdAt, updatedAt } = row;
  return {
    ...{ id, name, url, events: [...events], enabled, health: healthOf(row), pending },
    oldKeyUntil: instantOf(oldKeyUntil !== null && oldKeyUntil.getTime() > Date.now() ? oldKeyUntil : null),
    createdAt: iso(createdAt.getTime()),
    updatedAt: iso(updatedAt.getTime()),
  };
}

function healthOf({ state }: Webhook): Static<typeof WebhookSchema>['health'] {
  const { failures, failingSince, restsUntil, lastDeliveredAt, givenUp } = state;
  const word = givenUp !== null ? 'given-up' : failures === 0 ? 'good' : 'failing';
  return {
    state: word === 'failing' && isProbing({ failures, failingSince: null, restsUntil: null }) ? 'resting' : word,
    failures,
    failingSince: instantOf(failingSince),
    restsUntil: instantOf(restsUntil),
    lastDeliveredAt: instantOf(lastDeliveredAt),
    givenUp,
  };
}

export const DeliveryParams = Strict({ id: Id, delivery: Id });
export const DeliveryQuery = Strict({
  ...PageQuery,
  state: Type.Optional(OneOf(deliveryStates)),
});

export const DeliverySchema = Type.Object({
  id: Type.String({ description: 'the `webhook-id` of its requests, the same with each attempt' }),
  type: Type.String({ examples: ['ticket.created', 'webhook.test'] }),
  ticket: Nullable(Type.String()),
  state: OneOf(deliveryStates, { description: 'pending: it was not delivered yet; failed: it is not tried any more' }),
  attempts: Type.Integer({ description: 'since it was filed, or sent again after it had come to its end' }),
  nextAttemptAt: Nullable(
    Type.String({ ...Instant, description: 'not before this; earlier ones of the same ticket go first' }),
  ),
  createdAt: Instant,
  log: Type.Array(
    Type.Object({
      at: Instant,
      ms: Type.Integer({ description: 'how long the receiver took' }),
      status: Nullable(Type.Integer({ description: 'null: no answer came' })),
      answer: Type.String({ description: 'the beginning of what was said, or why nothing was' }),
    }),
    { description: 'the last twelve attempts, the first first' },
  ),
});

export const DeliveryWithBody = Type.Object({
  ...DeliverySchema.properties,
  body: Type.Object({ type: Type.String(), timestamp: Instant, data: Type.Record(Type.String(), Type.Unknown()) }),
});

export function deliveryJson(row: DeliveryRow): Static<typeof DeliverySchema> {
  const { id, type, ticket, state, attempts, nextAttemptAt, createdAt, log } = row;
  return {
    ...{ id, type, ticket, state, attempts },
    nextAttemptAt: state === 'pending' ? iso(nextAttemptAt.getTime()) : null,
    createdAt: iso(createdAt.getTime()),
    log: [...log],
  };
}

export function deliveryWithBody(row: DeliveryRow): Static<typeof DeliveryWithBody> {
  return { ...deliveryJson(row), body: bodyOf(toldOf(row)) as Static<typeof DeliveryWithBody>['body'] };
}

function instantOf(at: Date | null): string | null {
  return at === null ? null : iso(at.getTime());
}
