import { Type } from 'typebox';
import { userRoles } from '../../domain/user.ts';
import { Id, Nullable, OneOf } from './common.ts';

const carried = {
  open: Type.Integer({ minimum: 0, description: 'tickets that are neither solved nor closed' }),
  load: Type.Number({
    minimum: 0,
    description:
      'what they weigh where tickets are given out: low 1, normal 2, high 3, urgent 5, and half of that while ' +
      'somebody else owes the next word',
  }),
};

export const AgentLoads = Type.Object({
  agents: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      role: OneOf(userRoles),
      ...carried,
      capacity: Nullable(
        Type.Number({ description: 'the most load that any of their teams gives them; null: there is no limit' }),
      ),
      onDuty: Type.Boolean({ description: 'in any schedule, now' }),
      away: Type.Boolean({ description: 'by an absence that lasts now' }),
      active: Type.Boolean({ description: 'false for who has left and still has open tickets' }),
    }),
    { description: 'agents, whoever is on duty, and whoever has open tickets; by name' },
  ),
  unassigned: Type.Object({ open: carried.open }, { description: 'what nobody has' }),
});
