import { Type, type Static } from 'typebox';
import type { Article } from '../../db/articles.ts';
import { articleLanguages } from '../../domain/article.ts';
import { Id, Instant, OneOf, Strict, Text } from './common.ts';
import { iso, WebAddress } from './ticket.ts';

const fields = {
  title: Text(300),
  url: Type.String({
    ...WebAddress,
    description: 'where customers read it',
    examples: ['https://help.example.com/export'],
  }),
  language: OneOf(articleLanguages, { description: 'of its words, whose stems are known by it' }),
  body: Type.String({ maxLength: 100_000, description: 'what it says, as plain text: the words it is found by' }),
};

export const ArticleSchema = Type.Object({ id: Id, ...fields, createdAt: Instant, updatedAt: Instant });
export const ArticlePatch = Strict(Type.Partial(Type.Object(fields)).properties, { minProperties: 1 });
export const NewArticle = Strict({ ...fields, body: Type.Optional(fields.body) });

export const SuggestionQuery = Strict({
  ticket: Type.Optional(Type.String({ minLength: 1, maxLength: 20, description: 'a ticket, for what may answer it' })),
  q: Type.Optional(Text(1000)),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 5 })),
});
export const SuggestedArticles = Type.Object({
  data: Type.Array(
    Type.Object({ id: Id, title: Type.String(), url: Type.String(), language: OneOf(articleLanguages) }),
  ),
});

export function articleJson({ createdAt, updatedAt, ...article }: Article): Static<typeof ArticleSchema> {
  return { ...article, createdAt: iso(createdAt.getTime()), updatedAt: iso(updatedAt.getTime()) };
}
