import { Type, type Static } from 'typebox';
import type { RoutingKey } from '../../db/routing-keys.ts';
import { Id, Instant, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

export const NewRoutingKey = Strict({
  name: Text(200),
  team: Type.String({ ...Id, description: 'whose incidents the events open' }),
});
export const RoutingKeySchema = Type.Object({ id: Id, name: Type.String(), team: Type.String(), createdAt: Instant });
export const CreatedRoutingKey = Type.Object({
  ...RoutingKeySchema.properties,
  key: Type.Optional(Type.String({ description: 'the `routing_key` of events; shown in this answer and never again' })),
});

export function routingKeyJson({ id, name, team, createdAt }: RoutingKey): Static<typeof RoutingKeySchema> {
  return { id, name, team, createdAt: iso(createdAt.getTime()) };
}

/** An answer of PagerDuty's Events API v2. */
export const EventTaken = Type.Object({ status: Type.String(), message: Type.String(), dedup_key: Type.String() });
export const EventRefused = Type.Object({
  status: Type.String(),
  message: Type.String(),
  errors: Type.Array(Type.String()),
});
