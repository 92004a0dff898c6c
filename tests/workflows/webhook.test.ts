import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { deliveriesWait, webhookWorkflowId } from '../../workflows/messages.ts';
import { type MemoryDesk, startMemoryDesk } from '../support/desk-in-memory.ts';

const hour = 3_600_000;

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

let webhook = '';
let turns = 0;
beforeEach(() => {
  webhook = `whk_${randomUUID()}`;
  turns = 0;
});

const waiting = { next: null, giveUp: null };
const begin = () =>
  desk.client.workflow.signalWithStart('webhook', {
    workflowId: webhookWorkflowId(desk.taskQueue, webhook),
    taskQueue: desk.taskQueue,
    args: [{ webhook }],
    signal: deliveriesWait,
  });
const turn = (count: number) => vi.waitFor(() => expect(turns).toBeGreaterThanOrEqual(count), 10_000);

describe('what delivers to a webhook', () => {
  it('ends once nothing waits, and begins again when something does', async () => {
    desk.behaviour.deliverWebhook = async () => {
      turns += 1;
      return waiting;
    };
    await (await begin()).result();
    const before = turns;
    await (await begin()).result();
    expect(turns).toBeGreaterThan(before);
  });

  it('looks again for what comes while it delivers', async () => {
    let go = (): void => undefined;
    desk.behaviour.deliverWebhook = async () => {
      turns += 1;
      if (turns === 1) await new Promise<void>((resolve) => (go = resolve));
      return waiting;
    };
    const handle = await begin();
    await turn(1);
    await handle.signal(deliveriesWait);
    go();
    await handle.result();
    expect(turns).toBe(2);
  });

  it('waits for the next attempt, and is woken before', async () => {
    desk.behaviour.deliverWebhook = async ({ now }) => {
      turns += 1;
      return turns === 1 ? { next: now + hour, giveUp: null } : waiting;
    };
    const handle = await begin();
    await turn(1);
    const { raw } = await handle.describe();
    expect(raw.workflowExecutionInfo?.status).toBe(1);
    await handle.signal(deliveriesWait);
    await handle.result();
    expect(turns).toBe(2);
  });

  it('has it switched off and everybody told, whoever cannot be', async () => {
    const told: string[] = [];
    desk.behaviour.deliverWebhook = async () => {
      turns += 1;
      return turns === 1 ? { next: Date.now(), giveUp: 'gone' } : waiting;
    };
    desk.behaviour.giveUpWebhook = async ({ reason }) =>
      ['usr_1', 'usr_2'].map((user) => ({
        ...{ id: user, user, contact: 'mail1', title: reason, text: '', data: { type: 'off' } },
      }));
    desk.behaviour.announce = async ({ id, title }) => {
      told.push(`${id} ${title}`);
      return 'told';
    };
    await (await begin()).result();
    expect(told.toSorted()).toEqual(['usr_1 gone', 'usr_2 gone']);
  });
});
