import { isDeepStrictEqual } from 'node:util';
import type { DeskContents } from '../../db/desk-contents.ts';
import { defaultHandoff } from '../../domain/handoff.ts';
import { isCalendarLayer, type Layer } from '../../domain/schedule.ts';
import { defaultPauseOn, defaultWarnAt } from '../../domain/sla-policy.ts';
import { circlesIn } from './circles.ts';
import { type Desk, type Entry, keyOf } from './desk-file.ts';
import { Names } from './names.ts';
import type { EscalationEntry, Section, UserEntry } from './shape.ts';
import { sections } from './shape.ts';

/** A thing of the desk as files write it: other things by name and not by id. */
export type Fields = Readonly<Record<string, unknown>>;

export type Change = {
  readonly section: Section;
  /** In lower case: what finds it in the files and in the desk. */
  readonly key: string;
  /** For people. */
  readonly title: string;
} & (
  | { readonly type: 'add'; readonly fields: Fields }
  | { readonly type: 'change'; readonly id: string; readonly fields: Fields; readonly before: Fields }
  | { readonly type: 'remove'; readonly id: string }
);

export interface Plan {
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** What cannot be with all that is there, as `file:line:column: field: message`. */
  readonly problems: readonly string[];
}

interface Existing {
  readonly id: string;
  readonly fields: Fields;
}

/** What has to be done so that the desk is as the files say; what they do not say stays as it is. */
export function plan(contents: DeskContents, desk: Desk, { prune }: { readonly prune: boolean }): Plan {
  const names = new Names(contents, desk);
  const existing = existingFields(contents, names);
  const changes: Change[] = [];
  let unchanged = 0;
  for (const section of sections) {
    const entries: readonly Entry<{ name: string; email?: string }>[] = desk[section] ?? [];
    const seen = new Set<string>();
    for (const [i, entry] of entries.entries()) {
      const key = keyOf(entry.value);
      const wanted = fieldsOf[section](entry as never, names, i);
      const before = existing[section].get(key);
      seen.add(key);
      if (before === undefined) {
        changes.push({ section, key, title: titleOf(wanted), type: 'add', fields: { ...unsaid[section], ...wanted } });
      } else {
        const fields = differing(before.fields, wanted);
        if (Object.keys(fields).length === 0) unchanged += 1;
        else
          changes.push({
            section,
            key,
            title: titleOf(wanted),
            type: 'change',
            id: before.id,
            fields,
            before: before.fields,
          });
      }
    }
    if (!prune || desk[section] === undefined) continue;
    for (const [key, { id, fields }] of existing[section]) {
      if (!seen.has(key)) changes.push({ section, key, title: titleOf(fields), type: 'remove', id });
    }
  }
  const stored = [...existing.escalationPolicies.values()].map(({ fields }) => fields as unknown as EscalationEntry);
  // Who goes on with a policy that is not there has been told so.
  const circles = names.problems.length > 0 ? [] : circlesIn(desk.escalationPolicies ?? [], stored);
  return { changes, unchanged, problems: [...names.problems, ...circles] };
}

/** Files that leave positions out mean their own order. */
const positionStep = 10;

const fieldsOf: {
  readonly [S in Section]: (entry: NonNullable<Desk[S]>[number], names: Names, index: number) => Fields;
} = {
  teams: (entry, names) => ({ ...entry.value, ...names.person('manager', entry), ...names.ownership(entry) }),
  users: (entry, names) => ({
    ...entry.value,
    ...names.person('manager', entry),
    ...names.teams('teams', entry),
    ...instants(entry.value),
  }),
  calendars: ({ value }) => value,
  schedules: (entry, names) => ({ ...entry.value, ...names.layers(entry) }),
  slaPolicies: (entry, names, i) => ({
    ...entry.value,
    position: entry.value.position ?? (i + 1) * positionStep,
    ...names.calendar(entry),
    ...(entry.value.conditions && { conditions: { ...entry.value.conditions, ...names.conditionTeams(entry) } }),
  }),
  escalationPolicies: (entry, names, i) => ({
    ...entry.value,
    position: entry.value.position ?? (i + 1) * positionStep,
    ...names.escalation(entry),
    ...(entry.value.conditions && { conditions: { ...entry.value.conditions, ...names.conditionTeams(entry) } }),
  }),
};

/** Written in one way, as the desk has them. */
function instants({ joinedAt, leftAt }: UserEntry): Fields {
  const dates = Object.entries({ joinedAt, leftAt }).filter(([, at]) => at !== undefined);
  return Object.fromEntries(dates.map(([name, at]) => [name, at ? new Date(at).toISOString() : null]));
}

/** What a new thing has that its entry does not say. */
const unsaid: Readonly<Record<Section, Fields>> = {
  teams: { manager: null, ownership: null },
  users: {
    teams: [],
    manager: null,
    timeZone: null,
    contacts: [],
    notificationRules: null,
    quietHours: null,
    skills: [],
    joinedAt: null,
    leftAt: null,
    active: true,
  },
  calendars: {},
  schedules: { handoff: defaultHandoff },
  slaPolicies: { conditions: {}, calendar: null, warnAt: defaultWarnAt, pauseOn: defaultPauseOn, active: true },
  escalationPolicies: { conditions: {}, hours: null, rounds: 1, resolveTimeout: null, next: null, active: true },
};

function existingFields(contents: DeskContents, names: Names): Record<Section, Map<string, Existing>> {
  const { users, teams, calendars, policies, schedules, escalationPolicies } = contents;
  const existing = <T extends { id: string; name: string; email?: string }>(
    rows: readonly T[],
    of: (row: T) => Fields,
  ) => new Map(rows.map((row) => [keyOf(row), { id: row.id, fields: of(row) }]));
  return {
    teams: existing(teams, ({ name, manager, ownership }) => ({
      name,
      manager: names.nameOf(manager),
      ownership: names.named(ownership),
    })),
    users: existing(users, ({ id: _i, createdAt: _c, updatedAt: _u, ...user }) => ({
      ...user,
      manager: names.nameOf(user.manager),
      teams: user.teams.map((id) => names.nameOf(id)).toSorted(),
      joinedAt: user.joinedAt?.toISOString() ?? null,
      leftAt: user.leftAt?.toISOString() ?? null,
    })),
    calendars: existing(calendars, ({ name, definition }) => ({ name, ...definition })),
    schedules: existing(schedules, ({ name, timeZone, layers, handoff }) => ({
      name,
      timeZone,
      layers: names.named(layers).map(sortedTeams),
      handoff,
    })),
    escalationPolicies: existing(escalationPolicies, ({ id: _i, createdAt: _c, updatedAt: _u, ...policy }) => {
      const named = names.named(policy);
      const { team } = named.conditions;
      return { ...named, conditions: { ...named.conditions, ...(team && { team: team.toSorted() }) } };
    }),
    slaPolicies: existing(policies, ({ id: _i, createdAt: _c, updatedAt: _u, ...policy }) => ({
      ...policy,
      calendar: names.nameOf(policy.calendar),
      conditions: {
        ...policy.conditions,
        ...(policy.conditions.team && { team: policy.conditions.team.map((id) => names.nameOf(id)).toSorted() }),
      },
    })),
  };
}

function sortedTeams(layer: Layer): Layer {
  if (isCalendarLayer(layer)) return layer;
  const { eligible } = layer;
  if (eligible?.teams === undefined) return layer;
  return { ...layer, eligible: { ...eligible, teams: eligible.teams.toSorted() } };
}

function differing(before: Fields, wanted: Fields): Fields {
  const fields = Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => !isDeepStrictEqual(before[field], value)),
  );
  // Whoever is not active any more is taken to have left now, unless the day is given with it.
  return 'active' in fields && 'leftAt' in wanted ? { ...fields, leftAt: wanted['leftAt'] } : fields;
}

function titleOf(fields: Fields): string {
  const { name, email } = fields as { name: string; email?: string };
  return email === undefined ? name : `${name} <${email}>`;
}
