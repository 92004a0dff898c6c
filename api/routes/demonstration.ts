import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { askForRemoval, isDemonstration } from '../../config/demonstration.ts';
import { Problem } from '../problem.ts';
import { answers } from '../schemas/common.ts';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { dataDir } = app.parts.config;

  app.delete(
    '/v1/demonstration',
    {
      config: { permission: 'administer' },
      schema: {
        tags: ['demonstration'],
        summary: 'Remove the demonstration desk with all that is in it; an empty desk takes its place at this address',
        response: answers({ 202: Type.Null() }),
      },
    },
    async (_request, reply) => {
      if (!isDemonstration(dataDir)) throw new Problem('not-found', 'This is no demonstration desk.');
      await askForRemoval(dataDir);
      return reply.code(202).send(null);
    },
  );
};

export default routes;
