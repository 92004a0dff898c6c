import { Type, type Static } from 'typebox';
import type { TicketView } from '../../db/ticket-views.ts';
import { dueWithin } from '../../domain/ticket-view.ts';
import { levels, priorities, statuses } from '../../domain/ticket.ts';
import { Id, Instant, OneOf, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

const some = (words: readonly string[]) => {
  const word = `(?:${words.join('|')})`;
  return Type.String({
    maxLength: 200,
    pattern: `^${word}(?:,${word})*$`,
    description: `one or more of ${words.join(', ')}, separated by commas`,
  });
};

const Filters = Strict(
  {
    status: Type.Optional(some(statuses)),
    priority: Type.Optional(some(priorities)),
    assignee: Type.Optional(Type.String({ ...Id, description: 'a user, `none`, or `me` for whoever looks' })),
    team: Type.Optional(Type.String({ ...Id, description: 'a team, or `none`' })),
    level: Type.Optional(OneOf(levels)),
    channel: Type.Optional(Text(40)),
    tag: Type.Optional(Text(100)),
    q: Type.Optional(Text(500)),
    due: Type.Optional(OneOf(dueWithin, { description: 'how soon it is due at the latest; PT0S: it is overdue' })),
  },
  { description: "as the queue's address has them" },
);

const fields = {
  name: Text(100),
  shared: Type.Boolean({ description: "everybody's, which needs the permission `configure`; else one's own" }),
  filters: Filters,
  position: Type.Integer({ minimum: 0, description: 'among the views of the same owner' }),
};

export const ViewSchema = Type.Object({ id: Id, ...fields, createdAt: Instant, updatedAt: Instant });
export const ViewPatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });
export const NewView = Strict({ ...ViewPatch.properties, name: fields.name, filters: Filters });

export function viewJson({ owner, createdAt, updatedAt, ...view }: TicketView): Static<typeof ViewSchema> {
  return {
    ...view,
    shared: owner === null,
    createdAt: iso(createdAt.getTime()),
    updatedAt: iso(updatedAt.getTime()),
  };
}
