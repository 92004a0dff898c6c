import type { Static } from 'typebox';
import type { Directory } from '../db/directory.ts';
import type { AgentLoad } from '../db/ownerships.ts';
import type { User } from '../db/users.ts';
import { dutyAt } from './duty-now.ts';
import type { AgentLoads } from './schemas/agent.ts';

/** Everybody who takes tickets, and whoever has some all the same, by name. */
export function agentsWithLoad(
  directory: Directory,
  loads: ReadonlyMap<string, AgentLoad>,
  at: number,
): Static<typeof AgentLoads>['agents'] {
  const onDuty = new Set(dutyAt(directory, at).flatMap(({ users }) => users));
  const takesTickets = ({ id, role, active }: User): boolean => active && (role === 'agent' || onDuty.has(id));
  return directory
    .users()
    .filter((user) => takesTickets(user) || loads.has(user.id))
    .map(({ id, name, role, active }) => ({
      id,
      name,
      role,
      ...(loads.get(id) ?? { open: 0, load: 0 }),
      capacity: capacityOf(directory, id),
      onDuty: onDuty.has(id),
      away: directory.isAway(id, at),
      active,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

/** Each team gives its own members up to its own limit; the rule `on-duty` knows none. */
function capacityOf(directory: Directory, user: string): number | null {
  const limits = directory
    .teams()
    .filter(({ members }) => members.includes(user))
    .flatMap(({ ownership }) =>
      ownership === null || ownership.rule === 'on-duty' ? [] : [ownership.capacity ?? Infinity],
    );
  const most = Math.max(...limits);
  return Number.isFinite(most) ? most : null;
}
