import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  type Article,
  type ArticleFields,
  deleteArticle,
  findArticle,
  insertArticle,
  listArticles,
  questionOf,
  suggestArticles,
  updateArticle,
} from '../../db/articles.ts';
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
import { invalid } from '../problem.ts';
import {
  articleJson,
  ArticlePatch,
  ArticleSchema,
  NewArticle,
  SuggestedArticles,
  SuggestionQuery,
} from '../schemas/article.ts';
import { answers } from '../schemas/common.ts';
import { noTicket, ticketIdIn } from '../ticket-path.ts';

/** A ticket is told at length: one word that it has in common with an article says little. */
const commonWords = 2;

const articles: DeskResource<Article> = {
  path: '/v1/articles',
  noun: ['an', 'article'],
  read: 'read',
  change: 'work',
  schema: ArticleSchema,
  json: articleJson,
  list: listArticles,
  find: findArticle,
  remove: deleteArticle,
};

/** What customers can read for themselves: agents are offered what may answer a ticket, and keep it up. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.parts.database;
  addReadingAndRemoval(app, articles);
  addWriting(app, articles, {
    newSchema: NewArticle,
    patchSchema: ArticlePatch,
    insert: (change, body: Omit<ArticleFields, 'body'> & Partial<ArticleFields>) =>
      insertArticle(change, { body: '', ...body }),
    update: (change, id, body: Partial<ArticleFields>) => updateArticle(change, id, body),
  });

  app.get(
    '/v1/article-suggestions',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['articles'],
        summary: 'Articles that may answer a ticket, or that have much in common with a text; the best first',
        querystring: SuggestionQuery,
        response: answers({ 200: SuggestedArticles }),
      },
    },
    async ({ query: { ticket, q, limit = 5 } }) => {
      if ((ticket === undefined) === (q === undefined)) {
        throw invalid([{ path: 'query', message: 'must have either ticket or q' }]);
      }
      if (q !== undefined) return { data: await suggestArticles(db, q, { limit }) };
      const question = await questionOf(db, ticketIdIn({ id: ticket ?? '' }));
      if (question === undefined) throw noTicket();
      return { data: await suggestArticles(db, question, { limit, common: commonWords }) };
    },
  );
};

export default routes;
