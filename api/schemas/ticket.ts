import { Type, type Static } from 'typebox';
import type { ListedTicket } from '../../db/tickets.ts';
import type { TicketRow } from '../../domain/events.ts';
import { shownId } from '../../domain/ticket-id.ts';
import { clockNames } from '../../domain/sla.ts';
import { annotationKinds, levels, priorities, ratings, statuses } from '../../domain/ticket.ts';
import { Id, Instant, Nullable, OneOf, PageQuery, Strict, Text } from './common.ts';

export const Email = Type.String({ format: 'email', maxLength: 320 });
export const Attachments = Type.Array(
  Strict({ id: Type.String({ pattern: '^[0-9a-f]{64}$' }), name: Type.Optional(Text(255)) }),
  { maxItems: 50 },
);
const CustomFields = Type.Unsafe<Record<string, string | number | boolean | null>>({
  type: 'object',
  propertyNames: Text(100),
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'], maxLength: 5000 },
  maxProperties: 100,
});
export const Body = Text(200_000);
const Tags = Type.Array(Text(100), { maxItems: 50, uniqueItems: true });

export const NewTicket = Strict({
  subject: Text(5000),
  body: Body,
  requester: Strict({ email: Email, name: Text(500) }),
  priority: Type.Optional(OneOf(priorities, { default: 'normal' })),
  level: Type.Optional(OneOf(levels, { default: 1 })),
  channel: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', default: 'api' })),
  team: Type.Optional(Nullable(Id)),
  assignee: Type.Optional(Nullable(Id)),
  slaPolicy: Type.Optional(Id),
  tags: Type.Optional(Tags),
  customFields: Type.Optional(CustomFields),
  attachments: Type.Optional(Attachments),
});
export type NewTicket = Static<typeof NewTicket>;

export const AnnotationSchema = Type.Object(
  {
    kind: OneOf(annotationKinds),
    difficulty: OneOf(levels, {
      description: '1: a link to the documentation answers it; 2: it takes research; 3: it takes the second line',
    }),
    minutes: Nullable(Type.Integer({ minimum: 0, maximum: 100_000, description: 'of work, as people estimate it' })),
    note: Nullable(Type.String({ maxLength: 5000 })),
  },
  { description: 'what the desk learned of it, in hindsight' },
);
export const NewAnnotation = Strict({
  kind: AnnotationSchema.properties.kind,
  difficulty: AnnotationSchema.properties.difficulty,
  minutes: Type.Optional(AnnotationSchema.properties.minutes),
  note: Type.Optional(AnnotationSchema.properties.note),
});

/** Of a page that people open: nothing that a browser would run. */
export const WebAddress = Type.String({ format: 'uri', pattern: '^https?://[^/\\s]+', maxLength: 2000 });

export const TicketSchema = Type.Object({
  id: Type.String({ examples: ['K7Q29MZP4WTX'] }),
  reference: Type.String({ description: 'the id as people read it', examples: ['K7Q2-9MZP-4WTX'] }),
  subject: Type.String(),
  status: OneOf(statuses),
  priority: OneOf(priorities),
  level: OneOf(levels),
  channel: Type.String(),
  team: Nullable(Type.String()),
  assignee: Nullable(Type.String()),
  requester: Type.Object({ email: Type.String(), name: Type.String() }),
  tags: Type.Array(Type.String()),
  customFields: CustomFields,
  slaPolicy: Nullable(Type.String()),
  nextDueAt: Nullable(Instant),
  nextDueClock: Nullable(OneOf(clockNames)),
  breachedAt: Nullable(Instant),
  createdAt: Instant,
  updatedAt: Instant,
  firstRepliedAt: Nullable(Instant),
  lastCustomerMessageAt: Nullable(Instant),
  solvedAt: Nullable(Instant),
  closedAt: Nullable(Instant),
  reopenCount: Type.Integer(),
  mergedInto: Nullable(Type.String()),
  followUpOf: Nullable(Type.String()),
  linkedIncidents: Type.Array(Type.String()),
  rating: Nullable(OneOf(ratings, { description: "the customer's; null until there is one" })),
  ratingComment: Nullable(Type.String()),
  ratedAt: Nullable(Instant),
  annotation: Nullable(AnnotationSchema),
  linkedBugs: Type.Array(Type.Object({ url: Type.String(), title: Nullable(Type.String()) })),
});

const instant = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));
const atOrAfter = (what: string) => instant(`${what} at this instant or later`);
const before = (what: string) => instant(`${what} before this instant`);
const list = { description: 'one or more, separated by commas', maxLength: 500 };
const conditions = {
  status: Type.Optional(
    Type.String({
      ...list,
      description: `${list.description}; without it, neither solved nor closed`,
      examples: ['new,open'],
    }),
  ),
  priority: Type.Optional(Type.String(list)),
  assignee: Type.Optional(Type.String({ maxLength: 64, description: 'a user, or `none`' })),
  team: Type.Optional(Type.String({ maxLength: 64, description: 'a team, or `none`' })),
  channel: Type.Optional(Type.String({ maxLength: 40 })),
  level: Type.Optional(OneOf(levels)),
  tag: Type.Optional(Type.String({ maxLength: 100 })),
  requester: Type.Optional(Type.String({ maxLength: 320, description: "the requester's address" })),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 500, description: 'words to search for, "a phrase", -without' }),
  ),
  dueBefore: Type.Optional(Instant),
  createdAfter: atOrAfter('handed in'),
  createdBefore: before('handed in'),
  firstRepliedAfter: atOrAfter('first answered'),
  firstRepliedBefore: before('first answered'),
  solvedAfter: atOrAfter('solved last'),
  solvedBefore: before('solved last'),
  unsolvedAt: instant('handed in before this instant, and not solved before it, as far as is known now'),
  reopened: Type.Optional(Type.Boolean({ description: 'whether it was ever reopened' })),
  merged: Type.Optional(
    Type.Boolean({ description: 'whether it was merged into another ticket; without it, both kinds' }),
  ),
};
export const TicketConditionsQuery = Strict(conditions);
export const TicketQuery = Strict({
  ...PageQuery,
  ...conditions,
  sort: Type.Optional(
    OneOf(['nextDue', '-nextDue', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'], {
      description: 'a minus sorts downward; without it, the next due first, or the latest first in a search',
    }),
  ),
});

/** A ticket as the API shows it. */
export function ticketJson(row: ListedTicket & Partial<TicketRow>): Static<typeof TicketSchema> {
  const { openTime: _internal, nextDueClock, ...ticket } = row;
  return {
    ...ticket,
    reference: shownId(row.id),
    tags: [...row.tags],
    customFields: { ...row.customFields },
    linkedIncidents: [...row.linkedIncidents],
    nextDueAt: iso(row.nextDueAt),
    nextDueClock: nextDueClock as (typeof clockNames)[number] | null,
    breachedAt: iso(row.breachedAt),
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    firstRepliedAt: iso(row.firstRepliedAt),
    lastCustomerMessageAt: iso(row.lastCustomerMessageAt),
    solvedAt: iso(row.solvedAt),
    closedAt: iso(row.closedAt),
    // The run of a workflow that began before there were any knows none of these.
    rating: row.rating ?? null,
    ratingComment: row.ratingComment ?? null,
    ratedAt: iso(row.ratedAt ?? null),
    annotation: row.annotation ?? null,
    linkedBugs: [...(row.linkedBugs ?? [])],
  };
}

/** RFC 3339 in UTC, without a fraction where there is none. */
export function iso<T extends number | null>(at: T): T extends number ? string : string | null {
  const text = at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z');
  return text as T extends number ? string : string | null;
}
