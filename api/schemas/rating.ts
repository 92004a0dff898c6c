import { Type } from 'typebox';
import { ratings } from '../../domain/ticket.ts';
import { Id, Instant, Nullable, OneOf, PageQuery, Strict } from './common.ts';

export const NewRating = Strict({
  rating: OneOf(ratings),
  comment: Type.Optional(Type.String({ maxLength: 5000, description: "in the customer's words" })),
});

const fields = {
  ticket: Type.String({ examples: ['K7Q29MZP4WTX'] }),
  reference: Type.String({ description: "the ticket's id as people read it", examples: ['K7Q2-9MZP-4WTX'] }),
  rating: OneOf(ratings),
  comment: Nullable(Type.String()),
  ratedAt: Instant,
};
export const RatingSchema = Type.Object({
  ...fields,
  subject: Type.String(),
  team: Nullable(Type.String()),
  assignee: Nullable(Type.String({ description: 'whose ticket it is now' })),
});
/** As the wall shows one. */
export const RecentRating = Type.Object({
  ...fields,
  assignee: Nullable(Type.Object({ id: Type.String(), name: Type.String() })),
});

export const RatingQuery = Strict({
  ...PageQuery,
  rating: Type.Optional(OneOf(ratings)),
  assignee: Type.Optional(Id),
  team: Type.Optional(Id),
  from: Type.Optional(Type.String({ format: 'date-time', description: 'rated at this instant or later' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'rated before this instant' })),
});
