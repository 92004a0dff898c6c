import { Type, type Static } from 'typebox';
import type { User } from '../../db/users.ts';
import { contactTypes, userRoles } from '../../domain/user.ts';
import { Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { Email, iso } from './ticket.ts';

const Contact = Strict({ type: OneOf(contactTypes), address: Text(2000) });

const fields = {
  name: Text(200),
  email: Email,
  role: OneOf(userRoles),
  teams: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
  manager: Nullable(Id),
  timeZone: Nullable(Type.String({ maxLength: 100, examples: ['Europe/Berlin'] })),
  contacts: Type.Array(Contact, { maxItems: 20, description: 'how the person is paged: by all of them at once' }),
  active: Type.Boolean({ description: 'false for people who have left: they are not paged, and their keys are dead' }),
};

const ShownContact = Type.Object({
  type: OneOf(contactTypes),
  address: Nullable(
    Type.String({ description: 'null for those who may not configure: who has it can page the person' }),
  ),
});

export const UserSchema = Type.Object({
  id: Id,
  ...fields,
  contacts: Type.Array(ShownContact),
  createdAt: Instant,
  updatedAt: Instant,
});
export type UserJson = Static<typeof UserSchema>;

export const UserPatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });
export const NewUser = Strict({ ...UserPatch.properties, name: fields.name, email: fields.email, role: fields.role });

export function userJson(user: User, mayConfigure: boolean): UserJson {
  return {
    ...user,
    teams: [...user.teams],
    contacts: user.contacts.map(({ type, address }) => ({ type, address: mayConfigure ? address : null })),
    createdAt: iso(user.createdAt.getTime()),
    updatedAt: iso(user.updatedAt.getTime()),
  };
}
