import { Type, type Static } from 'typebox';
import type { StoredPolicy } from '../../db/sla-policies.ts';
import { clockNames } from '../../domain/sla.ts';
import { pausableStatuses } from '../../domain/sla-policy.ts';
import { levels, priorities } from '../../domain/ticket.ts';
import { Duration, Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

const anyOf = { minItems: 1, maxItems: 100, uniqueItems: true };
export const Conditions = Strict(
  {
    priority: Type.Optional(Type.Array(OneOf(priorities), anyOf)),
    channel: Type.Optional(Type.Array(Text(40), anyOf)),
    team: Type.Optional(Type.Array(Id, anyOf)),
    level: Type.Optional(Type.Array(OneOf(levels), anyOf)),
    tags: Type.Optional(Type.Array(Text(100), anyOf)),
  },
  { description: 'any of the values of each list, and all of the lists; none: every ticket' },
);

const Clocks = Strict(Object.fromEntries(clockNames.map((name) => [name, Type.Optional(Duration)])));
const Targets = Strict(Object.fromEntries(priorities.map((priority) => [priority, Type.Optional(Clocks)])), {
  description: 'durations of open time, by priority; where there is none, nothing is promised',
  examples: [{ urgent: { firstReply: 'PT1H', resolution: 'PT8H' } }],
});

const fields = {
  name: Text(200),
  position: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description: 'the first policy that matches, by position and then by name, applies; by default behind the others',
  }),
  conditions: Conditions,
  calendar: Nullable(Type.String({ ...Id, description: 'a calendar; null is around the clock' })),
  warnAt: Type.Array(Type.Number(), { maxItems: 10, description: 'fractions of the target, ascending' }),
  pauseOn: Type.Array(OneOf(pausableStatuses), {
    uniqueItems: true,
    description: 'the states in which no clock runs',
  }),
  targets: Targets,
  active: Type.Boolean(),
};

export const SlaPolicySchema = Type.Object({ id: Id, ...fields, createdAt: Instant, updatedAt: Instant });
export type SlaPolicyJson = Static<typeof SlaPolicySchema>;

export const SlaPolicyPatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });
export const NewSlaPolicy = Strict({ ...SlaPolicyPatch.properties, name: fields.name, targets: fields.targets });

export function slaPolicyJson(policy: StoredPolicy): SlaPolicyJson {
  return {
    ...(policy as unknown as SlaPolicyJson),
    createdAt: iso(policy.createdAt.getTime()),
    updatedAt: iso(policy.updatedAt.getTime()),
  };
}
