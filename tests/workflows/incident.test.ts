import { ApplicationFailure } from '@temporalio/common';
import { Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { StepAnswer, StepQuestion } from '../../activities/escalation.ts';
import type { NobodyLeft } from '../../activities/paging.ts';
import { builtInPolicy } from '../../domain/escalation.ts';
import {
  incidentUpdates,
  incidentWorkflowId,
  incidentWorkflowType,
  type IncidentCommandType,
  type IncidentInput,
} from '../../workflows/messages.ts';
import { agent, start } from '../domain/ticket-fixtures.ts';
import { startMemoryDesk, type MemoryDesk } from '../support/desk-in-memory.ts';
import { fastForward } from '../support/time-skipping.ts';

let connection: Connection;
let desk: MemoryDesk;
beforeAll(async () => {
  connection = await Connection.connect({ address: inject('temporalAddress') });
  desk = await startMemoryDesk(connection);
});
const open: string[] = [];
afterEach(async () => {
  for (const id of open.splice(0)) await desk.client.workflow.getHandle(incidentWorkflowId(id)).terminate();
});
afterAll(async () => {
  await desk.stop();
  await connection.close();
});

const webhook = (user: string) => ({ user, contacts: [{ contact: 'webhook1', channel: 'webhook' as const }] });
const minutes = (n: number) => n * 60_000;
const policy = {
  name: 'Line one',
  steps: [
    { targets: [{ type: 'schedule' as const, schedule: 'sch_1' }], ackTimeoutMs: minutes(5) },
    { targets: [{ type: 'manager' as const }], ackTimeoutMs: minutes(10) },
  ],
  rounds: 1,
  resolveTimeoutMs: minutes(60),
};

let count = 0;

/** An incident whose time only the test moves, and what it asks is answered by `step`. */
async function begin(step: (question: StepQuestion) => StepAnswer): Promise<string> {
  const id = `TEST${++count}-FR1`;
  const ticket = `TEST${count}`;
  desk.behaviour.escalationStep = async (question) => step(question);
  const subject = { ticket, reason: 'First reply breached', dueAt: start, priority: 'normal', level: 1 } as const;
  const input: IncidentInput = {
    id,
    subject: { ...subject, team: 'team_1', assignee: agent.id },
    policy: builtInPolicy(minutes(1), 1),
    asksDesk: true,
  };
  const workflowId = incidentWorkflowId(id);
  await desk.client.workflow.start(incidentWorkflowType, { workflowId, taskQueue: desk.taskQueue, args: [input] });
  open.push(id);
  return id;
}

const pass = (id: string, m: number) => fastForward(desk.client, incidentWorkflowId(id), minutes(m));
const pages = (id: string) => desk.pages.filter((page) => page.incident === id).map((p) => `${p.user} ${p.contact}`);
const timeline = (id: string) => desk.archive.get(`incident/${id}`) ?? [];
const recorded = (id: string, type: string) =>
  vi.waitFor(() => expect(timeline(id).map((e) => e.type)).toContain(type), 20_000);

async function tell(id: string, type: IncidentCommandType): Promise<void> {
  const base = { actor: agent, cause: `${type}-1`, requestHash: type, receivedAt: Date.now() };
  const args = [type === 'snooze' ? { ...base, type, until: Date.now() } : { ...base, type, user: 'usr_x' }];
  await desk.client.workflow
    .getHandle(incidentWorkflowId(id))
    .executeUpdate(incidentUpdates[type], { args: args as never });
}

describe('an incident', () => {
  it('goes by the policy that the desk has for it, asked once, and asks who is on call at its own time', async () => {
    const questions: StepQuestion[] = [];
    const id = await begin((question) => {
      questions.push(question);
      return question.choosesPolicy
        ? { policy, responders: [webhook('usr_duty'), { ...webhook('usr_robin'), copy: true }] }
        : { responders: [webhook('usr_boss')] };
    });
    await recorded(id, 'incident.paged');
    await pass(id, 4);
    expect(pages(id)).toEqual(['usr_duty webhook1', 'usr_robin webhook1']);
    await pass(id, 2);
    expect(pages(id).at(-1)).toBe('usr_boss webhook1');
    expect(questions.map((q) => q.choosesPolicy)).toEqual([true, false]);
    expect((questions[1]?.at ?? 0) - (questions[0]?.at ?? 0)).toBeGreaterThanOrEqual(minutes(5));
    expect((questions[1]?.at ?? 0) - (questions[0]?.at ?? 0)).toBeLessThan(minutes(6));
    const escalated = timeline(id).filter((e) => e.type === 'incident.escalated');
    expect(escalated.map((e) => e.data)).toEqual([
      { step: 1, round: 1, policy: 'Line one', responders: ['usr_duty'] },
      { step: 2, round: 1, policy: 'Line one', responders: ['usr_boss'] },
    ]);
    const copy = timeline(id).find((e) => e.type === 'incident.paged' && e.data['user'] === 'usr_robin');
    expect(copy?.data).toMatchObject({ copy: true });
  });

  it('falls to the next step at once where nobody is on duty, and says so', async () => {
    const id = await begin(({ choosesPolicy }) =>
      choosesPolicy ? { policy, responders: [] } : { responders: [webhook('usr_boss')] },
    );
    await recorded(id, 'incident.paged');
    expect(timeline(id).map((e) => e.type)).toEqual([
      'incident.triggered',
      'incident.step-without-responder',
      'incident.escalated',
      'incident.paged',
    ]);
  });

  it('that is acknowledged and not resolved in time escalates again, and again after the last step', async () => {
    const id = await begin(({ choosesPolicy }) => ({
      ...(choosesPolicy && { policy }),
      responders: [webhook(choosesPolicy ? 'usr_duty' : 'usr_next')],
    }));
    await recorded(id, 'incident.paged');
    await tell(id, 'acknowledge');
    await pass(id, 59);
    expect(pages(id)).toHaveLength(1);
    await pass(id, 2);
    expect(pages(id)).toEqual(['usr_duty webhook1', 'usr_next webhook1']);
    await tell(id, 'acknowledge');
    await pass(id, 61);
    expect(pages(id)).toHaveLength(3);
    const lapses = timeline(id).filter((e) => e.type === 'incident.unresolved-in-time');
    expect(lapses.map((e) => e.data)).toEqual([
      { step: 1, round: 1 },
      { step: 2, round: 1 },
    ]);
    expect(timeline(id).at(-1)?.changes?.incident).toMatchObject({ status: 'triggered', step: 1, round: 2 });
  });

  it('goes on with the policy that follows, with rounds counted on, and says aloud that nobody is left', async () => {
    const left: NobodyLeft[] = [];
    desk.behaviour.sayNobodyLeft = async (said) => `${left.push(said)}`;
    const one = { steps: policy.steps.slice(0, 1), rounds: 1 };
    const id = await begin(({ choosesPolicy }) => ({
      ...(choosesPolicy && { policy: { ...one, next: { ...one, name: 'Line two', rounds: 2 } } }),
      responders: [webhook('usr_duty')],
    }));
    await recorded(id, 'incident.paged');
    await pass(id, 30);
    await recorded(id, 'incident.nobody-left');
    await vi.waitFor(() => expect(left.map((l) => [l.incident, l.round])).toEqual([[id, 3]]), 20_000);
    const keys = desk.pages.filter((page) => page.incident === id).map((page) => page.dedupKey);
    expect(keys).toEqual([1, 2, 3].map((round) => `${id}:1:${round}:usr_duty:webhook1`));
  });

  it('pages by a person’s rules: one after the other, the next at once where the first can never get through', async () => {
    const contacts = [
      { contact: 'slack1', channel: 'slack' as const },
      { contact: 'sms2', channel: 'sms' as const, afterMs: minutes(2) },
      { contact: 'voice3', channel: 'voice' as const, afterMs: minutes(4) },
    ];
    const { page } = desk.behaviour;
    const id = await begin(() => ({ policy, responders: [{ user: 'usr_duty', contacts }] }));
    await recorded(id, 'incident.paged');
    expect(pages(id)).toEqual(['usr_duty slack1']);
    await pass(id, 3);
    expect(pages(id)).toEqual(['usr_duty slack1', 'usr_duty sms2']);
    await tell(id, 'acknowledge');
    await pass(id, 5);
    expect(pages(id)).toHaveLength(2);

    desk.behaviour.page = async (request) => {
      if (request.contact === 'slack1') throw ApplicationFailure.nonRetryable('channel_not_found', 'Undeliverable');
      return page(request);
    };
    const second = await begin(() => ({ policy, responders: [{ user: 'usr_duty', contacts }] }));
    await recorded(second, 'incident.paged');
    desk.behaviour.page = page;
    expect(pages(second)).toEqual(['usr_duty sms2']);
    const failed = timeline(second).find((e) => e.type === 'incident.page-failed');
    expect(failed?.data).toMatchObject({ channel: 'slack', answer: 'channel_not_found' });
  });
});
