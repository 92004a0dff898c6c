import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ticketWorkflowId } from '../../workflows/messages.ts';
import type { DeskApp } from './desk-app.ts';
import { startWorkingDesk } from './desk-worker.ts';
import { eventually, handIn, tell, type TicketJson } from './tickets-by-rest.ts';

let desk: DeskApp;
let user: string;
let team: string;
beforeAll(async () => {
  desk = await startWorkingDesk();
  const made = await desk.call('POST', '/v1/users', { name: 'Bo', email: 'bo@example.com', role: 'agent' });
  user = made.json<{ id: string }>().id;
  team = (await desk.call('POST', '/v1/teams', { name: 'First line' })).json<{ id: string }>().id;
});
afterAll(() => desk.close());

interface Events {
  readonly data: { type: string; actor: object; cause: string; seq: number }[];
}

describe('each command', () => {
  it.each([
    ['acknowledge', undefined, {}, 'ticket.acknowledged'],
    ['assign', () => ({ assignee: user, team }), () => ({ assignee: user, team }), 'ticket.assigned'],
    ['priority', { priority: 'urgent' }, { priority: 'urgent' }, 'ticket.priority-changed'],
    ['level', { level: 3 }, { level: 3 }, 'ticket.level-changed'],
    ['sla-policy', { slaPolicy: 'sla_default' }, { slaPolicy: 'sla_default' }, 'ticket.sla-policy-changed'],
    ['hold', { reason: 'waits for the vendor' }, { status: 'on-hold' }, 'ticket.status-changed'],
    [
      'annotate',
      { kind: 'product', difficulty: 2, note: ' Not in the docs. ' },
      { annotation: { kind: 'product', difficulty: 2, minutes: null, note: 'Not in the docs.' } },
      'ticket.annotated',
    ],
    ['solve', undefined, { status: 'solved', nextDueAt: null }, 'ticket.status-changed'],
    [
      'link-bug',
      { url: 'https://bugs.example.com/1', title: 'Smoke' },
      { linkedBugs: [{ url: 'https://bugs.example.com/1', title: 'Smoke' }] },
      'ticket.bug-linked',
    ],
    ['link-incident', { incident: 'INC-1' }, { linkedIncidents: ['INC-1'] }, 'ticket.incident-linked'],
  ] as const)('%s answers with the ticket after it, and is told in the events', async (command, body, after, event) => {
    const { id } = await handIn(desk);
    const answer = await tell(desk, id, command, typeof body === 'function' ? body() : body);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ id, ...(typeof after === 'function' ? after() : after) });
    await eventually<Events>(desk, `/v1/tickets/${id}/events?type=${event}`, ({ data }) =>
      expect(data).toMatchObject([
        { actor: { type: 'user', id: 'key:key_environment' }, cause: answer.headers['x-request-id'] },
      ]),
    );
    await eventually<TicketJson>(desk, `/v1/tickets/${id}`, (row) => expect(row).toEqual(answer.json()));
  });

  it('reopen and merge move tickets too', async () => {
    const { id } = await handIn(desk);
    const target = await handIn(desk);
    await tell(desk, id, 'solve');
    expect((await tell(desk, id, 'reopen')).json()).toMatchObject({ status: 'open', reopenCount: 1 });
    const merged = await tell(desk, id, 'merge', { into: target.reference.toLowerCase() });
    expect(merged.json()).toMatchObject({ status: 'closed', mergedInto: target.id });
  });

  it('needs no body where it has nothing to say, whatever type that is sent as', async () => {
    const { id } = await handIn(desk);
    const headers = { 'content-type': 'application/json' };
    const answer = await desk.call('POST', `/v1/tickets/${id}/solve`, undefined, headers);
    expect(answer.json()).toMatchObject({ status: 'solved' });
  });

  it('is refused with the reason where the state forbids it', async () => {
    const { id } = await handIn(desk);
    const reopened = await tell(desk, id, 'reopen');
    expect(reopened.json()).toMatchObject({
      status: 409,
      type: 'urn:vigil:problem:conflict',
      detail:
        'A ticket that is new cannot take "reopen"; it can take: customerMessage, agentReply, hold, solve, merge.',
    });
    expect((await tell(desk, id, 'merge', { into: id })).json()).toMatchObject({ status: 409 });
    expect((await tell(desk, id, 'merge', { into: '0000-0000-0000' })).json()).toMatchObject({
      status: 409,
      detail: 'The ticket to merge into is closed or unknown.',
    });
  });

  it('names what it refers to that is not there, or makes no sense', async () => {
    const { id } = await handIn(desk);
    for (const [command, body, status, path] of [
      ['assign', { assignee: 'usr_none' }, 422, 'assignee'],
      ['assign', { team: 'team_none' }, 422, 'team'],
      ['assign', {}, 400, ''],
      ['sla-policy', { slaPolicy: 'sla_none' }, 422, 'slaPolicy'],
      ['merge', { into: 'nonsense' }, 422, 'into'],
      ['level', { level: '2' }, 400, 'level'],
      ['solve', { because: 'x' }, 400, 'because'],
      ['link-bug', { url: 'javascript:alert(1)' }, 400, 'url'],
      ['annotate', { kind: 'fate', difficulty: 1 }, 400, 'kind'],
      ['annotate', { kind: 'product', difficulty: 1, minutes: -1 }, 400, 'minutes'],
    ] as const) {
      const answer = await tell(desk, id, command, body);
      expect(answer.statusCode, command).toBe(status);
      expect(answer.json<{ errors: { path: string }[] }>().errors[0]?.path).toBe(path);
    }
  });

  it('to a ticket of nobody is 404, and to a closed one 409', async () => {
    expect((await tell(desk, '0000-0000-0000', 'solve')).json()).toMatchObject({ status: 404 });
    const { id } = await handIn(desk);
    const { id: target } = await handIn(desk);
    await tell(desk, id, 'merge', { into: target });
    await desk.app.parts.temporal.client.workflow.getHandle(ticketWorkflowId(id)).result();
    expect((await tell(desk, id, 'solve')).json()).toMatchObject({
      status: 409,
      detail: 'The ticket is closed, and a closed ticket cannot change.',
    });
  });
});

describe('a command repeated with its Idempotency-Key', () => {
  it('is carried out once and answered alike', async () => {
    const { id } = await handIn(desk);
    const send = () => desk.call('POST', `/v1/tickets/${id}/hold`, {}, { 'idempotency-key': 'hold' });
    const answers = await Promise.all([send(), send(), send()]);
    const later = await send();
    for (const answer of answers) expect(answer.json()).toMatchObject({ status: 'on-hold' });
    expect(later.body).toBe(answers[0]?.body);
    expect(answers.filter((a) => a.headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    expect(later.headers['idempotency-replayed']).toBe('true');
    await vi.waitFor(async () => {
      const events = await desk.call('GET', `/v1/tickets/${id}/events?type=ticket.status-changed`);
      expect(events.json<Events>().data).toHaveLength(1);
    }, 20_000);
  });

  it('is refused where the key was used for something else', async () => {
    const { id } = await handIn(desk);
    const headers = { 'idempotency-key': 'one' };
    expect((await desk.call('POST', `/v1/tickets/${id}/level`, { level: 2 }, headers)).statusCode).toBe(200);
    for (const [command, body] of [
      ['level', { level: 3 }],
      ['solve', {}],
    ] as const) {
      const answer = await desk.call('POST', `/v1/tickets/${id}/${command}`, body, headers);
      expect(answer.json()).toMatchObject({ status: 422, errors: [{ path: 'headers.idempotency-key' }] });
    }
  });
});

it('counts commands by what became of them', async () => {
  const { body } = await desk.call('GET', '/metrics');
  expect(body).toMatch(/vigil_ticket_commands_total\{command="hold",outcome="done"\} [1-9]/);
  expect(body).toMatch(/vigil_ticket_commands_total\{command="hold",outcome="repeated"\} [1-9]/);
  expect(body).toMatch(/vigil_ticket_commands_total\{command="reopen",outcome="refused"\} [1-9]/);
  expect(body).toMatch(/vigil_ticket_commands_total\{command="solve",outcome="not-running"\} [1-9]/);
});
