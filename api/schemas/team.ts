import { Type, type Static } from 'typebox';
import type { Team } from '../../db/teams.ts';
import { Id, Instant, Nullable, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

const fields = {
  name: Text(200),
  manager: Nullable(Id),
  members: Type.Array(Id, { maxItems: 1000, uniqueItems: true, description: 'users' }),
};

export const TeamSchema = Type.Object({ id: Id, ...fields, createdAt: Instant, updatedAt: Instant });
export type TeamJson = Static<typeof TeamSchema>;

export const TeamPatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });
export const NewTeam = Strict({ ...TeamPatch.properties, name: fields.name });

export function teamJson(team: Team): TeamJson {
  return {
    ...team,
    members: [...team.members],
    createdAt: iso(team.createdAt.getTime()),
    updatedAt: iso(team.updatedAt.getTime()),
  };
}
