import { isDeepStrictEqual } from 'node:util';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { DeskConflict, type DeskChange } from '../../db/desk-change.ts';
import {
  countAdmins,
  deleteUser,
  findUser,
  insertUser,
  listUsers,
  updateUser,
  type NewUserFields,
  type User,
} from '../../db/users.ts';
import { problemsOfUser } from '../../domain/user.ts';
import { openTestIncident } from '../alerts.ts';
import type { App } from '../app.ts';
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
import { identityOf } from '../once.ts';
import { mayDo } from '../permissions.ts';
import { Problem } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { isHere } from '../sign-in/people.ts';
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
  find: findUser,
  remove: deleteUser,
  guard: guardAdmins,
};

/** What makes somebody an admin, or lets somebody else sign in as one. */
const ofAdmins = ['role', 'email', 'active', 'leftAt'] as const;

/** Who may configure and not administer cannot make admins, become one or put one out; nobody puts out the last one. */
async function guardAdmins(
  { principal }: FastifyRequest,
  { tx }: DeskChange,
  before: User | undefined,
  body: unknown,
): Promise<void> {
  const said = body as UserBody | null;
  const isNew = said?.role === 'admin' && before?.role !== 'admin';
  const isTouched =
    before?.role === 'admin' && (said === null || ofAdmins.some((field) => differs(said, before, field)));
  if (!isNew && !isTouched) return;
  if (principal === null || !mayDo(principal.role, 'administer')) {
    throw new Problem(
      'forbidden',
      'Only admins make admins, and change their role, address and whether they are active.',
    );
  }
  const stays = said !== null && (said.role ?? 'admin') === 'admin' && said.active !== false && !said.leftAt;
  if (before !== undefined && isTouched && isHere(before) && !stays && (await countAdmins(tx, before.id)) === 0) {
    throw new DeskConflict(said?.role === undefined ? null : 'role', 'This is the last admin: make another one first.');
  }
}

function differs(said: UserBody, before: User, field: (typeof ofAdmins)[number]): boolean {
  const wanted = userFields(said)[field];
  return wanted !== undefined && !isDeepStrictEqual(wanted, before[field]);
}

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
