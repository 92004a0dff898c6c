import { Type, type Static } from 'typebox';
import type { StoredHandoff } from '../../db/handoffs.ts';
import type { StoredOverride, StoredSchedule } from '../../db/schedules.ts';
import { type Participant, rotationTypes, type Shadow } from '../../domain/schedule.ts';
import { handoffTickets } from '../../domain/handoff.ts';
import { Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { Contact, ShownContact, shownContact } from './user.ts';
import { iso } from './ticket.ts';

/** Instants, times and days are checked by the schedule's rules, which can say more than a pattern. */
const InstantText = Type.String({ maxLength: 40, examples: ['2026-01-05T09:00:00Z'] });
const person = { type: 'string', minLength: 1, maxLength: 200 };

const Participants = Type.Unsafe<Participant[]>({
  type: 'array',
  maxItems: 500,
  items: { anyOf: [person, { type: 'array', maxItems: 50, items: person }] },
  description: 'ids of people, and lists of those who are on duty together',
  examples: [['usr_ann', ['usr_bob', 'usr_cleo']]],
});

const Shadows = Type.Unsafe<Shadow[]>({
  type: 'array',
  maxItems: 100,
  items: {
    anyOf: [
      person,
      {
        type: 'object',
        properties: { user: person, from: { type: 'string', maxLength: 40 }, until: { type: 'string', maxLength: 40 } },
        required: ['user'],
        additionalProperties: false,
      },
    ],
  },
  description: 'people who get copies and are never responsible, all the time or between two instants',
});

export const Eligible = Strict({
  teams: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  skills: Type.Optional(Type.Array(Text(100), { maxItems: 100 })),
  minMonths: Type.Optional(Type.Integer({ minimum: 0, maximum: 600, description: 'in the company' })),
});

const rotationFields = {
  name: Type.Optional(Text(200)),
  rotation: Strict({
    type: OneOf(rotationTypes),
    shiftLength: Type.Number({ description: 'in hours, days, weeks or months' }),
    start: Type.String({
      ...InstantText,
      description: 'its wall-clock time in the schedule’s zone is the handoff time',
    }),
  }),
  participants: Participants,
  fair: Type.Optional(Type.Boolean({ description: 'each turn goes to whoever has carried least' })),
  weights: Type.Optional(Strict({ night: Type.Optional(Type.Number()), weekend: Type.Optional(Type.Number()) })),
  shadows: Type.Optional(Shadows),
  eligible: Type.Optional(Eligible),
  restrictions: Type.Optional(
    Type.Array(
      Strict({
        days: Type.Array(Type.Unsafe<'mon'>({ type: 'string', maxLength: 20 }), { maxItems: 7 }),
        from: Text(20),
        to: Text(20),
      }),
      { maxItems: 100, description: 'a `to` that is not after its `from` is of the next day' },
    ),
  ),
  until: Type.Optional(InstantText),
};
export const RotationLayer = Strict(rotationFields);

/** Whether a layer has what it needs is for the schedule's rules to say: they tell the two kinds apart. */
const Layer = Strict({
  ...Type.Partial(RotationLayer).properties,
  shifts: Type.Optional(
    Type.Array(Strict({ start: InstantText, end: InstantText, users: Type.Array(Text(200), { maxItems: 50 }) }), {
      maxItems: 5000,
      description: 'in place of a rotation: duty that is written out, as a calendar has it',
    }),
  ),
});

export const layersOptions = { maxItems: 50 };
const fields = {
  name: Text(200),
  timeZone: Type.String({ minLength: 1, maxLength: 100, examples: ['Europe/Berlin'] }),
  layers: Type.Array(Layer, {
    ...layersOptions,
    description: 'where several have somebody on duty, the last of them wins',
  }),
  handoff: Strict(
    {
      tickets: OneOf(handoffTickets, { description: 'what becomes of the open tickets of those who go' }),
      announce: Type.Array(Contact, { maxItems: 20, description: 'who is told, beside those who come and go' }),
    },
    { description: 'what happens at the end of a shift; by default tickets stay with those who had them' },
  ),
};

export const ScheduleSchema = Type.Object({
  id: Id,
  ...fields,
  handoff: Type.Object({ tickets: OneOf(handoffTickets), announce: Type.Array(ShownContact) }),
  createdAt: Instant,
  updatedAt: Instant,
});
export const SchedulePatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });
const whom = { user: Type.Optional(Text(200)), replaces: Type.Optional(Text(200)), adds: Type.Optional(Text(200)) };
const BareOverride = Strict({ start: InstantText, end: InstantText, ...whom });
const GivenOverrides = Type.Optional(Type.Array(BareOverride, { maxItems: 2000 }));

export const NewSchedule = Strict({ ...fields, handoff: SchedulePatch.properties.handoff, overrides: GivenOverrides });

export const SchedulePreview = Strict({
  schedule: Strict({
    timeZone: fields.timeZone,
    layers: fields.layers,
    name: Type.Optional(fields.name),
    overrides: GivenOverrides,
  }),
  from: InstantText,
  to: InstantText,
});

const Interval = Type.Object({ start: Instant, end: Instant });
const ShiftSchema = Type.Object({
  start: Instant,
  end: Instant,
  users: Type.Array(Type.String()),
  shadows: Type.Optional(Type.Array(Type.String())),
  source: Type.Object(
    { layer: Type.Optional(Type.Integer()), override: Type.Optional(Type.Integer()) },
    { description: 'the layer or the override that put them on duty, by its number from 0' },
  ),
});
export const Roster = Type.Object({
  shifts: Type.Array(ShiftSchema),
  gaps: Type.Array(Interval, { description: 'when nobody is on duty' }),
  layers: Type.Optional(
    Type.Array(Type.Array(ShiftSchema), {
      description: 'where they are asked for: what each layer gives by itself, in the order of the layers',
    }),
  ),
  idleOverrides: Type.Array(Type.Integer(), { description: 'numbers of overrides that find nobody to replace' }),
});

export const WindowQuery = Strict({ from: InstantText, to: InstantText });
export const ShiftsQuery = Strict({
  ...WindowQuery.properties,
  layers: Type.Optional(Type.Boolean({ description: 'whether each layer is told by itself, too' })),
});
export const OnCallQuery = Strict({ at: Type.Optional(InstantText) });
export const OnCallAnswer = Type.Object({
  at: Instant,
  responsible: Type.Array(Type.String()),
  shadows: Type.Array(Type.String()),
  shift: Nullable(Interval),
});

export const NewOverride = Strict({ start: InstantText, end: InstantText, ...whom, reason: Type.Optional(Text(500)) });
export const OverrideSchema = Type.Object({
  id: Id,
  start: Instant,
  end: Instant,
  user: Nullable(Type.String()),
  replaces: Nullable(Type.String()),
  adds: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  createdAt: Instant,
});
export const Overrides = Type.Object({ data: Type.Array(OverrideSchema) });
export const OverrideParams = Strict({ id: Id, override: Id });

export const Fairness = Type.Object({
  from: Instant,
  to: Instant,
  people: Type.Array(
    Type.Object({
      user: Type.String(),
      hours: Type.Number(),
      nightHours: Type.Number({ description: 'from 22:00 to 06:00 of working days' }),
      weekendHours: Type.Number({ description: 'of Saturdays and Sundays, nights included' }),
      weightedHours: Type.Number(),
      shifts: Type.Integer(),
      pages: Type.Integer({ description: 'delivered to the person in this time' }),
    }),
  ),
  spread: Type.Number({ description: 'weighted hours between who has most and who has least' }),
});

export function scheduleJson(
  { id, name, timeZone, layers, handoff, createdAt, updatedAt }: StoredSchedule,
  mayConfigure: boolean,
) {
  return {
    id,
    name,
    timeZone,
    layers: layers as unknown as Static<typeof Layer>[],
    handoff: { tickets: handoff.tickets, announce: handoff.announce.map((c) => shownContact(c, mayConfigure)) },
    createdAt: iso(createdAt.getTime()),
    updatedAt: iso(updatedAt.getTime()),
  };
}

export function overrideJson({ id, start, end, user, replaces, adds, reason, createdAt }: StoredOverride) {
  return {
    id,
    start: iso(start.getTime()),
    end: iso(end.getTime()),
    user,
    replaces,
    adds,
    reason,
    createdAt: iso(createdAt.getTime()),
  };
}

export const Handoffs = Type.Object({
  data: Type.Array(
    Type.Object({
      at: Instant,
      until: Nullable(Instant),
      users: Type.Array(Type.String(), { description: 'nobody in a gap' }),
      shadows: Type.Array(Type.String()),
      leaving: Type.Array(Type.String()),
      ticketsMoved: Type.Integer(),
      recordedAt: Instant,
    }),
  ),
});

export function handoffJson({ at, until, users, shadows, leaving, ticketsMoved, recordedAt }: StoredHandoff) {
  return {
    at: iso(at.getTime()),
    until: until && iso(until.getTime()),
    users: [...users],
    shadows: [...shadows],
    leaving: [...leaving],
    ticketsMoved,
    recordedAt: iso(recordedAt.getTime()),
  };
}
