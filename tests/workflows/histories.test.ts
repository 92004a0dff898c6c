import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { describe, expect, inject, it, vi } from 'vitest';
import type { Delivered } from '../../activities/webhooks.ts';
import { builtInPolicy } from '../../domain/escalation.ts';
import { deliveriesWait, incidentWorkflowId, ticketWorkflowId, webhookWorkflowId } from '../../workflows/messages.ts';
import { aroundTheClock, customerMessage, reply } from '../domain/ticket-fixtures.ts';
import { startMemoryDesk, type MemoryDesk } from '../support/desk-in-memory.ts';

const folder = fileURLToPath(new URL('../histories/', import.meta.url));
mkdirSync(folder, { recursive: true });
const files = readdirSync(folder).filter((file) => file.endsWith('.pb'));
const { History } = proto.temporal.api.history.v1;

const replay = (history: Uint8Array): Promise<void> =>
  Worker.runReplayHistory(
    { workflowBundle: { codePath: inject('workflowBundlePath') }, replayName: 'history' },
    History.decode(history),
    'replayed',
  );

describe('histories of tickets and incidents that ran before', () => {
  it.each(files)('%s replays with the workflows of today', async (file) => {
    await replay(readFileSync(`${folder}${file}`));
  });

  it('a history that the workflows of today would not make is noticed', async () => {
    const file = files.find((name) => name.includes('escalation-ticket')) ?? '';
    const history = History.decode(readFileSync(`${folder}${file}`));
    for (const { startChildWorkflowExecutionInitiatedEventAttributes: child } of history.events) {
      if (child) child.workflowId = 'incident/another';
    }
    await expect(replay(History.encode(history).finish())).rejects.toThrow(/Nondeterminism/);
  });
});

/** Protocol buffers of `temporal.api.history.v1.History`, as the server sent them. */
const version = process.env['RECORD_HISTORIES'];

/** `npm run histories v2` keeps how the workflows run now; histories of earlier versions stay. */
describe.skipIf(version === undefined)('recording', () => {
  const quick = { ...aroundTheClock, targets: { ...aroundTheClock.targets, normal: { firstReply: 1000 } } };
  const lives: Record<string, (desk: MemoryDesk) => Promise<Record<string, string>>> = {
    life: async (desk) => {
      const id = await desk.start({ closeAfterMs: 500 });
      await desk.tell(id, reply('r1'));
      await desk.tell(id, customerMessage('c1'));
      await desk.tell(id, { type: 'hold' });
      await desk.tell(id, { type: 'changePriority', priority: 'urgent' });
      await desk.tell(id, { type: 'solve' });
      await desk.client.workflow.getHandle(ticketWorkflowId(id)).result();
      return { ticket: ticketWorkflowId(id) };
    },
    escalation: async (desk) => {
      const id = await desk.start({ sla: quick, escalation: builtInPolicy(300, 2), closeAfterMs: 500 });
      await vi.waitFor(() => expect(desk.pages.filter((p) => p.ticket === id).length).toBeGreaterThan(3), 20_000);
      await desk.tell(id, { type: 'acknowledge' });
      await desk.tell(id, reply('r1'));
      await desk.tell(id, { type: 'solve' });
      const incident = incidentWorkflowId(`${id}-FR1`);
      await desk.client.workflow.getHandle(incident).result();
      await desk.client.workflow.getHandle(ticketWorkflowId(id)).result();
      return { ticket: ticketWorkflowId(id), incident };
    },
    outage: async (desk) => {
      const { record } = desk.behaviour;
      desk.behaviour.record = async () => {
        throw ApplicationFailure.create({ type: 'Database', message: 'away' });
      };
      const id = await desk.start({ closeAfterMs: 500 });
      await desk.tell(id, reply('r1'));
      desk.behaviour.record = record;
      await desk.tell(id, { type: 'solve' });
      await desk.client.workflow.getHandle(ticketWorkflowId(id)).result();
      return { ticket: ticketWorkflowId(id) };
    },
    merge: async (desk) => {
      const target = await desk.start({ closeAfterMs: 500 });
      await desk.tell(target, reply('r1'));
      const source = await desk.start();
      await desk.tell(source, { type: 'merge', into: target });
      await desk.client.workflow.getHandle(ticketWorkflowId(source)).result();
      await desk.tell(target, { type: 'solve' });
      await desk.client.workflow.getHandle(ticketWorkflowId(target)).result();
      return { source: ticketWorkflowId(source), target: ticketWorkflowId(target) };
    },
    continued: async (desk) => {
      const id = await desk.start({ closeAfterMs: 500 }, { historyLimit: 10 });
      await desk.tell(id, reply('r1'));
      await desk.tell(id, customerMessage('c1'));
      await desk.tell(id, { type: 'solve' });
      await desk.client.workflow.getHandle(ticketWorkflowId(id)).result();
      return { ticket: ticketWorkflowId(id) };
    },
    hindsight: async (desk) => {
      const id = await desk.start({ closeAfterMs: 500 });
      await desk.tell(id, { type: 'solve' });
      await desk.tell(id, { type: 'rate', rating: 'good', comment: 'Quick.' });
      await desk.tell(id, customerMessage('c1'));
      await desk.tell(id, { type: 'rate', rating: 'bad', comment: null });
      const annotation = { kind: 'product', difficulty: 2, minutes: 15, note: null } as const;
      await desk.tell(id, { type: 'annotate', annotation });
      await desk.tell(id, { type: 'linkBug', bug: { url: 'https://bugs.example.com/1', title: null } });
      await desk.tell(id, { type: 'unlinkBug', url: 'https://bugs.example.com/1' });
      await desk.tell(id, { type: 'solve' });
      await desk.client.workflow.getHandle(ticketWorkflowId(id)).result();
      return { ticket: ticketWorkflowId(id) };
    },
    webhook: async (desk) => {
      const notice = { id: 'off', user: 'usr_1', contact: 'mail1', title: 'Off', text: 'Off.', data: { type: 'off' } };
      desk.behaviour.giveUpWebhook = async () => [notice];
      const turns: Delivered[] = [
        { next: Date.now(), giveUp: null },
        { next: Date.now() + 500, giveUp: null },
        { next: Date.now() + 3_600_000, giveUp: null },
        { next: Date.now(), giveUp: 'gone' },
      ];
      desk.behaviour.deliverWebhook = async () => turns.shift() ?? { next: null, giveUp: null };
      const workflowId = webhookWorkflowId(desk.taskQueue, 'whk_1');
      const handle = await desk.client.workflow.start('webhook', {
        ...{ workflowId, taskQueue: desk.taskQueue },
        args: [{ webhook: 'whk_1' }],
      });
      await vi.waitFor(() => expect(turns).toHaveLength(1), 20_000);
      await handle.signal(deliveriesWait);
      await handle.result();
      return { itself: workflowId };
    },
  };

  it.each(Object.keys(lives))('%s', async (name) => {
    const connection = await Connection.connect({ address: inject('temporalAddress') });
    const desk = await startMemoryDesk(connection);
    for (const [what, workflowId] of Object.entries((await lives[name]?.(desk)) ?? {})) {
      const history = await desk.client.workflow.getHandle(workflowId).fetchHistory();
      writeFileSync(`${folder}${version}-${name}-${what}.pb`, History.encode(history).finish());
    }
    await desk.stop();
    await connection.close();
  });
});
