import { activityInfo, heartbeat } from '@temporalio/activity';
import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { ContactChannels } from '../channels/by-contact.ts';
import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { isHandedOff, listHandoffs, recordHandoff, ticketsToHandOver } from '../db/handoffs.ts';
import { listTrainings } from '../db/trainings.ts';
import { handedOver, type Handover, handoffsAhead, handoverAt } from '../domain/handoff.ts';
import { formatInstant } from '../domain/instant.ts';
import { nameOfContact } from '../domain/notification.ts';
import { system } from '../domain/ticket.ts';
import { keepRotation } from '../temporal/rotations.ts';
import { ticketUpdates, ticketWorkflowId, type TicketCommand } from '../workflows/messages.ts';
import { type AddressedNotice, contactsAtOnce } from './announce.ts';
import { trainingNotices } from './training-notices.ts';

export interface HandoffPlan extends Handover {
  readonly schedule: string;
  readonly notices: readonly AddressedNotice[];
}

export interface HandoffDependencies {
  readonly database: Database;
  readonly directory: Directory;
  readonly client: Client;
  readonly channels: ContactChannels;
  readonly taskQueue: string;
}

export type HandoffActivities = ReturnType<typeof createHandoffActivities>;

const pageSize = 200;
/** How far back the first handoff of a schedule looks for what became of trainees. */
const firstLookBack = 7 * 24 * 60 * 60 * 1000;

export function createHandoffActivities(parts: HandoffDependencies) {
  const { database, directory, client, taskQueue } = parts;
  return {
    /** What the change of duty in force brings; null where it was carried out before, or there is none. */
    async planHandoff({ schedule, now }: { schedule: string; now: number }): Promise<HandoffPlan | null> {
      await directory.refresh();
      const onCall = directory.onCall(schedule);
      const handover = onCall && handoverAt(onCall, now);
      if (!handover || (await isHandedOff(database.db, schedule, new Date(handover.at)))) return null;
      const notices = [...noticesOf(schedule, handover, now), ...(await noticesOfTrainings(schedule, now))];
      return { ...handover, schedule, notices };
    },

    /** Gives tickets that nobody owns, and what the rule says of those who leave, to those who come; says how many. */
    async handTicketsOver({ schedule, at, users, leaving }: HandoffPlan): Promise<number> {
      const rule = directory.schedule(schedule)?.handoff;
      if (users.length === 0 || rule === undefined) return 0;
      const teams = directory
        .teams()
        .filter(({ ownership }) => ownership?.rule === 'on-duty' && ownership.schedule === schedule)
        .map(({ id }) => id);
      const which = { teams, leaving, states: handedOver(rule) };
      let { after, moved } = (activityInfo().heartbeatDetails as { after: string; moved: number } | undefined) ?? {
        after: '',
        moved: 0,
      };
      for (;;) {
        const ids = await ticketsToHandOver(database.db, which, after, pageSize);
        for (const id of ids) {
          const assignee = users[moved % users.length] as string;
          if (await assign(id, assignee, `handoff/${schedule}/${at}`)) moved += 1;
        }
        const last = ids.at(-1);
        if (last === undefined) return moved;
        after = last;
        heartbeat({ after, moved });
      }
    },

    async recordHandoff(plan: HandoffPlan & { readonly ticketsMoved: number }): Promise<void> {
      const { schedule, at, until, users, shadows, leaving, ticketsMoved } = plan;
      const times = { at: new Date(at), until: until === null ? null : new Date(until) };
      await recordHandoff(database.db, { schedule, ...times, users, shadows, leaving, ticketsMoved });
    },

    /** Brings the next changes of duty into Temporal's sight. */
    async renewRotation({ schedule, now }: { schedule: string; now: number }): Promise<void> {
      const stored = directory.schedule(schedule);
      const onCall = directory.onCall(schedule);
      if (stored === undefined || onCall === undefined) return;
      const handoffs = onCall.handoffs(now, handoffsAhead);
      await keepRotation(client, taskQueue, { schedule, name: stored.name, handoffs }, false);
    },
  };

  function noticesOf(schedule: string, handover: Handover, now: number): AddressedNotice[] {
    const { at, until, users, shadows, leaving, coming } = handover;
    const stored = directory.schedule(schedule);
    if (stored === undefined || (coming.length === 0 && leaving.length === 0)) return [];
    const name = (id: string): string => directory.user(id)?.name ?? id;
    const names = users.length === 0 ? 'nobody' : users.map(name).join(', ');
    const end = until === null ? '' : ` until ${formatInstant(until)}`;
    const instants = { at: formatInstant(at), until: until === null ? null : formatInstant(until) };
    const data = { type: 'handoff', schedule, name: stored.name, ...instants, users, shadows, leaving };
    const key = `handoff:${schedule}:${at}`;
    const everybody = stored.handoff.announce.map((contact, i) => ({
      id: `${key}:${nameOfContact(contact, i)}`,
      schedule,
      contact: nameOfContact(contact, i),
      title: `${stored.name}: on call ${names}`,
      text: `${names}${end}${leaving.length > 0 ? `, after ${leaving.map(name).join(', ')}` : ''}.`,
      data,
    }));
    const people = [
      ...coming.map((user) => ({ user, title: `You are on call: ${stored.name}`, text: `From now${end}.` })),
      ...leaving.map((user) => ({ user, title: `Your shift is over: ${stored.name}`, text: `On call now: ${names}.` })),
    ];
    return [
      ...everybody,
      ...people.flatMap(({ user, ...words }) =>
        contactsAtOnce(parts, user, now).map((contact) => ({
          id: `${key}:${user}:${contact}`,
          user,
          contact,
          ...words,
          data,
        })),
      ),
    ];
  }

  /** What has become of trainees since the handoff before this one; what was told already is not told again. */
  async function noticesOfTrainings(id: string, now: number): Promise<AddressedNotice[]> {
    const schedule = directory.schedule(id);
    if (schedule === undefined) return [];
    const [before] = await listHandoffs(database.db, id, 1);
    const about = {
      schedule,
      nameOf: (user: string) => directory.user(user)?.name ?? user,
      managerOf: (user: string) => directory.user(user)?.manager ?? null,
    };
    const from = before?.at.getTime() ?? now - firstLookBack;
    const notices = trainingNotices(await listTrainings(database, id), about, from, now);
    return notices.flatMap((notice) =>
      contactsAtOnce(parts, notice.user, now).map((contact) => ({ ...notice, id: `${notice.id}:${contact}`, contact })),
    );
  }

  /** False for a ticket that is closed, or has been in the meantime. */
  async function assign(id: string, assignee: string, cause: string): Promise<boolean> {
    const base = { actor: system, cause, requestHash: cause, receivedAt: Date.now() };
    const command: TicketCommand = { ...base, type: 'assign', assignee };
    try {
      const handle = client.workflow.getHandle(ticketWorkflowId(id));
      await handle.executeUpdate(ticketUpdates.assign, { args: [command], updateId: `${cause}/${id}` });
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError) return false;
      throw error;
    }
  }
}
