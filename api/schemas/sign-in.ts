import { Type } from 'typebox';
import { Id, Instant, Nullable } from './common.ts';

export const SignIn = Type.Object({
  user: Id,
  canSignIn: Type.Boolean({ description: 'whether the user has a password, or has come by single sign-on' }),
  invitedUntil: Nullable(Type.String({ ...Instant, description: 'until when an invitation can be used' })),
  secondFactor: Type.Boolean(),
  lastUsedAt: Nullable(
    Type.String({ ...Instant, description: 'of the sessions that have not ended, to five minutes' }),
  ),
});
