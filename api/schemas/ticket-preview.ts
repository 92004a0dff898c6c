import { type Static, Type } from 'typebox';
import { clockNames } from '../../domain/sla.ts';
import { levels, priorities } from '../../domain/ticket.ts';
import { Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';

export const TicketPreview = Strict({
  priority: Type.Optional(OneOf(priorities, { default: 'normal' })),
  level: Type.Optional(OneOf(levels, { default: 1 })),
  channel: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', default: 'api' })),
  team: Type.Optional(Nullable(Id)),
  assignee: Type.Optional(Nullable(Id)),
  slaPolicy: Type.Optional(Id),
  tags: Type.Optional(Type.Array(Text(100), { maxItems: 50, uniqueItems: true })),
  at: Type.Optional(Type.String({ ...Instant, description: 'when it would be handed in; now where nothing is said' })),
});
export type TicketPreview = Static<typeof TicketPreview>;

const NamedPolicy = Type.Object({ id: Type.String(), name: Type.String() });

export const TicketForecast = Type.Object({
  at: Instant,
  looked: Type.Array(
    Type.Object({
      ...NamedPolicy.properties,
      failing: Type.Array(Type.String(), { description: 'conditions that do not hold; none for the one that applies' }),
    }),
    { description: 'the SLA policies that were looked at, in order; none where one was named' },
  ),
  slaPolicy: Nullable(NamedPolicy),
  clocks: Type.Array(
    Type.Object({
      name: OneOf(clockNames),
      target: Type.String({ description: 'ISO 8601' }),
      dueAt: Nullable(Instant),
      warnings: Type.Array(Type.Object({ fraction: Type.Number(), at: Instant })),
    }),
    { description: 'the promises that run from the beginning, as long as nobody answers' },
  ),
  owner: Nullable(Type.String({ description: "the team's rule that will look for an owner; null where none does" })),
  /** Of the first breach, as long as nobody acknowledges, with the people of the desk as it is now. */
  escalation: Nullable(
    Type.Object({
      clock: OneOf(clockNames),
      opensAt: Instant,
      policy: Nullable(Type.String({ description: 'its name; null for the one that every desk begins with' })),
      steps: Type.Array(
        Type.Object({
          round: Type.Integer(),
          step: Type.Integer(),
          at: Instant,
          targets: Type.Array(Type.String({ description: 'such as assignee or schedule' })),
          users: Type.Array(Type.String(), { description: 'nobody: the next step follows at once' }),
          copies: Type.Array(Type.String()),
          unreachable: Type.Array(Type.String(), { description: 'without a contact to be paged at' }),
        }),
      ),
      endsAt: Nullable(
        Type.String({ format: 'date-time', description: 'nobody is left then; null: it goes round again' }),
      ),
    }),
  ),
});
