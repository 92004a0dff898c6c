import { Type, type Static } from 'typebox';
import type { Message } from '../../domain/ticket.ts';
import { Instant, Nullable, OneOf, Strict } from './common.ts';
import { Attachments, Body, iso } from './ticket.ts';

export const NewMessage = Strict({
  author: OneOf(['agent', 'customer']),
  body: Body,
  public: Type.Optional(Type.Boolean({ default: true, description: 'false for an internal note' })),
  automatic: Type.Optional(
    Type.Boolean({ default: false, description: 'true for out-of-office answers and receipts' }),
  ),
  status: Type.Optional(
    OneOf(['open', 'pending', 'on-hold', 'solved'], {
      description: "the ticket's state after an agent's message; pending after a reply where nothing is said",
    }),
  ),
  attachments: Type.Optional(Attachments),
});
export type NewMessage = Static<typeof NewMessage>;

const fields = {
  id: Type.String(),
  ticket: Type.String(),
  author: OneOf(['customer', 'agent', 'system']),
  authorId: Nullable(Type.String()),
  public: Type.Boolean(),
  automatic: Type.Boolean(),
  body: Type.String(),
  attachments: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  createdAt: Instant,
};
export const MessageSchema = Type.Object(fields);
export const AddedMessageSchema = Type.Object({
  ...fields,
  followUpOf: Nullable(Type.String({ description: 'the closed ticket, where the message opened a follow-up to it' })),
});

export function messageJson(message: Message): Static<typeof MessageSchema> {
  return { ...message, attachments: [...message.attachments], createdAt: iso(message.createdAt) };
}
