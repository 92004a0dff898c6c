import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { claimOwner } from '../db/ownerships.ts';
import { chooseOwner, loadOf, type Ownership } from '../domain/ownership.ts';
import type { Priority, Status } from '../domain/ticket.ts';

export interface OwnerQuestion {
  readonly ticket: string;
  readonly team: string;
  readonly priority: Priority;
  readonly status: Status;
  /** The workflow's time: who is on duty, or away, is asked for then. */
  readonly at: number;
}

export interface Owner {
  readonly user: string;
  readonly rule: string;
}

export type OwnershipActivities = ReturnType<typeof createOwnershipActivities>;

export function createOwnershipActivities(database: Database, directory: Directory) {
  return {
    /** Who owns a ticket by its team's rule; null where the team has none, or nobody can take it. */
    async findOwner({ ticket, team, priority, status, at }: OwnerQuestion): Promise<Owner | null> {
      const ownership = directory.team(team)?.ownership ?? null;
      if (ownership === null) return null;
      const { rule } = ownership;
      const users = candidates(team, ownership, at);
      const claim = { ticket, team, users, priority };
      const user = await claimOwner(database.pool, claim, (all) =>
        chooseOwner(ownership, all, loadOf({ priority, status })),
      );
      return user === undefined ? null : { user, rule };
    },
  };

  function candidates(team: string, { rule, schedule, skills = [] }: Ownership, at: number): string[] {
    const members = rule === 'on-duty' ? (directory.onCall(schedule ?? '')?.at(at)?.users ?? []) : teamMembers(team);
    return members.filter((id) => {
      const user = directory.user(id);
      if (user?.active !== true) return false;
      return rule === 'on-duty' || (skills.every((s) => user.skills.includes(s)) && !directory.isAway(id, at));
    });
  }

  function teamMembers(team: string): readonly string[] {
    return (directory.team(team)?.members ?? []).filter((id) => directory.user(id)?.role === 'agent');
  }
}
