import { Connection, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { builtInPolicy } from '../../domain/escalation.ts';
import {
  incidentUpdates,
  messageSignal,
  ticketQuery,
  ticketWorkflowId,
  type IncidentCommand,
} from '../../workflows/messages.ts';
import { agent, aroundTheClock, command, customerMessage, reply } from '../domain/ticket-fixtures.ts';
import { startMemoryDesk, type MemoryDesk } from '../support/desk-in-memory.ts';

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

const handle = (id: string) => desk.client.workflow.getHandle(ticketWorkflowId(id));
const recorded = (stream: string, type: string) =>
  vi.waitFor(() => expect(desk.events(stream)).toContain(type), 20_000);
const quick = { ...aroundTheClock, targets: { ...aroundTheClock.targets, normal: { firstReply: 1000 } } };

describe('the ticket workflow', () => {
  it('records its start, answers commands, and refuses what the state forbids without a trace', async () => {
    const id = await desk.start();
    const answer = await desk.tell(id, reply('r1'));
    expect(answer.ticket).toMatchObject({ id, status: 'pending' });
    const before = (await handle(id).describe()).historyLength;
    const refused = desk.tell(id, { type: 'merge', into: id });
    await expect(refused).rejects.toBeInstanceOf(WorkflowUpdateFailedError);
    const cause = await refused.catch((error: WorkflowUpdateFailedError) => error.cause);
    expect(cause).toMatchObject({ type: 'Conflict', message: 'A ticket cannot be merged into itself.' });
    expect((await handle(id).describe()).historyLength).toBe(before);
    await recorded(ticketWorkflowId(id), 'ticket.status-changed');
    expect(desk.row(id)).toMatchObject({ id, status: 'pending', subject: 'The printer is on fire' });
  });

  it('does a repeated command once, also after it continued as new', async () => {
    const id = await desk.start({}, { historyLimit: 10 });
    const first = await desk.tell(id, reply('r1'), 'key-1');
    expect(await desk.tell(id, reply('r1'), 'key-1')).toEqual(first);
    const { runId } = await handle(id).describe();
    await desk.tell(id, { type: 'assign', assignee: agent.id }, 'key-2');
    await vi.waitFor(async () => expect((await handle(id).describe()).runId).not.toBe(runId), 20_000);
    const again = await desk.tell(id, reply('r1'), 'key-1');
    expect(again).toMatchObject({ requestHash: first.requestHash, at: first.at, seq: first.seq });
    expect((await handle(id).query(ticketQuery)).row).toMatchObject({ status: 'pending', assignee: agent.id });
    const messages = desk.events(ticketWorkflowId(id)).filter((type) => type === 'message.added');
    expect(messages).toHaveLength(2);
  });

  it('takes a message that comes as an update and as a signal once', async () => {
    const id = await desk.start();
    await desk.tell(id, reply('r1'));
    const late = command(customerMessage('c1'), Date.now());
    if (late.type === 'addMessage') await handle(id).signal(messageSignal, late);
    const answer = await desk.tell(id, customerMessage('c1'));
    expect(answer.ticket.status).toBe('open');
    await recorded(ticketWorkflowId(id), 'ticket.status-changed');
    expect(desk.events(ticketWorkflowId(id)).filter((type) => type === 'message.added')).toHaveLength(3);
  });

  it('opens one incident when a clock is breached, pages, and resolves it when the ticket is answered', async () => {
    const id = await desk.start({ sla: quick, escalation: builtInPolicy(60_000, 1) });
    const incident = `incident/${id}-FR1`;
    await recorded(incident, 'incident.paged');
    expect(desk.pages.filter((p) => p.ticket === id)).toMatchObject([
      { user: 'usr_assignee', step: 1, round: 1, dedupKey: `${id}-FR1:1:1:usr_assignee:webhook1` },
    ]);
    await desk.tell(id, reply('r1'));
    await desk.client.workflow.getHandle(incident).result();
    expect(desk.events(incident).at(-1)).toBe('incident.resolved');
  });

  it('escalates while nobody acknowledges, and stops when somebody does', async () => {
    const id = await desk.start({ sla: quick, escalation: builtInPolicy(500, 1) });
    const incident = `incident/${id}-FR1`;
    await vi.waitFor(() => expect(desk.pages.filter((p) => p.ticket === id)).toHaveLength(2), 20_000);
    const { actor, cause, requestHash, receivedAt } = command({ type: 'acknowledge' }, Date.now());
    const args: [IncidentCommand] = [{ type: 'acknowledge', actor, cause, requestHash, receivedAt }];
    const answer = await desk.client.workflow.getHandle(incident).executeUpdate(incidentUpdates.acknowledge, { args });
    expect(answer.incident).toMatchObject({ status: 'acknowledged', acknowledgedBy: agent.id });
    await desk.tell(id, reply('r1'));
    await recorded(incident, 'incident.resolved');
    const users = desk.pages.filter((p) => p.ticket === id).map((p) => p.user);
    expect(users.length).toBeLessThanOrEqual(3);
    expect(new Set(users).size).toBe(users.length);
  });

  it('goes on while the archive is away, and records everything when it is back', async () => {
    const { record } = desk.behaviour;
    desk.behaviour.record = async () => {
      throw ApplicationFailure.create({ type: 'Database', message: 'away' });
    };
    const id = await desk.start();
    await desk.tell(id, reply('r1'));
    await desk.tell(id, customerMessage('c1'));
    expect((await handle(id).query(ticketQuery)).row.status).toBe('open');
    expect(desk.archive.has(ticketWorkflowId(id))).toBe(false);
    desk.behaviour.record = record;
    await vi.waitFor(() => expect(desk.row(id).status).toBe('open'), 20_000);
    const archived = desk.archive.get(ticketWorkflowId(id)) ?? [];
    expect(archived.map((e) => e.seq)).toEqual(archived.map((_, i) => i + 1));
  });

  it('merges into another ticket, which takes the conversation and the stricter clock', async () => {
    const target = await desk.start();
    await desk.tell(target, reply('r1'));
    const source = await desk.start({ priority: 'urgent' });
    const merged = await desk.tell(source, { type: 'merge', into: target });
    expect(merged.ticket).toMatchObject({ status: 'closed', mergedInto: target });
    await handle(source).result();
    await vi.waitFor(() => expect(desk.row(target).status).toBe('open'), 20_000);
    expect(desk.row(target).nextDueClock).toBe('firstReply');
    const gone = desk.tell(target, { type: 'merge', into: source });
    await expect(gone).rejects.toMatchObject({ cause: { message: 'The ticket to merge into is closed or unknown.' } });
  });

  it('closes by itself when it was solved long enough ago', async () => {
    const id = await desk.start({ closeAfterMs: 500 });
    await desk.tell(id, { type: 'solve' });
    await handle(id).result();
    expect(desk.row(id)).toMatchObject({ status: 'closed' });
    expect((await handle(id).describe()).historyLength).toBeLessThanOrEqual(30);
  });

  it('opens a follow-up for a message that was left when it was closed, unless that is automatic', async () => {
    const id = await desk.start({ closeAfterMs: 300 });
    const { record } = desk.behaviour;
    // A ticket whose events are not recorded yet stays, closed as it is.
    desk.behaviour.record = (batch) => (batch.ticket === id ? Promise.reject(new Error('not now')) : record(batch));
    await desk.tell(id, { type: 'solve' });
    await vi.waitFor(async () => expect((await handle(id).query(ticketQuery)).row.status).toBe('closed'), 20_000);
    const left = [`${id}-M`, `${id}-A`] as const;
    for (const [i, message] of left.entries()) {
      const late = command(customerMessage(message, { automatic: i === 1 }), Date.now());
      if (late.type === 'addMessage') await handle(id).signal(messageSignal, late);
    }
    desk.behaviour.record = record;
    await handle(id).result();
    await recorded(ticketWorkflowId(left[0]), 'ticket.created');
    expect(desk.row(left[0])).toMatchObject({ followUpOf: id, status: 'new' });
    await expect(handle(left[1]).describe()).rejects.toThrow(WorkflowNotFoundError);
  });
});
