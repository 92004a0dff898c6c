import { Type, type Static } from 'typebox';
import { userRoles } from '../../domain/user.ts';
import type { User } from '../../db/users.ts';
import { permissionsOf } from '../permissions.ts';
import { passwordLength } from '../sign-in/auth.ts';
import { Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { Email } from './ticket.ts';

/** One that is asked for, which may be of a time with other rules. */
export const GivenPassword = Text(passwordLength.most);
export const NewPassword = Type.String({ minLength: passwordLength.least, maxLength: passwordLength.most });
export const Code = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'of the app that shows codes, or a backup code',
});

export const Credentials = Strict({ email: Email, password: GivenPassword, code: Type.Optional(Code) });

export const SessionSchema = Type.Object({
  user: Type.Object({
    id: Id,
    name: Type.String(),
    email: Type.String(),
    role: OneOf(userRoles),
    timeZone: Nullable(Type.String()),
  }),
  permissions: Type.Array(Type.String({ description: 'what the role lets the user do' })),
  secondFactor: Type.Boolean({ description: 'whether signing in takes a code' }),
});

export const PresentSession = Type.Object({
  ...SessionSchema.properties,
  position: Nullable(
    Type.String({
      description: 'of the stream of events now: what is read from now on, that stream brings up to date',
    }),
  ),
});

export function sessionJson(user: User, secondFactor: boolean): Static<typeof SessionSchema> {
  const { id, name, email, role, timeZone } = user;
  return { user: { id, name, email, role, timeZone }, permissions: [...permissionsOf(role)], secondFactor };
}

export const OwnSession = Type.Object({
  id: Id,
  createdAt: Instant,
  lastUsedAt: Type.String({ ...Instant, description: 'to five minutes' }),
  expiresAt: Instant,
  userAgent: Nullable(Type.String()),
  current: Type.Boolean(),
});
