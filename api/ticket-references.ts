import type { Directory } from '../db/directory.ts';
import { type FieldError, unprocessable } from './problem.ts';
import type { NewTicket } from './schemas/ticket.ts';

/** @throws Problem 422 for a team, a person or a policy that there is not */
export function checkReferences(
  directory: Directory,
  { team, assignee, slaPolicy }: Pick<NewTicket, 'team' | 'assignee' | 'slaPolicy'>,
): void {
  const errors: FieldError[] = [];
  if (team && directory.team(team) === undefined) errors.push({ path: 'team', message: `there is no team ${team}` });
  if (assignee && directory.user(assignee) === undefined) {
    errors.push({ path: 'assignee', message: `there is no user ${assignee}` });
  }
  if (slaPolicy !== undefined && directory.slaPolicy(slaPolicy) === undefined) {
    errors.push({ path: 'slaPolicy', message: `there is no SLA policy ${slaPolicy}` });
  }
  if (errors.length > 0) throw unprocessable(errors);
}
