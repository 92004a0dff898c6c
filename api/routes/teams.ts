import { deleteTeam, findTeam, insertTeam, listTeams, type Team, type TeamFields, updateTeam } from '../../db/teams.ts';
import { problemsOfOwnership } from '../../domain/ownership.ts';
import type { App } from '../app.ts';
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
import { NewTeam, teamJson, TeamPatch, TeamSchema } from '../schemas/team.ts';

const teams: DeskResource<Team> = {
  path: '/v1/teams',
  noun: ['a', 'team'],
  read: 'read',
  change: 'configure',
  schema: TeamSchema,
  json: teamJson,
  list: listTeams,
  find: findTeam,
  remove: deleteTeam,
};

const unsaid = { manager: null, members: [] };

export default async function routes(app: App): Promise<void> {
  addReadingAndRemoval(app, teams);
  addWriting(app, teams, {
    newSchema: NewTeam,
    patchSchema: TeamPatch,
    insert: (change, body: Partial<TeamFields>) => insertTeam(change, { ...unsaid, ...body } as TeamFields),
    update: (change, id, body: Partial<TeamFields>) => updateTeam(change, id, body),
    check: ({ ownership }) => problemsOfOwnership(ownership),
  });
}
