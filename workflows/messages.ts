/**
 * What reaches ticket and incident workflows, and what they answer: the contract between the API and the workflows.
 * Every update's id is derived from what identifies the request, so that a repetition is answered and not done again.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { EscalationPolicy, IncidentSubject } from '../domain/escalation.ts';
import type { EventBatch, IncidentRow, TicketRow } from '../domain/events.ts';
import type { Clock, SlaTerms } from '../domain/sla.ts';
import type { CommandBase, TicketAnswer, TicketCommand, TicketCommandType } from '../domain/ticket-commands.ts';
import type { Actor } from '../domain/ticket.ts';

export type { TicketAnswer, TicketCommand, TicketCommandType, TicketInput } from '../domain/ticket-commands.ts';

export const ticketWorkflowType = 'ticket';
export const incidentWorkflowType = 'incident';
export const ticketWorkflowId = (id: string): string => `ticket/${id}`;
export const incidentWorkflowId = (id: string): string => `incident/${id}`;

/** `type` of the ApplicationFailure with which a validator refuses: 409 with the failure's message. */
export const conflictFailure = 'Conflict';

export const ticketUpdates = {
  addMessage: defineUpdate<TicketAnswer, [TicketCommand]>('addMessage'),
  acknowledge: defineUpdate<TicketAnswer, [TicketCommand]>('acknowledge'),
  assign: defineUpdate<TicketAnswer, [TicketCommand]>('assign'),
  changePriority: defineUpdate<TicketAnswer, [TicketCommand]>('changePriority'),
  changeLevel: defineUpdate<TicketAnswer, [TicketCommand]>('changeLevel'),
  changeSla: defineUpdate<TicketAnswer, [TicketCommand]>('changeSla'),
  hold: defineUpdate<TicketAnswer, [TicketCommand]>('hold'),
  solve: defineUpdate<TicketAnswer, [TicketCommand]>('solve'),
  reopen: defineUpdate<TicketAnswer, [TicketCommand]>('reopen'),
  merge: defineUpdate<TicketAnswer, [TicketCommand]>('merge'),
  linkIncident: defineUpdate<TicketAnswer, [TicketCommand]>('linkIncident'),
  rate: defineUpdate<TicketAnswer, [TicketCommand]>('rate'),
  annotate: defineUpdate<TicketAnswer, [TicketCommand]>('annotate'),
  linkBug: defineUpdate<TicketAnswer, [TicketCommand]>('linkBug'),
  unlinkBug: defineUpdate<TicketAnswer, [TicketCommand]>('unlinkBug'),
} satisfies Record<TicketCommandType, unknown>;

/**
 * A customer's message (an `addMessage` command) for which no worker answered the update in time. It is kept by the
 * server and handled later; the message's id tells a repetition.
 */
export const messageSignal = defineSignal<[TicketCommand & { type: 'addMessage' }]>('customerMessage');
/** From the workflow of a ticket that was merged into this one. */
export const absorbSignal = defineSignal<[{ ticket: string; clocks: readonly Clock[]; actor: Actor }]>('absorb');
/** Other terms for the ticket's policy, after the policy or its calendar was edited. */
export const termsSignal = defineSignal<[{ sla: SlaTerms; actor: Actor; cause: string }]>('slaTerms');

export interface TicketSnapshot {
  readonly row: TicketRow;
  readonly clocks: readonly Clock[];
  /** Number of the last event. */
  readonly seq: number;
}
export const ticketQuery = defineQuery<TicketSnapshot>('ticket');
/** Events that the archive has not confirmed yet; ticket and incident workflows answer it. */
export const unrecordedQuery = defineQuery<EventBatch>('unrecorded');

export interface IncidentInput {
  readonly id: string;
  readonly subject: IncidentSubject;
  /** Where the desk has none for such an incident. */
  readonly policy: EscalationPolicy;
  /** Absent from incidents that began before there were escalation policies: they go by `policy` alone. */
  readonly asksDesk?: true;
  /** Goes by `policy` whatever the desk has. */
  readonly policyGiven?: true;
}

export type IncidentCommand = CommandBase &
  (
    | { readonly type: 'acknowledge' }
    | { readonly type: 'resolve' }
    | { readonly type: 'escalate' }
    | { readonly type: 'reassign'; readonly user: string }
    | { readonly type: 'snooze'; readonly until: number }
  );
export type IncidentCommandType = IncidentCommand['type'];

export interface IncidentAnswer {
  readonly requestHash: string;
  /** Of the request that was carried out: another one's where this is a repetition. */
  readonly cause: string;
  readonly at: number;
  readonly incident: IncidentRow;
}

export const incidentUpdates = {
  acknowledge: defineUpdate<IncidentAnswer, [IncidentCommand]>('acknowledge'),
  resolve: defineUpdate<IncidentAnswer, [IncidentCommand]>('resolve'),
  escalate: defineUpdate<IncidentAnswer, [IncidentCommand]>('escalate'),
  reassign: defineUpdate<IncidentAnswer, [IncidentCommand]>('reassign'),
  snooze: defineUpdate<IncidentAnswer, [IncidentCommand]>('snooze'),
} satisfies Record<IncidentCommandType, unknown>;

/**
 * From the ticket's workflow: it was acknowledged there, or what the incident was opened for is answered. From monitoring:
 * somebody or something there acknowledged or resolved it, or it has found the same again.
 */
export interface IncidentWord {
  readonly type: 'acknowledge' | 'resolve' | 'trigger';
  readonly actor: Actor;
  readonly cause: string;
  /** Of what was found again. */
  readonly summary?: string;
}
export const incidentSignal = defineSignal<[IncidentWord]>('ticket');

export const incidentQuery = defineQuery<IncidentRow>('incident');

export interface WebhookInput {
  readonly webhook: string;
}

/** With the task queue: two desks may share a namespace. */
export const webhookWorkflowId = (taskQueue: string, webhook: string): string => `webhook/${taskQueue}/${webhook}`;

/** To the workflow that delivers to a webhook: there is something to deliver, or something else about it has changed. */
export const deliveriesWait = defineSignal('deliveriesWait');
