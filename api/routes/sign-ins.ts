import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listSignIns } from '../../db/sign-in-people.ts';
import { answers } from '../schemas/common.ts';
import { SignIn } from '../schemas/sign-in.ts';
import { iso } from '../schemas/ticket.ts';

/** How people stand with signing in. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/v1/sign-ins',
    {
      config: { permission: 'configure' },
      schema: {
        tags: ['users'],
        summary: 'Who can sign in, who was invited, and when each was last here',
        response: answers({ 200: Type.Object({ data: Type.Array(SignIn) }) }),
      },
    },
    async () => ({
      data: (await listSignIns(app.parts.database)).map(({ invitedUntil, lastUsedAt, ...rest }) => ({
        ...rest,
        invitedUntil: iso(invitedUntil?.getTime() ?? null),
        lastUsedAt: iso(lastUsedAt?.getTime() ?? null),
      })),
    }),
  );
};

export default routes;
