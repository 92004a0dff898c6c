import { Type } from 'typebox';
import { clockNames } from '../../domain/sla.ts';
import { priorities } from '../../domain/ticket.ts';
import { Instant, Nullable, OneOf, Strict } from './common.ts';
import { RecentRating } from './rating.ts';

export const WallQuery = Strict({
  timeZone: Type.Optional(
    Type.String({
      maxLength: 64,
      default: 'UTC',
      description: "whose clocks say when the desk's day and month begin",
      examples: ['Europe/Berlin'],
    }),
  ),
});

const count = (description: string) => Type.Integer({ minimum: 0, description });
const Person = Type.Object({ id: Type.String(), name: Type.String() });

export const Wall = Type.Object({
  at: Type.String({ format: 'date-time', description: 'the instant that everything here is of' }),
  timeZone: Type.String(),
  open: Type.Object(
    {
      total: count('tickets that are neither solved nor closed'),
      unassigned: count('of these, tickets that nobody has'),
    },
    { description: 'the open queue' },
  ),
  sla: Type.Object(
    {
      green: count('less than half is used up'),
      amber: count('half is used up, and less than three quarters'),
      red: count('three quarters are used up, and it is not due yet'),
      overdue: count('the due instant has come'),
      paused: count('pending or on hold: no promise runs'),
      none: count('nothing is promised'),
    },
    {
      description:
        'the open queue by the part of its nearest promise that is used up: of the time on the wall from where the ' +
        "promise began (the ticket's opening, or for the next reply the customer's message) to its due instant",
    },
  ),
  nextBreaches: Type.Array(
    Type.Object({
      id: Type.String(),
      reference: Type.String(),
      subject: Type.String(),
      priority: OneOf(priorities),
      assignee: Nullable(Person),
      clock: OneOf(clockNames),
      dueAt: Instant,
    }),
    { description: 'at most ten tickets whose nearest due instant is still to come, the next first' },
  ),
  duty: Type.Array(
    Type.Object({
      schedule: Type.Object({ id: Type.String(), name: Type.String() }),
      people: Type.Array(Person, { description: 'who is on duty; empty in a gap' }),
      until: Nullable(
        Type.String({ format: 'date-time', description: 'when this changes; null where it is not known' }),
      ),
    }),
    { description: 'every schedule, by name' },
  ),
  today: Type.Object(
    {
      from: Type.String({ format: 'date-time', description: 'midnight' }),
      opened: count('tickets handed in since then'),
      solved: count('tickets solved since then that are still solved or closed'),
      firstReplies: count('tickets whose first public reply was since then'),
      medianFirstReplySeconds: Nullable(
        Type.Number({
          description:
            "the median time on the wall from a ticket's opening to its first public reply, of the first replies since " +
            'midnight; the mean of both middle ones where their number is even; null where there are none',
        }),
      ),
    },
    { description: "the desk's day so far" },
  ),
  month: Type.Object(
    {
      from: Type.String({ format: 'date-time', description: 'midnight of the first' }),
      kept: count('of the promises decided since then, those that ended without a breach'),
      decided: count(
        'promises of a first reply or a resolution that were breached, or ended without a breach, since then; those of ' +
          'merged tickets are decided in the ticket that they were merged into',
      ),
      percent: Nullable(Type.Number({ description: 'kept of decided; null where nothing was decided' })),
    },
    { description: "the desk's month so far" },
  ),
  satisfaction: Type.Object(
    {
      good: count('of the tickets rated since the month began, those that the customer rated good'),
      rated: count('tickets whose last rating was given since the month began'),
      percent: Nullable(Type.Number({ description: 'good of rated; null where nothing was rated' })),
      recent: Type.Array(RecentRating, { description: 'the last ratings, at most five, whenever they were given' }),
    },
    { description: 'what customers think' },
  ),
  incidents: Type.Object(
    {
      triggered: count('nobody has acknowledged'),
      acknowledged: count('somebody is on it'),
    },
    { description: 'open incidents' },
  ),
});
