import { Type } from 'typebox';
import { Id, Instant, Nullable, PageQuery, Strict } from './common.ts';

export const MentionQuery = Strict({
  ...PageQuery,
  unread: Type.Optional(Type.Boolean({ description: 'true for those alone that are not read' })),
});

const Mention = Type.Object({
  id: Id,
  ticket: Type.String(),
  reference: Type.String(),
  subject: Nullable(Type.String({ description: 'null while the read model is made anew' })),
  message: Type.String(),
  author: Type.String({ description: 'a user, or a key' }),
  excerpt: Nullable(Type.String({ description: 'the beginning of the note' })),
  createdAt: Instant,
  readAt: Nullable(Instant),
});

const unread = Type.Integer({ minimum: 0, description: 'how many are not read, whatever was asked for' });
export const MentionPage = Type.Object({ data: Type.Array(Mention), next: Nullable(Type.String()), unread });
export const Unread = Type.Object({ unread });

export const ReadMentions = Strict(
  {
    mentions: Type.Optional(Type.Array(Id, { maxItems: 1000 })),
    ticket: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  },
  { description: 'which were read; all of them where nothing is said' },
);
