import { type Static, Type } from 'typebox';
import { contactTypes, userRoles } from '../../domain/user.ts';
import { closed, email, id, instant, line, listOf, nullable, oneOf } from './common.ts';

const contact = Type.Object(
  {
    type: oneOf(contactTypes),
    address: line({ maxLength: 2000, description: 'A URL for webhook, a mail address for mail, and so on.' }),
  },
  closed,
);

export const userId = id('usr');
const fields = {
  name: line({ maxLength: 200 }),
  email,
  role: oneOf(userRoles),
  teams: Type.Array(id('team'), { maxItems: 100, uniqueItems: true }),
  manager: nullable(userId),
  timeZone: nullable(line({ maxLength: 100, description: 'An IANA time zone, such as Europe/Berlin.' })),
  contacts: Type.Array(contact, { maxItems: 20, description: 'How the person is paged, each of them at once.' }),
  active: Type.Boolean({ description: 'False for people who have left: they are not paged, and their keys are dead.' }),
};

export const userSchema = Type.Object(
  { id: userId, ...fields, createdAt: instant, updatedAt: instant },
  { ...closed, $id: 'User' },
);
export const newUserSchema = Type.Object(
  { ...Type.Partial(Type.Object(fields)).properties, name: fields.name, email: fields.email, role: fields.role },
  closed,
);
export const userPatchSchema = Type.Partial(Type.Object(fields), { ...closed, minProperties: 1 });
export const userListSchema = listOf(userSchema);

export type UserJson = Static<typeof userSchema>;
