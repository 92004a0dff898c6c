import { Type, type Static } from 'typebox';
import { NewCalendar } from '../../api/schemas/calendar.ts';
import { Nullable, Strict, Text } from '../../api/schemas/common.ts';
import { Conditions, NewSlaPolicy } from '../../api/schemas/sla-policy.ts';
import { NewUser } from '../../api/schemas/user.ts';

/** The API's shapes, with names where the API has ids. */

const Names = Type.Array(Text(200), { maxItems: 100, uniqueItems: true });
/** A user's email or, where it is nobody else's, name. */
const Person = Nullable(Text(320));

const Team = Strict({ name: Text(200), manager: Type.Optional(Person) });
const User = Strict({ ...NewUser.properties, teams: Type.Optional(Names), manager: Type.Optional(Person) });
const SlaPolicy = Strict({
  ...NewSlaPolicy.properties,
  calendar: Type.Optional(Nullable(Text(200))),
  conditions: Type.Optional(Strict({ ...Conditions.properties, team: Type.Optional(Names) })),
});

const many = { maxItems: 10_000 };
export const DeskShape = Strict({
  teams: Type.Optional(Type.Array(Team, many)),
  users: Type.Optional(Type.Array(User, many)),
  calendars: Type.Optional(Type.Array(NewCalendar, many)),
  slaPolicies: Type.Optional(Type.Array(SlaPolicy, many)),
});

export type TeamEntry = Static<typeof Team>;
export type UserEntry = Static<typeof User>;
export type CalendarEntry = Static<typeof NewCalendar>;
export type PolicyEntry = Static<typeof SlaPolicy>;

export interface Entries {
  readonly teams: TeamEntry;
  readonly users: UserEntry;
  readonly calendars: CalendarEntry;
  readonly slaPolicies: PolicyEntry;
}
export type Section = keyof Entries;
export const sections: readonly Section[] = ['teams', 'users', 'calendars', 'slaPolicies'];
