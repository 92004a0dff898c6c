import type { Directory } from '../../db/directory.ts';
import type { User } from '../../db/users.ts';

/** Whether somebody works at the desk, today. */
export function isHere(user: User | undefined): user is User {
  return user?.active === true && (user.leftAt === null || user.leftAt.getTime() > Date.now());
}

/** The user of an address who may sign in; undefined where there is none. */
export async function personAt(directory: Directory, email: string): Promise<User | undefined> {
  const wanted = email.toLowerCase();
  const find = () => directory.users().find((user) => user.email.toLowerCase() === wanted && isHere(user));
  const found = find();
  if (found !== undefined) return found;
  // Another process may just have added them.
  await directory.catchUp();
  return find();
}
