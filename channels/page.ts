import { shownId } from '../domain/ticket-id.ts';
import type { Priority } from '../domain/ticket.ts';

/** Word to one person that one incident waits for them. */
export interface Page {
  readonly incident: string;
  /** None where monitoring opened the incident. */
  readonly ticket: string | null;
  readonly step: number;
  readonly round: number;
  /** A user's id. */
  readonly user: string;
  /** Tells this page from every other; the same for each attempt at it. */
  readonly dedupKey: string;
  /** For people: such as `First reply breached`. */
  readonly reason: string;
  readonly priority: Priority;
  /** When that which was missed was due. */
  readonly dueAt: number;
  /** Opens a page with a button that acknowledges; needs no login. */
  readonly acknowledgeUrl: string;
}

/** What a page is about, as people read it: `ticket K7Q2-9MZP-4WTX`. */
export function subjectOf({ ticket, incident }: Pick<Page, 'ticket' | 'incident'>): string {
  return ticket === null ? `incident ${incident}` : `ticket ${shownId(ticket)}`;
}

/** Why a delivery failed, as far as that says what to do about it. */
export const troubles = [
  'credentials',
  /** Whom Vigil sends as. */
  'sender',
  'address',
  /** For another reason that the service says itself. */
  'refused',
  'busy',
  'time-out',
  'unreachable',
  'failing',
] as const;
export type Trouble = (typeof troubles)[number];

/** Thrown where the outside system says that it will never take this: no further attempt helps. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly trouble: Trouble;

  constructor(message: string, trouble: Trouble = 'refused') {
    super(message);
    this.trouble = trouble;
  }
}

/** Thrown where a later attempt may help. To those who only try again it is an error as any other, by its name too. */
export class Passing extends Error {
  readonly trouble: Trouble;

  constructor(message: string, trouble: Trouble = 'failing') {
    super(message);
    this.trouble = trouble;
  }
}

/** Thrown where the outside system says when to come again. */
export class ComeAgain extends Error {
  override readonly name = 'ComeAgain';
  readonly trouble: Trouble = 'busy';
  readonly afterMs: number;

  constructor(message: string, afterMs: number) {
    super(message);
    this.afterMs = afterMs;
  }
}

export function troubleOf(error: unknown): Trouble {
  return error instanceof Refused || error instanceof Passing || error instanceof ComeAgain ? error.trouble : 'failing';
}

/**
 * Delivers pages of one person to one address of theirs, and resolves with what the receiver answered, in a few words
 * for the incident's timeline, such as `HTTP 202`.
 * @throws Refused, ComeAgain, or another error where a later attempt may help.
 */
export type Deliver = (pages: readonly [Page, ...Page[]], address: string) => Promise<string>;
