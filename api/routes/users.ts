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
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
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
}
