import type { ApiKeyRole } from '../db/schema/desk.ts';

/** What a route asks for. Each names a kind of doing; who may do it is written here and nowhere else. */
export type Permission =
  | 'read'
  /** Hand in tickets, customers' messages and attachments. */
  | 'intake'
  /** Work on tickets and incidents, and change who covers a shift. */
  | 'work'
  /** Teams, calendars, schedules, policies, users. */
  | 'configure'
  /** API keys. */
  | 'administer';

const permissions: Readonly<Record<ApiKeyRole, readonly Permission[]>> = {
  admin: ['read', 'intake', 'work', 'configure', 'administer'],
  manager: ['read', 'intake', 'work', 'configure'],
  agent: ['read', 'intake', 'work'],
  intake: ['intake'],
  'read-only': ['read'],
};

export function mayDo(role: ApiKeyRole, permission: Permission): boolean {
  return permissions[role].includes(permission);
}
