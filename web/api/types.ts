/**
 * The API's types, taken from the schemas that validate it and make its OpenAPI document. The only place of the web
 * application that reaches into the server, and for types alone: nothing of it is in the bundle.
 */
import type { Static } from 'typebox';
import type { EventSchema } from '../../api/schemas/event.ts';
import type { IncidentWithTimeline } from '../../api/schemas/incident.ts';
import type { AddedMessageSchema, MessageSchema, NewMessage as NewMessageSchema } from '../../api/schemas/message.ts';
import type { SlaSchema } from '../../api/schemas/sla.ts';
import type { TeamJson } from '../../api/schemas/team.ts';
import type { TicketSchema } from '../../api/schemas/ticket.ts';
import type { UserJson } from '../../api/schemas/user.ts';
import type { ProblemSchema } from '../../api/schemas/common.ts';
import type { Permission } from '../../api/permissions.ts';

export type { Permission };
export type Ticket = Static<typeof TicketSchema>;
export type Status = Ticket['status'];
export type Priority = Ticket['priority'];
export type Message = Static<typeof MessageSchema>;
export type AddedMessage = Static<typeof AddedMessageSchema>;
export type NewMessage = Static<typeof NewMessageSchema>;
export type Sla = Static<typeof SlaSchema>;
export type Clock = Sla['clocks'][number];
export type Segment = Clock['segments'][number];
export type DeskEvent = Static<typeof EventSchema>;
export type Incident = Static<typeof IncidentWithTimeline>;
export type Team = TeamJson;
export type User = UserJson;
export type ProblemDocument = Static<typeof ProblemSchema>;

export interface Page<T> {
  readonly data: readonly T[];
  readonly next: string | null;
}

export interface Session {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly role: User['role'];
    readonly timeZone: string | null;
  };
  readonly permissions: readonly Permission[];
  readonly secondFactor: boolean;
}

export interface SignInMethods {
  readonly password: boolean;
  readonly sso: { readonly name: string; readonly url: string } | null;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
}
