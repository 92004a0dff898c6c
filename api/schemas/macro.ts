import { Type, type Static } from 'typebox';
import type { Macro } from '../../db/macros.ts';
import { placeholders } from '../../domain/macro.ts';
import { levels, priorities } from '../../domain/ticket.ts';
import { Id, Instant, Nullable, OneOf, Strict, Text } from './common.ts';
import { iso } from './ticket.ts';

const Actions = Strict(
  {
    status: Type.Optional(OneOf(['open', 'pending', 'on-hold', 'solved'])),
    priority: Type.Optional(OneOf(priorities)),
    level: Type.Optional(OneOf(levels)),
    assignee: Type.Optional(
      Nullable(Type.String({ ...Id, description: 'a user, or `me` for whoever sends it; null: nobody' })),
    ),
    team: Type.Optional(Nullable(Id)),
  },
  { description: 'what is done to the ticket when the text is sent' },
);

const fields = {
  name: Text(100),
  shared: Type.Boolean({ description: "everybody's, which needs the permission `configure`; else one's own" }),
  body: Type.String({
    maxLength: 50_000,
    description: `with placeholders: ${placeholders.map((name) => `{{${name}}}`).join(', ')}`,
    examples: ['Hello {{ticket.requester.name}}'],
  }),
  actions: Actions,
};

export const MacroSchema = Type.Object({ id: Id, ...fields, createdAt: Instant, updatedAt: Instant });
export const MacroPatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });
export const NewMacro = Strict({ ...MacroPatch.properties, name: fields.name });

export const MacroPreviewQuery = Strict({ ticket: Type.String({ minLength: 1, maxLength: 20 }) });
export const MacroPreview = Type.Object({
  body: Type.String({ description: 'with every placeholder filled in' }),
  actions: Type.Object({
    ...Actions.properties,
    assignee: Type.Optional(Nullable(Type.String({ description: 'a user; whoever asks where the macro says `me`' }))),
  }),
});

export function macroJson({ owner, createdAt, updatedAt, ...macro }: Macro): Static<typeof MacroSchema> {
  return {
    ...macro,
    shared: owner === null,
    createdAt: iso(createdAt.getTime()),
    updatedAt: iso(updatedAt.getTime()),
  };
}
