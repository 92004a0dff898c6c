import { Type } from 'typebox';
import {
  deleteUser,
  findUser,
  insertUser,
  listUsers,
  updateUser,
  type NewUserFields,
  type User,
} from '../../db/users.ts';
import { problemsOfUser } from '../../domain/user.ts';
import type { App } from '../app.ts';
import { openTestIncident } from '../alerts.ts';
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
import { identityOf } from '../once.ts';
import { Problem } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { answers, IdempotencyHeaders, IdParams } from '../schemas/common.ts';
import { NewUser, type UserBody, userFields, userJson, UserPatch, UserSchema } from '../schemas/user.ts';

const users: DeskResource<User> = {
  path: '/v1/users',
  noun: ['a', 'user'],
  read: 'read',
  change: 'configure',
  schema: UserSchema,
  json: userJson,
  list: listUsers,
  find: ({ db }, id) => findUser(db, id),
  remove: deleteUser,
};

const unsaid = { teams: [], manager: null, timeZone: null, contacts: [], active: true };

export default async function routes(app: App): Promise<void> {
  addReadingAndRemoval(app, users);
  addWriting(app, users, {
    newSchema: NewUser,
    patchSchema: UserPatch,
    insert: (change, body: UserBody) => insertUser(change, { ...unsaid, ...userFields(body) } as NewUserFields),
    update: (change, id, body: UserBody) => updateUser(change, id, userFields(body)),
    check: problemsOfUser,
  });

  app.post(
    '/v1/users/:id/test-notifications',
    {
      config: { permission: 'work' },
      schema: {
        tags: ['users'],
        summary: 'Page the person by their own rules, to see that it works; the incident tells what was tried',
        headers: IdempotencyHeaders,
        params: IdParams,
        response: answers({ 202: Type.Object({ incident: Type.String() }) }),
      },
    },
    async (request, reply) => {
      const { id } = request.params as { id: string };
      await withSecondLook(app.parts.directory, () => {
        if (app.parts.directory.user(id)?.active !== true)
          throw new Problem('not-found', 'There is no active user of this id.');
      });
      return reply.code(202).send({ incident: await openTestIncident(app, id, identityOf(request).key) });
    },
  );
}
