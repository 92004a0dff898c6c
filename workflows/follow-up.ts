import type { EscalationPolicy } from '../domain/escalation.ts';
import type { TicketState } from '../domain/ticket-process.ts';
import type { TicketCommand, TicketInput } from './messages.ts';

/**
 * The ticket that a message to a closed ticket opens. Its id is the message's, which is a hash of what identifies the
 * message, so that the API and this ticket's workflow come to the same one.
 */
export function followUpInput(
  closed: TicketState,
  escalation: EscalationPolicy,
  command: TicketCommand & { type: 'addMessage' },
): TicketInput {
  const { id, subject, requester, channel, priority, level, team, assignee, tags, customFields } = closed.ticket;
  const { message, requestHash, receivedAt, actor, cause } = command;
  return {
    id: message.id,
    intakeKey: `message/${message.id}`,
    requestHash,
    receivedAt,
    actor,
    cause,
    subject,
    message: { ...message, ticket: message.id },
    requester,
    channel,
    priority,
    level,
    team,
    assignee,
    tags,
    customFields,
    followUpOf: id,
    sla: closed.sla.terms,
    closeAfterMs: closed.closeAfterMs,
    escalation,
  };
}
