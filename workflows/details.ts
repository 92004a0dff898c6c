import type { IncidentRow } from '../domain/events.ts';
import { stateOf } from '../domain/sla.ts';
import type { TicketState } from '../domain/ticket-process.ts';

/** The ticket in a few lines of Markdown for Temporal's UI; nothing personal, since it is not always encrypted. */
export function describeTicket({ ticket, sla, incidents, closeAt }: TicketState): string {
  const lines = [
    `**${ticket.status}** · ${ticket.priority} · level ${ticket.level} · ${ticket.channel}`,
    `assignee: ${ticket.assignee ?? 'nobody'} · team: ${ticket.team ?? 'none'}`,
    ...sla.clocks.map((c) => `- ${c.name} ${stateOf(c)}${c.dueAt === null ? '' : `, due ${iso(c.dueAt)}`}`),
    ...incidents.map((i) => `- incident ${i.id}`),
    ...(closeAt === null ? [] : [`closes ${iso(closeAt)}`]),
  ];
  return lines.join('\n');
}

export function describeIncident(row: IncidentRow): string {
  const { status, reason, step, round, responders } = row;
  return [
    `**${status}** · ${reason} · due ${iso(row.dueAt)}`,
    `step ${step}, round ${round}; paged: ${responders.join(', ') || 'nobody'}`,
    row.ticket === null ? 'opened by monitoring' : `ticket ${row.ticket}`,
  ].join('\n');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
