import { Type } from 'typebox';
import { presenceStates } from '../../db/schema/work.ts';
import { Id, OneOf, Strict, Text } from './common.ts';

const Window = Type.String({
  ...Text(40),
  default: 'only',
  description: 'which of the person’s windows: each comes and goes by itself',
});

export const WindowQuery = Strict({ window: Type.Optional(Window) });
export const NewPresence = Strict({ state: OneOf(presenceStates), window: Type.Optional(Window) });
export const OthersPresent = Type.Object({
  data: Type.Array(Type.Object({ user: Id, state: OneOf(presenceStates) }), { description: 'everybody else there' }),
});
