import { Type, type Static } from 'typebox';
import { NewCalendar } from '../../api/schemas/calendar.ts';
import { Nullable, OneOf, Strict, Text } from '../../api/schemas/common.ts';
import { EscalationConditions, NewEscalationPolicy, whileStates } from '../../api/schemas/escalation-policy.ts';
import { Eligible, RotationLayer, layersOptions, NewSchedule } from '../../api/schemas/schedule.ts';
import { Conditions, NewSlaPolicy } from '../../api/schemas/sla-policy.ts';
import { ownershipFields } from '../../api/schemas/team.ts';
import { NewUser } from '../../api/schemas/user.ts';
import type { EscalationTarget } from '../../domain/escalation.ts';

/** The API's shapes, with names where the API has ids. */

const Name = Text(200);
const Names = Type.Array(Name, { maxItems: 100, uniqueItems: true });
/** As conditions have them: an empty list would hold for nothing. */
const AnyOf = Type.Array(Name, { minItems: 1, maxItems: 100, uniqueItems: true });
/** A user's email or, where it is nobody else's, name. */
const Person = Nullable(Text(320));

const Team = Strict({
  name: Name,
  manager: Type.Optional(Person),
  ownership: Type.Optional(Nullable(Strict({ ...ownershipFields, schedule: Type.Optional(Name) }))),
});
const User = Strict({ ...NewUser.properties, teams: Type.Optional(Names), manager: Type.Optional(Person) });
const SlaPolicy = Strict({
  ...NewSlaPolicy.properties,
  calendar: Type.Optional(Nullable(Name)),
  conditions: Type.Optional(Strict({ ...Conditions.properties, team: Type.Optional(AnyOf) })),
});

/** Without overrides: those are of the day. */
const { overrides: _overrides, ...scheduleFields } = NewSchedule.properties;
const Schedule = Strict({
  ...scheduleFields,
  layers: Type.Array(
    Strict({
      ...RotationLayer.properties,
      eligible: Type.Optional(Strict({ ...Eligible.properties, teams: Type.Optional(Names) })),
    }),
    layersOptions,
  ),
});

const targetTypes = [
  'assignee',
  'teammate',
  'manager',
  'schedule',
  'user',
] as const satisfies readonly EscalationTarget['type'][];
/** One shape for all types, and `problemsOfTargets` for the rest: of alternatives, each would have its own complaint. */
const Target = Type.Unsafe<EscalationTarget>(
  Strict({ type: OneOf(targetTypes), schedule: Type.Optional(Name), user: Type.Optional(Text(320)) }),
);
const { steps } = NewEscalationPolicy.properties;
const { targets } = steps.items.properties;
const Step = Strict({
  ...steps.items.properties,
  targets: Type.Unsafe<EscalationTarget[]>({ ...targets, items: Target }),
});
const EscalationPolicy = Strict({
  ...NewEscalationPolicy.properties,
  steps: Type.Unsafe<Static<typeof Step>[]>({ ...steps, items: Step }),
  conditions: Type.Optional(Strict({ ...EscalationConditions.properties, team: Type.Optional(AnyOf) })),
  hours: Type.Optional(Nullable(Strict({ calendar: Name, while: OneOf(whileStates) }))),
  next: Type.Optional(Nullable(Name)),
});

const many = { maxItems: 10_000 };
export const DeskShape = Strict({
  teams: Type.Optional(Type.Array(Team, many)),
  users: Type.Optional(Type.Array(User, many)),
  calendars: Type.Optional(Type.Array(NewCalendar, many)),
  schedules: Type.Optional(Type.Array(Schedule, many)),
  slaPolicies: Type.Optional(Type.Array(SlaPolicy, many)),
  escalationPolicies: Type.Optional(Type.Array(EscalationPolicy, many)),
});

export type TeamEntry = Static<typeof Team>;
export type UserEntry = Static<typeof User>;
export type CalendarEntry = Static<typeof NewCalendar>;
export type ScheduleEntry = Static<typeof Schedule>;
export type EscalationEntry = Static<typeof EscalationPolicy>;
export type PolicyEntry = Static<typeof SlaPolicy>;

export interface Entries {
  readonly teams: TeamEntry;
  readonly users: UserEntry;
  readonly calendars: CalendarEntry;
  readonly schedules: ScheduleEntry;
  readonly slaPolicies: PolicyEntry;
  readonly escalationPolicies: EscalationEntry;
}
export type Section = keyof Entries;
export const sections: readonly Section[] = [
  'teams',
  'users',
  'calendars',
  'schedules',
  'slaPolicies',
  'escalationPolicies',
];
