import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { currentAssignment } from '../db/tickets.ts';
import type { EscalationPolicy, EscalationTarget } from '../domain/escalation.ts';
import { contactsFor, type NamedContact } from '../domain/notification.ts';
import { copiesOf, respondersOf } from '../domain/responders.ts';
import type { Level, Priority } from '../domain/ticket.ts';

export interface RespondersQuestion {
  readonly ticket: string | null;
  /** As the incident began; the archive may know better. */
  readonly assignee: string | null;
  readonly team: string | null;
  readonly alreadyPaged: readonly string[];
  readonly targets?: readonly EscalationTarget[];
  /** A person named outright. */
  readonly user?: string;
}

export interface StepQuestion extends RespondersQuestion {
  readonly priority: Priority;
  readonly level: Level;
  /** The workflow's time: who is on call is asked for then. */
  readonly at: number;
  /** Whether the targets are the first step's of whichever policy the desk has for such an incident, if it has one. */
  readonly choosesPolicy: boolean;
}

/** A person to page. */
export interface Responder {
  readonly user: string;
  readonly contacts: readonly NamedContact[];
  /** A shadow: gets copies, and is not responsible. */
  readonly copy?: true;
}

export interface StepAnswer {
  /** Where the question chooses one and the desk has one. */
  readonly policy?: EscalationPolicy;
  readonly responders: readonly Responder[];
}

export type EscalationActivities = ReturnType<typeof createEscalationActivities>;

export function createEscalationActivities(database: Database, directory: Directory) {
  return {
    /** Whom to page now: the ticket's assignment may have changed since the incident began. */
    async escalationStep(question: StepQuestion): Promise<StepAnswer> {
      const { alreadyPaged, priority, level, at, choosesPolicy } = question;
      const { assignee, team } = await assignmentNow(question);
      const policy = choosesPolicy ? directory.escalationFor({ priority, level, team }, at) : undefined;
      const targets = policy?.steps[0]?.targets ?? question.targets ?? [];
      const onCall = (schedule: string) => directory.onCall(schedule)?.at(at) ?? null;
      const situation = { assignee, team, alreadyPaged, onCall };
      const people = directory.people();
      const named = question.user === undefined ? [] : [question.user];
      const users = new Set([...named, ...targets.flatMap((target) => respondersOf(people, target, situation))]);
      const copies = new Set(targets.flatMap((target) => copiesOf(people, target, situation)));
      const responders: Responder[] = [...users].map((user) => ({ user, contacts: contacts(user, priority) }));
      for (const user of copies) {
        if (!users.has(user)) responders.push({ user, contacts: contacts(user, priority, at), copy: true });
      }
      return { ...(policy !== undefined && { policy }), responders };
    },

    /** As incidents ask that began before there were escalation policies. */
    async responders(question: RespondersQuestion): Promise<Responder[]> {
      const { targets = [], user, alreadyPaged } = question;
      const situation = { ...(await assignmentNow(question)), alreadyPaged };
      const named = user === undefined ? [] : [user];
      const users = [...named, ...targets.flatMap((target) => respondersOf(directory.people(), target, situation))];
      return [...new Set(users)].map((id) => ({ user: id, contacts: contacts(id, 'urgent') }));
    },
  };

  async function assignmentNow({ ticket, assignee, team }: RespondersQuestion) {
    const now = ticket === null ? undefined : await currentAssignment(database.db, ticket).catch(() => undefined);
    return now ?? { assignee, team };
  }

  function contacts(id: string, priority: Priority, copyAt?: number): readonly NamedContact[] {
    const user = directory.user(id);
    return user === undefined ? [] : contactsFor(user, priority, copyAt);
  }
}
