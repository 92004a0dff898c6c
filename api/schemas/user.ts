import { Type, type Static } from 'typebox';
import type { User } from '../../db/users.ts';
import { type Contact as StoredContact, contactTypes, userRoles } from '../../domain/user.ts';
import type { NewUserFields } from '../../db/users.ts';
import { Duration, Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { Email, iso } from './ticket.ts';

export const Contact = Strict({ type: OneOf(contactTypes), address: Text(2000) });

const fields = {
  name: Text(200),
  email: Email,
  role: OneOf(userRoles),
  teams: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
  manager: Nullable(Id),
  timeZone: Nullable(Type.String({ maxLength: 100, examples: ['Europe/Berlin'] })),
  contacts: Type.Array(Contact, { maxItems: 20, description: 'how the person is paged: by all of them at once' }),
  notificationRules: Nullable(
    Type.Array(
      Strict({
        contact: OneOf(contactTypes),
        delay: Type.Optional(Duration),
        urgentOnly: Type.Optional(Type.Boolean()),
      }),
      { maxItems: 20, description: 'which contacts are paged, and after how long; null: all at once' },
    ),
  ),
  quietHours: Nullable(
    Strict(
      { from: Text(20), to: Text(20) },
      { description: 'on the person’s own clock; whoever is responsible is paged all the same' },
    ),
  ),
  skills: Type.Array(Text(100), { maxItems: 100, uniqueItems: true }),
  joinedAt: Nullable(Type.String({ ...Instant, description: 'when the person came to the company' })),
  leftAt: Nullable(Type.String({ ...Instant, description: 'from then on the person has no turns in rotations' })),
  active: Type.Boolean({ description: 'false for people who have left: they are not paged, and their keys are dead' }),
};

export const ShownContact = Type.Object({
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
export type UserBody = Static<typeof UserPatch>;
const { timeZone, contacts, notificationRules, quietHours } = fields;
/** What everybody says of themselves. */
export const OwnPatch = Strict(
  Type.Partial(Type.Object({ timeZone, contacts, notificationRules, quietHours })).properties,
  { minProperties: 1 },
);
export const NewUser = Strict({ ...UserPatch.properties, name: fields.name, email: fields.email, role: fields.role });

export function userJson(user: User, mayConfigure: boolean): UserJson {
  return {
    ...user,
    teams: [...user.teams],
    contacts: user.contacts.map((contact) => shownContact(contact, mayConfigure)),
    notificationRules: user.notificationRules && [...user.notificationRules],
    skills: [...user.skills],
    joinedAt: user.joinedAt && iso(user.joinedAt.getTime()),
    leftAt: user.leftAt && iso(user.leftAt.getTime()),
    createdAt: iso(user.createdAt.getTime()),
    updatedAt: iso(user.updatedAt.getTime()),
  };
}

/** Instants as the database takes them; what the body does not say is left out. */
export function userFields(body: UserBody): Partial<NewUserFields> {
  const { joinedAt, leftAt, ...fields } = body;
  const dates = { joinedAt, leftAt };
  const said = Object.entries(dates).flatMap(([name, at]) =>
    at === undefined ? [] : [[name, at === null ? null : new Date(at)] as const],
  );
  return { ...fields, ...Object.fromEntries(said) };
}

export function shownContact({ type, address }: StoredContact, mayConfigure: boolean): Static<typeof ShownContact> {
  return { type, address: mayConfigure ? address : null };
}
