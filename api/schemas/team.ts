import { Type, type Static } from 'typebox';
import type { Team } from '../../db/teams.ts';
import { ownershipRules } from '../../domain/ownership.ts';
import { Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

export const ownershipFields = {
  rule: OneOf(ownershipRules),
  schedule: Type.Optional(Type.String({ ...Id, description: 'for on-duty' })),
  capacity: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, maximum: 10_000, description: 'the most load of an agent' }),
  ),
  skills: Type.Optional(Type.Array(Text(100), { maxItems: 100, description: 'all of them' })),
};

const fields = {
  name: Text(200),
  manager: Nullable(Id),
  members: Type.Array(Id, { maxItems: 1000, uniqueItems: true, description: 'users' }),
  ownership: Nullable(
    Strict(ownershipFields, { description: 'who gets a new ticket that names nobody; null: nobody' }),
  ),
};

export const TeamSchema = Type.Object({ id: Id, ...fields, createdAt: Instant, updatedAt: Instant });
export type TeamJson = Static<typeof TeamSchema>;

export const TeamPatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });
export const NewTeam = Strict({ ...TeamPatch.properties, name: fields.name });

export function teamJson(team: Team): TeamJson {
  return {
    ...team,
    members: [...team.members],
    ownership:
      team.ownership &&
      ({
        ...team.ownership,
        ...(team.ownership.skills && { skills: [...team.ownership.skills] }),
      } as TeamJson['ownership']),
    createdAt: iso(team.createdAt.getTime()),
    updatedAt: iso(team.updatedAt.getTime()),
  };
}
