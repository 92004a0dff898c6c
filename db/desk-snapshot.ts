import { isNull } from 'drizzle-orm';
import type { Calendar } from '../domain/calendar.ts';
import type { People } from '../domain/responders.ts';
import type { StoredEscalationPolicy } from '../domain/escalation-policy.ts';
import type { SlaPolicy } from '../domain/sla-policy.ts';
import type { StoredAbsence } from './absences.ts';
import { apiKeyOf, type ApiKey } from './api-keys.ts';
import type { Database } from './client.ts';
import { readDesk } from './desk-contents.ts';
import type { RoutingKey } from './routing-keys.ts';
import type { StoredOverride, StoredSchedule } from './schedules.ts';
import * as desk from './schema/desk.ts';
import { routingKeys, trainings } from './schema/on-call.ts';
import type { StoredTraining } from './trainings.ts';
import { isPending } from './sla-policies.ts';
import type { Team } from './teams.ts';
import { inTransaction } from './transaction.ts';
import type { User } from './users.ts';

/** All configuration as it was at one version of the desk. */
export interface DeskSnapshot extends People {
  readonly version: number;
  readonly users: ReadonlyMap<string, User>;
  readonly teams: ReadonlyMap<string, Team>;
  /** Removed ones included: clocks may still run by them. */
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly slaPolicies: ReadonlyMap<string, SlaPolicy>;
  readonly schedules: ReadonlyMap<string, StoredSchedule>;
  /** By schedule, in the order in which they act. */
  readonly overrides: ReadonlyMap<string, readonly StoredOverride[]>;
  readonly escalationPolicies: ReadonlyMap<string, StoredEscalationPolicy>;
  /** By user. */
  readonly absences: ReadonlyMap<string, readonly StoredAbsence[]>;
  /** By schedule. */
  readonly trainings: ReadonlyMap<string, readonly StoredTraining[]>;
  /** By the hash of the key. */
  readonly routingKeys: ReadonlyMap<string, RoutingKey>;
  /** By the hash of the key; revoked ones are not there. */
  readonly apiKeys: ReadonlyMap<string, ApiKey>;
  /** Policies whose open tickets have not been told of their present terms. */
  readonly pendingRollouts: readonly string[];
}

export async function loadSnapshot(database: Database): Promise<DeskSnapshot> {
  return inTransaction(
    database,
    async (tx) => {
      const [version] = await tx.select().from(desk.deskVersion);
      const contents = await readDesk(tx);
      const { users, teams, calendars, removedCalendars, policies } = contents;
      const pending = await tx.select({ id: desk.slaPolicies.id }).from(desk.slaPolicies).where(isPending);
      const keys = await tx.select().from(desk.apiKeys).where(isNull(desk.apiKeys.revokedAt));
      return {
        version: version?.version ?? 0,
        users: byId(users),
        teams: byId(teams),
        calendars: new Map([...calendars, ...removedCalendars].map(({ id, definition }) => [id, definition])),
        slaPolicies: byId(policies),
        schedules: byId(contents.schedules),
        overrides: groupedBy(contents.overrides, (override) => override.schedule),
        escalationPolicies: byId(contents.escalationPolicies),
        absences: groupedBy(contents.absences, (absence) => absence.user),
        trainings: groupedBy(await tx.select().from(trainings), (training) => training.schedule),
        routingKeys: new Map((await tx.select().from(routingKeys)).map((row) => [row.hash, row])),
        apiKeys: new Map(keys.map((row) => [row.hash, apiKeyOf(row)])),
        pendingRollouts: pending.map((policy) => policy.id),
      };
    },
    'begin isolation level repeatable read read only',
  );
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
