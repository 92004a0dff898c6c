/** What can happen to tickets and incidents, in the groups that people think of. Types are never renamed: the archive has them for ever. */
export const eventTypes = [
  'ticket.created',
  'ticket.acknowledged',
  'ticket.assigned',
  'ticket.status-changed',
  'ticket.priority-changed',
  'ticket.level-changed',
  'ticket.sla-policy-changed',
  'ticket.incident-linked',
  'ticket.bug-linked',
  'ticket.bug-unlinked',
  'ticket.merged',
  'ticket.absorbed',
  'ticket.reopened',
  'ticket.rated',
  'ticket.annotated',
  'message.added',
  'sla.activated',
  'sla.warned',
  'sla.breached',
  'sla.fulfilled',
  'sla.paused',
  'sla.resumed',
  'sla.retargeted',
  'incident.triggered',
  'incident.triggered-again',
  'incident.paged',
  'incident.page-failed',
  'incident.responders-unreachable',
  'incident.step-without-responder',
  'incident.nobody-left',
  'incident.escalated',
  'incident.escalation-requested',
  'incident.acknowledged',
  'incident.unresolved-in-time',
  'incident.reassigned',
  'incident.snoozed',
  'incident.resolved',
] as const;
export type EventType = (typeof eventTypes)[number];

export const eventGroups = ['ticket', 'message', 'sla', 'incident'] as const;
type EventGroup = (typeof eventGroups)[number];

/** One type, all of a group (`ticket.*`, those of later versions included), or everything (`*`). */
export type EventPattern = EventType | `${EventGroup}.*` | '*';
export const eventPatterns: readonly EventPattern[] = [
  '*',
  ...eventGroups.map((group) => `${group}.*` as const),
  ...eventTypes,
];

export function matches(patterns: readonly EventPattern[], type: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  );
}
