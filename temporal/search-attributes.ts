import { defineSearchAttributeKey } from '@temporalio/common';

/**
 * What tickets and incidents can be found by in Temporal's UI. Workflow code imports this file, so it stays free of
 * everything but `@temporalio/common`. Search attributes are never encrypted: no names, no addresses, no subjects.
 */
export const vigilStatus = defineSearchAttributeKey('VigilStatus', 'KEYWORD');
export const vigilPriority = defineSearchAttributeKey('VigilPriority', 'KEYWORD');
export const vigilLevel = defineSearchAttributeKey('VigilLevel', 'INT');
export const vigilChannel = defineSearchAttributeKey('VigilChannel', 'KEYWORD');
export const vigilAssignee = defineSearchAttributeKey('VigilAssignee', 'KEYWORD');
export const vigilTeam = defineSearchAttributeKey('VigilTeam', 'KEYWORD');
export const vigilNextDue = defineSearchAttributeKey('VigilNextDue', 'DATETIME');
/** An incident's ticket. */
export const vigilTicket = defineSearchAttributeKey('VigilTicket', 'KEYWORD');

/** All of them, as they are registered. */
export const searchAttributes = [
  vigilStatus,
  vigilPriority,
  vigilLevel,
  vigilChannel,
  vigilAssignee,
  vigilTeam,
  vigilNextDue,
  vigilTicket,
] as const;
