import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { type Auth, createAuth } from '../sign-in/auth.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly auth: Auth;
  }
}

/** What knows passwords, second factors and sessions. */
export default fp(
  async (app: FastifyInstance) => {
    app.decorate('auth', createAuth(app.parts));
  },
  { name: 'sign-in' },
);
