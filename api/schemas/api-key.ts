import { Type, type Static } from 'typebox';
import type { ApiKey } from '../../db/api-keys.ts';
import { apiKeyRoles } from '../../db/schema/desk.ts';
import { Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

const fields = {
  name: Text(200),
  role: OneOf(apiKeyRoles),
  user: Nullable(Type.String({ ...Id, description: 'who acts through the key, if it is somebody’s own' })),
  expiresAt: Nullable(Instant),
};

export const ApiKeySchema = Type.Object({ id: Id, ...fields, revokedAt: Nullable(Instant), createdAt: Instant });
export type ApiKeyJson = Static<typeof ApiKeySchema>;

export const NewApiKey = Strict({
  ...fields,
  user: Type.Optional(fields.user),
  expiresAt: Type.Optional(fields.expiresAt),
});
/** `key` is told once, and never to a repetition of the request. */
export const CreatedApiKey = Type.Object({ ...ApiKeySchema.properties, key: Type.Optional(Type.String()) });

export function apiKeyJson({ hash: _hash, ...key }: ApiKey): ApiKeyJson {
  return {
    ...key,
    expiresAt: iso(key.expiresAt?.getTime() ?? null),
    revokedAt: iso(key.revokedAt?.getTime() ?? null),
    createdAt: iso(key.createdAt.getTime()),
  };
}
