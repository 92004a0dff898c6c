import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { idOf } from '../../domain/ticket-id.ts';
import { ticketWorkflowId } from '../../workflows/messages.ts';
import type { DeskApp } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';
import { eventually, handIn, newTicket, type TicketJson } from './tickets-by-rest.ts';

let desk: DeskApp;
beforeAll(async () => {
  desk = await startWorkingDesk();
});
afterAll(() => desk.close());

const newKey = (): string => `key ${randomBytes(6).toString('hex')}`;
const workflow = (id: string) => desk.app.parts.temporal.client.workflow.getHandle(ticketWorkflowId(id));

describe('handing in a ticket', () => {
  it('answers with the ticket, which its workflow and the read model then show alike', async () => {
    const user = (await desk.call('POST', '/v1/users', { name: 'Bo', email: 'bo@example.com', role: 'agent' })).json<{
      id: string;
    }>();
    const team = (await desk.call('POST', '/v1/teams', { name: 'First line' })).json<{ id: string }>();
    const given = {
      ...newTicket,
      priority: 'high',
      level: 2,
      channel: 'web-form',
      team: team.id,
      assignee: user.id,
      tags: ['printer', 'fire'],
      customFields: { plan: 'premium', seats: 12.5, trial: false, churned: null },
    };
    const answer = await desk.call('POST', '/v1/tickets', given);
    expect(answer.statusCode, answer.body).toBe(201);
    const ticket = answer.json<TicketJson>();
    expect(answer.headers.location).toBe(`/v1/tickets/${ticket.id}`);
    const { body: _body, ...shown } = given;
    expect(ticket).toMatchObject({ ...shown, status: 'new', slaPolicy: 'sla_default', nextDueClock: 'firstReply' });
    expect(ticket.reference).toBe(ticket.id.replace(/^(.{4})(.{4})/, '$1-$2-'));
    expect(Date.parse(String(ticket['nextDueAt'])) - Date.parse(ticket.createdAt)).toBe(2 * 3600_000);
    const there = await desk.call('GET', `/v1/tickets/${ticket.reference.toLowerCase()}?source=workflow`);
    expect(there.json()).toEqual(ticket);
    await eventually<{ data: TicketJson[] }>(desk, '/v1/tickets?channel=web-form', ({ data }) =>
      expect(data).toEqual([ticket]),
    );
    expect((await desk.call('GET', `/v1/tickets/${ticket.id}`)).json()).toEqual(ticket);
  });

  it('puts what can be searched for in clear, and nothing of a person', async () => {
    const { id, reference } = await handIn(desk, { priority: 'urgent' });
    const { raw, typedSearchAttributes } = await workflow(id).describe();
    expect(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])).toEqual(
      expect.arrayContaining([
        ['VigilStatus', 'new'],
        ['VigilPriority', 'urgent'],
        ['VigilLevel', 1],
        ['VigilChannel', 'api'],
      ]),
    );
    expect(raw.workflowExecutionInfo?.priority?.priorityKey).toBe(1);
    const summary = raw.executionConfig?.userMetadata?.summary?.data;
    expect(Buffer.from(summary ?? []).toString()).toBe(`"${reference} · urgent · api"`);
  });

  it('twice with one Idempotency-Key makes one ticket and one answer', async () => {
    const key = newKey();
    const first = await desk.call('POST', '/v1/tickets', newTicket, { 'idempotency-key': key });
    const again = await desk.call('POST', '/v1/tickets', newTicket, { 'idempotency-key': key });
    expect(again.statusCode).toBe(201);
    expect(again.body).toBe(first.body);
    expect(again.headers.location).toBe(first.headers.location);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('is answered as the first time after the ticket changed', async () => {
    const key = newKey();
    const first = await handIn(desk, {}, key);
    const solved = await desk.call('POST', `/v1/tickets/${first.id}/solve`);
    expect(solved.json()).toMatchObject({ status: 'solved' });
    expect(await handIn(desk, {}, key)).toEqual(first);
  });

  it('50 times at once makes one ticket', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 50 }, () => handIn(desk, {}, key)));
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect((await handIn(desk)).id).not.toBe(answers[0]?.id);
  });

  it('with a key that Temporal has forgotten begins no second life under the first id', async () => {
    const key = newKey();
    const { id } = await handIn(desk, {}, key);
    await eventually(desk, `/v1/tickets/${id}`, () => undefined);
    const { client } = desk.app.parts.temporal;
    const execution = { workflowId: ticketWorkflowId(id) };
    await client.workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution: execution });
    await vi.waitFor(() => expect(workflow(id).describe()).rejects.toThrow(/not found/), 20_000);
    const again = await desk.call('POST', '/v1/tickets', newTicket, { 'idempotency-key': key });
    expect(again.json()).toMatchObject({ status: 409, detail: expect.stringContaining('too long ago') });
    await expect(workflow(id).describe()).rejects.toThrow(/not found/);
  });

  it('with the key of another request is refused', async () => {
    const key = newKey();
    await handIn(desk, {}, key);
    const other = { ...newTicket, subject: 'Another one' };
    const answer = await desk.call('POST', '/v1/tickets', other, { 'idempotency-key': key });
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ path: 'headers.idempotency-key' }] });
  });

  it("is not mistaken for another caller's request under the same key", async () => {
    const key = newKey();
    const made = await desk.call('POST', '/v1/api-keys', { name: 'k', role: 'intake' });
    const headers = { authorization: `Bearer ${made.json<{ key: string }>().key}`, 'idempotency-key': key };
    const theirs = (await desk.call('POST', '/v1/tickets', newTicket, headers)).json<TicketJson>();
    expect((await handIn(desk, {}, key)).id).not.toBe(theirs.id);
  });

  it('does not take a ticket whose id is the same by chance for its own', async () => {
    const key = newKey();
    const taken = idOf(`api:key_environment:${key}`);
    const { client } = desk.app.parts.temporal;
    const stranger = { input: { intakeKey: 'mail:another', requestHash: 'x' } };
    await client.workflow.start('elsewhere', {
      workflowId: ticketWorkflowId(taken),
      taskQueue: 'nobody-works-here',
      args: [stranger],
    });
    const mine = await handIn(desk, {}, key);
    expect(mine.id).not.toBe(taken);
    expect(await handIn(desk, {}, key)).toEqual(mine);
    await client.workflow.getHandle(ticketWorkflowId(taken)).terminate();
  });

  it('under a team, a person, a policy or a file that is not there names each of them', async () => {
    const references = { team: 'team_none', assignee: 'usr_none', slaPolicy: 'sla_none' };
    const answer = await desk.call('POST', '/v1/tickets', { ...newTicket, ...references });
    const { status, errors } = answer.json<{ status: number; errors: { path: string }[] }>();
    expect([status, ...errors.map((e) => e.path)]).toEqual([422, 'team', 'assignee', 'slaPolicy']);
    const attachments = [{ id: '0'.repeat(64) }];
    expect((await desk.call('POST', '/v1/tickets', { ...newTicket, attachments })).json()).toMatchObject({
      status: 422,
      errors: [{ path: 'attachments.0.id' }],
    });
  });
});

describe('lists of tickets', () => {
  it('are read page by page, each ticket once', async () => {
    const tag = randomBytes(4).toString('hex');
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push((await handIn(desk, { channel: `list-${tag}` })).id);
    const list = `/v1/tickets?channel=list-${tag}&sort=createdAt&limit=2`;
    await eventually<{ data: TicketJson[] }>(desk, list.replace('limit=2', 'limit=100'), ({ data }) =>
      expect(data).toHaveLength(5),
    );
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await desk.call('GET', `${list}${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`);
      const body = page.json<{ data: TicketJson[]; next: string | null }>();
      seen.push(...body.data.map((t) => t.id));
      ({ next } = body);
    }
    expect(seen).toEqual(made);
  });

  it('find tickets by words, and by what they have', async () => {
    const word = `zebra${randomBytes(3).toString('hex')}`;
    const { id } = await handIn(desk, {
      subject: `My ${word} is gone`,
      priority: 'low',
      requester: { email: 'Zoe@example.com', name: 'Z' },
    });
    const found = ({ data }: { data: TicketJson[] }) => expect(data.map((t) => t.id)).toEqual([id]);
    await eventually(desk, `/v1/tickets?q=${word}`, found);
    await eventually(
      desk,
      `/v1/tickets?requester=zoe@EXAMPLE.com&priority=low,high&status=new&team=none&level=1`,
      found,
    );
    const none = await desk.call('GET', `/v1/tickets?q=${word}&priority=urgent`);
    expect(none.json()).toEqual({ data: [], next: null });
  });
});

it('a ticket is not found by an id of nobody, nor by what is no id', async () => {
  for (const path of ['', '/messages', '/events', '/sla', '?source=workflow', '/sla?source=workflow']) {
    expect((await desk.call('GET', `/v1/tickets/0000-0000-0000${path}`)).statusCode, path).toBe(404);
    expect((await desk.call('GET', `/v1/tickets/nonsense${path}`)).statusCode, path).toBe(404);
  }
});
