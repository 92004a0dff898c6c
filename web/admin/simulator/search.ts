import type { TicketPreview } from '../../api/types.ts';
import { priorities } from '../../ui/choices.ts';

const levels = [1, 2, 3] as const;

/** The ticket that is thought of, in the page's address: it can be sent to somebody, and a policy's page can ask for it. */
export type SimulatorSearch = {
  -readonly [K in 'priority' | 'level' | 'channel' | 'team' | 'assignee' | 'slaPolicy' | 'tags' | 'at']?: NonNullable<
    TicketPreview[K]
  >;
};

export function simulatorSearch(given: Record<string, unknown>): SimulatorSearch {
  const search: SimulatorSearch = {};
  const priority = priorities.find((known) => known === given['priority']);
  const level = levels.find((known) => known === given['level']);
  const { tags } = given;
  if (priority !== undefined) search.priority = priority;
  if (level !== undefined) search.level = level;
  for (const name of ['channel', 'team', 'assignee', 'slaPolicy', 'at'] as const) {
    const value = given[name];
    if (typeof value === 'string' && value !== '') search[name] = value;
  }
  if (Array.isArray(tags) && tags.length > 0) search.tags = tags.filter((tag) => typeof tag === 'string');
  return search;
}
