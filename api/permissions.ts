import type { ApiKeyRole } from '../db/schema/desk.ts';
import type { UserRole } from '../domain/user.ts';

/** What a route asks for. Each names a kind of doing; who may do it is written here and nowhere else. */
export type Permission =
  | 'read'
  /** Hand in tickets, customers' messages and attachments. */
  | 'intake'
  /** Leave internal notes. */
  | 'note'
  /** Work on tickets and incidents, and change who covers a shift. */
  | 'work'
  /** Teams, calendars, schedules, policies, users. */
  | 'configure'
  /** API keys and invitations. */
  | 'administer';

/** Of an API key, or of a user who has signed in; what both have means the same. */
export type Role = ApiKeyRole | UserRole;

const permissions: Readonly<Record<Role, readonly Permission[]>> = {
  admin: ['read', 'intake', 'note', 'work', 'configure', 'administer'],
  manager: ['read', 'intake', 'note', 'work', 'configure'],
  agent: ['read', 'intake', 'note', 'work'],
  trainee: ['read', 'intake', 'note'],
  intake: ['intake'],
  viewer: ['read'],
  'read-only': ['read'],
};

export function mayDo(role: Role, permission: Permission): boolean {
  return permissions[role].includes(permission);
}

export function permissionsOf(role: Role): readonly Permission[] {
  return permissions[role];
}
