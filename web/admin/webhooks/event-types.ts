import type { Webhook } from '../../api/types.ts';

type Pattern = Webhook['events'][number];
type Group = 'ticket' | 'message' | 'sla' | 'incident';

/** What can be told, as the API names it, by groups. */
export const eventTypes = {
  ticket: [
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
  ],
  message: ['message.added'],
  sla: ['sla.activated', 'sla.warned', 'sla.breached', 'sla.fulfilled', 'sla.paused', 'sla.resumed', 'sla.retargeted'],
  incident: [
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
  ],
} as const satisfies Readonly<Record<Group, readonly Pattern[]>>;

export const eventGroups = Object.keys(eventTypes) as Group[];

/** What is chosen, without what another choice holds already, in the API's order. */
export function chosen(patterns: ReadonlySet<Pattern>): Pattern[] {
  if (patterns.has('*')) return ['*'];
  const groups = eventGroups.filter((group) => patterns.has(`${group}.*`));
  const types = eventGroups
    .filter((group) => !groups.includes(group))
    .flatMap((group): Pattern[] => eventTypes[group].filter((type) => patterns.has(type)));
  return [...groups.map((group): Pattern => `${group}.*`), ...types];
}
