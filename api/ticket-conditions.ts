import type { Static } from 'typebox';
import type { TicketConditions, TicketInstants } from '../db/tickets.ts';
import { noInstant, parseInstant } from '../domain/instant.ts';
import { priorities, statuses } from '../domain/ticket.ts';
import { invalid } from './problem.ts';
import type { TicketConditionsQuery } from './schemas/ticket.ts';

const instants = [
  'dueBefore',
  'createdAfter',
  'createdBefore',
  'firstRepliedAfter',
  'firstRepliedBefore',
  'solvedAfter',
  'solvedBefore',
  'unsolvedAt',
] as const satisfies readonly (keyof TicketInstants)[];

/** What a query asks of tickets, the same for lists and for counts. */
export function conditionsIn(query: Static<typeof TicketConditionsQuery>): TicketConditions {
  const { status, priority, ...others } = query;
  const given = Object.entries(others).map(([name, value]) => [
    name,
    isInstant(name) ? instantIn(name, String(value)) : value,
  ]);
  return {
    ...(Object.fromEntries(given) as TicketConditions),
    ...(status !== undefined && { status: oneOf('status', status, statuses) }),
    ...(priority !== undefined && { priority: oneOf('priority', priority, priorities) }),
  };
}

function isInstant(name: string): boolean {
  return instants.some((instant) => instant === name);
}

/** The instant that a query's parameter `name` names. */
export function instantIn(name: string, text: string): number {
  const at = parseInstant(text);
  // A leap second, say, which has the right shape.
  if (at === undefined) throw invalid([{ path: `query.${name}`, message: noInstant(text) }]);
  return at;
}

function oneOf<T extends string>(path: string, text: string, allowed: readonly T[]): T[] {
  const given = text.split(',');
  const wrong = given.filter((word) => !allowed.includes(word as T));
  if (wrong.length > 0) throw invalid([{ path: `query.${path}`, message: `must be among ${allowed.join(', ')}` }]);
  return given as T[];
}
