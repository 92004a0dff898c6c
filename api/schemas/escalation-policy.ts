import { Type, type Static } from 'typebox';
import type { EscalationPolicyRow } from '../../db/escalation-policies.ts';
import type { EscalationTarget } from '../../domain/escalation.ts';
import { levels, priorities } from '../../domain/ticket.ts';
import { Duration, Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

const anyOf = { minItems: 1, maxItems: 100, uniqueItems: true };
const id = { type: 'string', minLength: 1, maxLength: 320 };
const target = (type: string, field?: string) => ({
  type: 'object',
  properties: { type: { const: type }, ...(field !== undefined && { [field]: id }) },
  required: ['type', ...(field === undefined ? [] : [field])],
  additionalProperties: false,
});
const Targets = Type.Unsafe<EscalationTarget[]>({
  type: 'array',
  minItems: 1,
  maxItems: 20,
  items: {
    anyOf: [
      target('assignee'),
      target('teammate'),
      target('manager'),
      target('schedule', 'schedule'),
      target('user', 'user'),
    ],
  },
  description:
    'the ticket’s agent, another agent of its team not yet paged, a manager, whoever a schedule has on call, or a person',
  examples: [[{ type: 'schedule', schedule: 'sch_K7Q29MZP4WTX' }]],
});

export const EscalationConditions = Strict(
  {
    priority: Type.Optional(Type.Array(OneOf(priorities), anyOf)),
    team: Type.Optional(Type.Array(Id, anyOf)),
    level: Type.Optional(Type.Array(OneOf(levels), anyOf)),
  },
  { description: 'any of the values of each list, and all of the lists; none: every incident' },
);
export const whileStates = ['open', 'closed'] as const;

const fields = {
  name: Text(200),
  position: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description:
      'the first policy that matches an incident, by position and then by name, applies; by default the last',
  }),
  conditions: EscalationConditions,
  hours: Nullable(
    Strict({ calendar: Id, while: OneOf(whileStates) }, { description: 'a line’s hours: it applies only in them' }),
  ),
  steps: Type.Array(Strict({ targets: Targets, ackTimeout: Duration }), {
    minItems: 1,
    maxItems: 50,
    description: 'each waits so long for an acknowledgement before the next',
  }),
  rounds: Type.Integer({ minimum: 1, maximum: 20, description: 'how often the steps are gone through' }),
  resolveTimeout: Nullable(
    Type.String({ ...Duration, description: 'what is acknowledged and not resolved by then escalates again' }),
  ),
  next: Nullable(Type.String({ ...Id, description: 'the policy that goes on where this one has nobody left' })),
  active: Type.Boolean(),
};

export const EscalationPolicySchema = Type.Object({ id: Id, ...fields, createdAt: Instant, updatedAt: Instant });
export const EscalationPolicyPatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });
export const NewEscalationPolicy = Strict({
  ...EscalationPolicyPatch.properties,
  name: fields.name,
  steps: fields.steps,
});

export function escalationPolicyJson(policy: EscalationPolicyRow): Static<typeof EscalationPolicySchema> {
  return {
    ...(policy as unknown as Static<typeof EscalationPolicySchema>),
    createdAt: iso(policy.createdAt.getTime()),
    updatedAt: iso(policy.updatedAt.getTime()),
  };
}
