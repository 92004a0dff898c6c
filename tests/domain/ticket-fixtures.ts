import type { SlaTerms } from '../../domain/sla.ts';
import { startTicket, type TicketState } from '../../domain/ticket-process.ts';
import type { TicketCommand, TicketInput } from '../../domain/ticket-commands.ts';
import type { Message } from '../../domain/ticket.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const start = Date.UTC(2026, 0, 5, 9);

export const agent = { type: 'user', id: 'usr_ann' } as const;
export const customer = { type: 'customer', id: 'requester' } as const;

export const aroundTheClock: SlaTerms = {
  policy: 'sla_default',
  targets: {
    low: { firstReply: 8 * hour },
    normal: { firstReply: 2 * hour, nextReply: 4 * hour, resolution: 2 * day },
    high: { firstReply: hour, nextReply: 2 * hour, resolution: day },
    urgent: { firstReply: 30 * minute, nextReply: hour, resolution: 8 * hour },
  },
  warnAt: [0.5, 0.75, 0.9],
  pauseOn: ['pending'],
  calendar: null,
  spans: null,
  compiledUntil: null,
};

export function message(id: string, author: 'agent' | 'customer', more: Partial<Message> = {}): Message {
  return {
    id,
    ticket: 'K7Q29MZP4WTX',
    author,
    authorId: author === 'agent' ? agent.id : null,
    public: true,
    automatic: false,
    body: `body of ${id}`,
    attachments: [],
    createdAt: start,
    ...more,
  };
}

export function ticketInput(more: Partial<TicketInput> = {}): TicketInput {
  return {
    id: 'K7Q29MZP4WTX',
    intakeKey: 'test:1',
    requestHash: 'hash',
    receivedAt: start,
    actor: customer,
    cause: 'request-1',
    subject: 'The printer is on fire',
    message: message('first', 'customer'),
    requester: { email: 'kim@example.com', name: 'Kim' },
    channel: 'api',
    priority: 'normal',
    level: 1,
    team: null,
    assignee: null,
    tags: [],
    customFields: {},
    followUpOf: null,
    sla: aroundTheClock,
    closeAfterMs: 7 * day,
    escalation: { steps: [], rounds: 1 },
    ...more,
  };
}

export function newTicket(more: Partial<TicketInput> = {}): TicketState {
  return startTicket(ticketInput(more)).state;
}

type Bare<C> = C extends TicketCommand ? Omit<C, 'actor' | 'cause' | 'requestHash' | 'receivedAt'> : never;
export type BareCommand = Bare<TicketCommand>;

export function command(bare: BareCommand, at: number): TicketCommand {
  const fromCustomer = bare.type === 'rate' || (bare.type === 'addMessage' && bare.message.author === 'customer');
  const actor = fromCustomer ? customer : agent;
  return { ...bare, actor, cause: `request at ${at}`, requestHash: 'hash', receivedAt: at };
}

export const reply = (id: string, more: Partial<Message> = {}): BareCommand => ({
  type: 'addMessage',
  message: message(id, 'agent', more),
});
export const customerMessage = (id: string, more: Partial<Message> = {}): BareCommand => ({
  type: 'addMessage',
  message: message(id, 'customer', more),
});
