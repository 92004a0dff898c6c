import { isNull } from 'drizzle-orm';
import type { Calendar } from '../domain/calendar.ts';
import type { People } from '../domain/responders.ts';
import type { SlaPolicy } from '../domain/sla-policy.ts';
import { apiKeyOf, type ApiKey } from './api-keys.ts';
import type { Database } from './client.ts';
import * as desk from './schema/desk.ts';
import { policyOf } from './sla-policies.ts';
import { teamOf, type Team } from './teams.ts';
import { userOf, type User } from './users.ts';

/** All configuration as it was at one version of the desk. */
export interface DeskSnapshot extends People {
  readonly version: number;
  readonly users: ReadonlyMap<string, User>;
  readonly teams: ReadonlyMap<string, Team>;
  /** Removed ones included: clocks may still run by them. */
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly slaPolicies: ReadonlyMap<string, SlaPolicy>;
  /** By the hash of the key; revoked ones are not there. */
  readonly apiKeys: ReadonlyMap<string, ApiKey>;
  /** Policies whose open tickets have not been told of their present terms. */
  readonly pendingRollouts: readonly string[];
}

export async function loadSnapshot({ db }: Database): Promise<DeskSnapshot> {
  return db.transaction(
    async (tx) => {
      const [version] = await tx.select().from(desk.deskVersion);
      const members = await tx.select().from(desk.teamMembers).orderBy(desk.teamMembers.team, desk.teamMembers.user);
      const teamsOf = grouped(members.map((member) => [member.user, member.team]));
      const membersOf = grouped(members.map((member) => [member.team, member.user]));
      const users = await tx.select().from(desk.users);
      const teams = await tx.select().from(desk.teams);
      const calendars = await tx.select().from(desk.calendars);
      const policies = await tx.select().from(desk.slaPolicies);
      const keys = await tx.select().from(desk.apiKeys).where(isNull(desk.apiKeys.revokedAt));
      return {
        version: version?.version ?? 0,
        users: byId(users.map((row) => userOf(row, teamsOf.get(row.id) ?? []))),
        teams: byId(teams.map((row) => teamOf(row, membersOf.get(row.id) ?? []))),
        calendars: new Map(calendars.map((row) => [row.id, row.definition])),
        slaPolicies: byId(policies.map(policyOf)),
        apiKeys: new Map(keys.map((row) => [row.hash, apiKeyOf(row)])),
        pendingRollouts: policies.filter((row) => row.termsVersion > row.rolledOutVersion).map((row) => row.id),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function grouped(pairs: readonly (readonly [key: string, value: string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}
