/** What a ticket is, and the table of what may happen to it in each state. */

export const statuses = ['new', 'open', 'pending', 'on-hold', 'solved', 'closed'] as const;
/**
 * `new`: nobody has answered; `open`: we owe an answer; `pending`: the customer does; `on-hold`: a third party does;
 * `solved`: answered for good unless the customer disagrees; `closed`: cannot change any more.
 */
export type Status = (typeof statuses)[number];

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

export const levels = [1, 2, 3] as const;
export type Level = (typeof levels)[number];

export const ratings = ['good', 'bad'] as const;
export type Rating = (typeof ratings)[number];

export const annotationKinds = ['product', 'business', 'user-error', 'platform-anomaly'] as const;

/** What the desk learned of a ticket, in hindsight: what its work is counted and its documentation improved by. */
export interface Annotation {
  readonly kind: (typeof annotationKinds)[number];
  /** 1: a link to the documentation answers it; 2: it takes research; 3: it takes the second line. */
  readonly difficulty: Level;
  /** Of work, as people estimate it. */
  readonly minutes: number | null;
  readonly note: string | null;
}

/** What the ticket waits for elsewhere, in the tracker of who mends it. */
export interface Bug {
  readonly url: string;
  readonly title: string | null;
}

export interface Requester {
  readonly email: string;
  readonly name: string;
}

/** Who did something: `user` is a person or API key of the desk, `customer` the requester, `system` Vigil itself. */
export interface Actor {
  readonly type: 'user' | 'customer' | 'system';
  readonly id: string;
}

export const system: Actor = { type: 'system', id: 'vigil' };

export type CustomFields = Readonly<Record<string, string | number | boolean | null>>;

/** Instants are epoch milliseconds, here and everywhere in `domain/` and `workflows/`. */
export interface Ticket {
  readonly id: string;
  readonly subject: string;
  readonly status: Status;
  readonly priority: Priority;
  readonly level: Level;
  readonly channel: string;
  readonly team: string | null;
  readonly assignee: string | null;
  readonly requester: Requester;
  readonly tags: readonly string[];
  readonly customFields: CustomFields;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly firstRepliedAt: number | null;
  readonly lastCustomerMessageAt: number | null;
  readonly solvedAt: number | null;
  readonly closedAt: number | null;
  readonly reopenCount: number;
  readonly mergedInto: string | null;
  readonly followUpOf: string | null;
  readonly linkedIncidents: readonly string[];
  /** What the customer thinks of how it was solved; null until the customer says so. */
  readonly rating: Rating | null;
  readonly ratingComment: string | null;
  readonly ratedAt: number | null;
  readonly annotation: Annotation | null;
  /** Null: none, as in tickets that began before there were any. */
  readonly linkedBugs: readonly Bug[] | null;
}

export interface AttachmentRef {
  readonly id: string;
  readonly name: string;
}

export interface Message {
  readonly id: string;
  readonly ticket: string;
  readonly author: 'customer' | 'agent' | 'system';
  readonly authorId: string | null;
  /** False for an internal note: the customer never sees it, and it fulfils nothing. */
  readonly public: boolean;
  /** True for out-of-office answers, receipts and the like: they change no state and fulfil nothing. */
  readonly automatic: boolean;
  readonly body: string;
  readonly attachments: readonly AttachmentRef[];
  readonly createdAt: number;
}

/** What can move a ticket from one state to another. */
export type Trigger = 'customerMessage' | 'agentReply' | 'hold' | 'solve' | 'reopen' | 'close' | 'merge';

const table: Readonly<Record<Status, Readonly<Partial<Record<Trigger, Status>>>>> = {
  new: { customerMessage: 'new', agentReply: 'pending', hold: 'on-hold', solve: 'solved', merge: 'closed' },
  open: { customerMessage: 'open', agentReply: 'pending', hold: 'on-hold', solve: 'solved', merge: 'closed' },
  pending: {
    customerMessage: 'open',
    agentReply: 'pending',
    hold: 'on-hold',
    solve: 'solved',
    reopen: 'open',
    merge: 'closed',
  },
  'on-hold': { customerMessage: 'open', agentReply: 'on-hold', solve: 'solved', reopen: 'open', merge: 'closed' },
  solved: { customerMessage: 'open', agentReply: 'solved', reopen: 'open', close: 'closed', merge: 'closed' },
  closed: {},
};

/** The state that `trigger` leads to from `status`, or undefined where the table does not allow it. */
export function nextStatus(status: Status, trigger: Trigger): Status | undefined {
  return table[status][trigger];
}

/** Why `trigger` is not allowed in `status`, as a sentence for the caller; undefined where it is allowed. */
export function refusal(status: Status, trigger: Trigger): string | undefined {
  if (nextStatus(status, trigger) !== undefined) return undefined;
  if (status === 'closed') return 'The ticket is closed, and a closed ticket cannot change.';
  const allowed = Object.keys(table[status]).join(', ');
  return `A ticket that is ${status} cannot take "${trigger}"; it can take: ${allowed}.`;
}
