import type { EscalationPolicy } from './escalation.ts';
import type { TicketRow } from './events.ts';
import type { SlaTerms } from './sla.ts';
import type {
  Actor,
  Annotation,
  Bug,
  CustomFields,
  Level,
  Message,
  Priority,
  Rating,
  Requester,
  Status,
} from './ticket.ts';

/** What starts a ticket. The API checks and completes it; the workflow trusts it. */
export interface TicketInput {
  readonly id: string;
  /** What identifies the request that made the ticket; the id is its hash. */
  readonly intakeKey: string;
  /** SHA-256 of what was asked for, to tell a repetition from another request under the same key. */
  readonly requestHash: string;
  readonly receivedAt: number;
  readonly actor: Actor;
  readonly cause: string;
  readonly subject: string;
  readonly message: Message;
  readonly requester: Requester;
  readonly channel: string;
  readonly priority: Priority;
  readonly level: Level;
  readonly team: string | null;
  readonly assignee: string | null;
  readonly tags: readonly string[];
  readonly customFields: CustomFields;
  readonly followUpOf: string | null;
  readonly sla: SlaTerms;
  /** How long a solved ticket waits before it closes. */
  readonly closeAfterMs: number;
  readonly escalation: EscalationPolicy;
  /** Whether its team's rule looks for an owner. */
  readonly seeksOwner?: true;
}

export interface CommandBase {
  readonly actor: Actor;
  /** The request's id, for the event log. */
  readonly cause: string;
  /** As `TicketInput.requestHash`. */
  readonly requestHash: string;
  /** When the request reached the API. */
  readonly receivedAt: number;
}

/** Each command is one update of the ticket workflow, named by its `type`. */
export type TicketCommand = CommandBase &
  (
    | { readonly type: 'addMessage'; readonly message: Message; readonly status?: Exclude<Status, 'new' | 'closed'> }
    | { readonly type: 'acknowledge' }
    | {
        readonly type: 'assign';
        readonly assignee?: string | null;
        readonly team?: string | null;
        /** Whether the new team's rule looks for an owner where nobody is one. */
        readonly seeksOwner?: true;
      }
    | { readonly type: 'changePriority'; readonly priority: Priority }
    | { readonly type: 'changeLevel'; readonly level: Level }
    | { readonly type: 'changeSla'; readonly sla: SlaTerms }
    | { readonly type: 'hold'; readonly reason?: string }
    | { readonly type: 'solve' }
    | { readonly type: 'reopen' }
    | { readonly type: 'merge'; readonly into: string }
    | { readonly type: 'linkIncident'; readonly incident: string }
    | { readonly type: 'rate'; readonly rating: Rating; readonly comment: string | null }
    | { readonly type: 'annotate'; readonly annotation: Annotation }
    | { readonly type: 'linkBug'; readonly bug: Bug }
    | { readonly type: 'unlinkBug'; readonly url: string }
  );
export type TicketCommandType = TicketCommand['type'];

/** The answer to a command. `ticket` is the ticket right after it; `seq` the number of its last event. */
export interface TicketAnswer {
  readonly requestHash: string;
  /** The command's, so that who repeats a request sees that it was answered before. */
  readonly cause: string;
  readonly at: number;
  readonly seq: number;
  readonly ticket: TicketRow;
}
