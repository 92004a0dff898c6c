import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { builtInPolicy } from '../../domain/escalation.ts';
import type { ArchivedEvent } from '../../domain/events.ts';
import { incidentSignal, incidentWorkflowId, ticketWorkflowId } from '../../workflows/messages.ts';
import { agent, customerMessage, day, hour, minute, reply } from '../domain/ticket-fixtures.ts';
import { startMemoryDesk, type MemoryDesk } from '../support/desk-in-memory.ts';
import { fastForward } from '../support/time-skipping.ts';

let connection: Connection;
let desk: MemoryDesk;
beforeAll(async () => {
  connection = await Connection.connect({ address: inject('temporalAddress') });
  desk = await startMemoryDesk(connection);
});
afterAll(async () => {
  await desk.stop();
  await connection.close();
});

describe('thirty days of a ticket', () => {
  it('pass in seconds, and every promise is kept to the millisecond', async () => {
    // A ticket's time stands still while an incident of it is open: whoever is paged resolves it.
    desk.behaviour.page = async ({ incident }) => {
      const handle = desk.client.workflow.getHandle(incidentWorkflowId(incident));
      void handle.signal(incidentSignal, { type: 'resolve', actor: agent, cause: 'page' });
      return 'HTTP 202';
    };
    const id = await desk.start({ escalation: builtInPolicy(5 * minute, 1) });
    const pass = (ms: number) => fastForward(desk.client, ticketWorkflowId(id), ms);
    const events = (type: string): ArchivedEvent[] =>
      (desk.archive.get(ticketWorkflowId(id)) ?? []).filter((e) => e.type === type);
    const only = (type: string, clock: string, cycle: number): ArchivedEvent => {
      const found = events(type).filter((e) => e.data['clock'] === clock && e.data['cycle'] === cycle);
      expect(found).toHaveLength(1);
      return found[0] as ArchivedEvent;
    };

    await pass(hour + 1);
    await desk.tell(id, reply('r1'));
    await pass(10 * day);
    await desk.tell(id, customerMessage('c1'));
    await pass(3 * hour);
    await desk.tell(id, { type: 'changePriority', priority: 'high' });
    await desk.tell(id, { type: 'hold', reason: 'waits for the maker' });
    await pass(2 * day);
    await desk.tell(id, reply('r2', {}));
    await desk.tell(id, { type: 'solve' });
    await pass(6 * day);
    await desk.tell(id, customerMessage('c2'));
    await pass(hour);
    await desk.tell(id, reply('r3'));
    await desk.tell(id, { type: 'changePriority', priority: 'low' });
    await pass(5 * day);
    await desk.tell(id, { type: 'solve' });
    await pass(7 * day);
    await desk.client.workflow.getHandle(ticketWorkflowId(id)).result();
    await vi.waitFor(() => expect(desk.row(id).status).toBe('closed'));

    const [created] = events('ticket.created');
    const start = created?.at ?? 0;
    const firstWarning = events('sla.warned').find((e) => e.data['clock'] === 'firstReply');
    expect(firstWarning).toMatchObject({ at: start + hour, data: { fraction: 0.5 } });
    expect(events('sla.breached').map((e) => e.data['clock'])).toEqual(['nextReply', 'resolution']);

    // Next reply: high owes it in 2 h, and it was asked for 3 h before the priority changed.
    const asked = only('sla.activated', 'nextReply', 1).at;
    const late = only('sla.breached', 'nextReply', 1);
    expect(late.data['dueAt']).toBe(new Date(asked + 2 * hour).toISOString());
    expect(late.at).toBe(events('ticket.priority-changed')[0]?.at);

    // Resolution: high owes it in 24 h; the ten days in which the customer owed the answer do not count.
    const paused = only('sla.paused', 'resolution', 1).at;
    const resumed = only('sla.resumed', 'resolution', 1).at;
    expect(only('sla.breached', 'resolution', 1).at).toBe(resumed + day - (paused - start));

    expect(desk.row(id)).toMatchObject({ reopenCount: 1, priority: 'low' });
    const solved = events('ticket.status-changed').findLast((e) => e.data['to'] === 'solved')?.at ?? 0;
    expect(desk.row(id).closedAt).toBe(solved + 7 * day);
    expect(solved + 7 * day - start).toBeGreaterThan(30 * day);
  });
});
