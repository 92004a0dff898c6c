import type { SearchAttributePair, SearchAttributeUpdatePair } from '@temporalio/common';
import type { TicketRow } from '../domain/events.ts';
import * as keys from '../temporal/search-attributes.ts';

type TicketFields = Pick<TicketRow, 'status' | 'priority' | 'level' | 'channel' | 'team' | 'assignee' | 'nextDueAt'>;

/** What can be searched for in Temporal's UI: states and ids only, since search attributes are never encrypted. */
export function ticketAttributes(row: TicketFields): SearchAttributeUpdatePair[] {
  return [
    { key: keys.vigilStatus, value: row.status },
    { key: keys.vigilPriority, value: row.priority },
    { key: keys.vigilLevel, value: row.level },
    { key: keys.vigilChannel, value: row.channel },
    { key: keys.vigilTeam, value: row.team },
    { key: keys.vigilAssignee, value: row.assignee },
    { key: keys.vigilNextDue, value: row.nextDueAt === null ? null : new Date(row.nextDueAt) },
  ];
}

/** The same for a start request, which cannot unset anything. */
export function ticketStartAttributes(row: TicketFields): SearchAttributePair[] {
  return ticketAttributes(row).filter((pair): pair is SearchAttributePair => pair.value !== null);
}

export function incidentAttributes(row: {
  ticket: string | null;
  status: string;
  priority: string;
  team: string | null;
}): SearchAttributePair[] {
  return [
    ...(row.ticket === null ? [] : [{ key: keys.vigilTicket, value: row.ticket }]),
    { key: keys.vigilStatus, value: row.status },
    { key: keys.vigilPriority, value: row.priority },
    ...(row.team === null ? [] : [{ key: keys.vigilTeam, value: row.team }]),
  ];
}
