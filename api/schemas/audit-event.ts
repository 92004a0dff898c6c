import { Type, type Static } from 'typebox';
import type { AuditEvent } from '../../db/audit-events.ts';
import { authorTypes } from '../../db/schema/audit.ts';
import { Instant, Nullable, OneOf, PageQuery, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

export const AuditQuery = Strict({
  actor: Type.Optional(Text(100, 1)),
  resource: Type.Optional(Type.String({ ...Text(100), description: 'a kind of thing', examples: ['users'] })),
  resourceId: Type.Optional(Type.String({ ...Text(100), description: 'of the thing that was changed' })),
  from: Type.Optional(Instant),
  until: Type.Optional(Type.String({ ...Instant, description: 'up to, and not with' })),
  ...PageQuery,
});

export const AuditEventSchema = Type.Object({
  id: Type.Integer({ description: 'counts up' }),
  at: Instant,
  actor: Type.Object({
    type: OneOf(authorTypes, { description: 'a person, an API key that is nobody’s, a command, or Vigil itself' }),
    id: Type.String(),
    name: Type.String({ description: 'as it was then' }),
    via: Nullable(Type.String({ description: 'the API key that the person acted through' })),
  }),
  items: Type.Array(
    Type.Object({
      action: Type.String({ examples: ['changed', 'signed-in'] }),
      resource: Type.String({ examples: ['users'] }),
      id: Type.String(),
      name: Nullable(Type.String({ description: 'as it was then' })),
      changes: Type.Array(
        Type.Object({ field: Type.String(), from: Type.Optional(Type.Unknown()), to: Type.Optional(Type.Unknown()) }),
      ),
    }),
    { description: 'everything that was done at once' },
  ),
});

export function auditEventJson(event: AuditEvent): Static<typeof AuditEventSchema> {
  const { id, at, actorType, actorId, actorName, via, items } = event;
  return {
    id,
    at: iso(at.getTime()),
    actor: { type: actorType, id: actorId, name: actorName, via },
    items: items.map((item) => ({ ...item, changes: [...item.changes] })),
  };
}
