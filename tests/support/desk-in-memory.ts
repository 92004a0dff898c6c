import { randomBytes } from 'node:crypto';
import { Client, type Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import type { AddressedNotice } from '../../activities/announce.ts';
import type { Responder, RespondersQuestion, StepAnswer, StepQuestion } from '../../activities/escalation.ts';
import type { Owner, OwnerQuestion } from '../../activities/ownership.ts';
import type { NobodyLeft, PageRequest } from '../../activities/paging.ts';
import type { Delivered, WebhookTurn } from '../../activities/webhooks.ts';
import type { ArchivedEvent, EventBatch, TicketRow } from '../../domain/events.ts';
import type { ReasonToGiveUp } from '../../domain/webhook.ts';
import { createWorker } from '../../worker/create.ts';
import {
  ticketUpdates,
  ticketWorkflowId,
  ticketWorkflowType,
  type TicketAnswer,
  type TicketInput,
} from '../../workflows/messages.ts';
import type { TicketArguments } from '../../workflows/ticket.ts';
import { command, ticketInput, type BareCommand } from '../domain/ticket-fixtures.ts';

/** A worker of one test, whose activities write to memory: what the workflows asked for can be looked at. */
export interface MemoryDesk {
  readonly client: Client;
  readonly taskQueue: string;
  /** Streams by name, each event once, in order. */
  readonly archive: Map<string, ArchivedEvent[]>;
  readonly pages: PageRequest[];
  /** Replaceable by a test: what `record`, `responders` and `page` do. */
  readonly behaviour: Behaviour;
  start(input?: Partial<TicketInput>, more?: Partial<TicketArguments>): Promise<string>;
  /** A command received at the workflow's own time, whatever that has come to. */
  tell(id: string, bare: BareCommand, updateId?: string): Promise<TicketAnswer>;
  row(id: string): TicketRow;
  events(stream: string): string[];
  stop(): Promise<void>;
}

export interface Behaviour {
  record: (batch: EventBatch) => Promise<void>;
  responders: (question: RespondersQuestion) => Promise<Responder[]>;
  escalationStep: (question: StepQuestion) => Promise<StepAnswer>;
  page: (page: PageRequest) => Promise<string>;
  findOwner: (question: OwnerQuestion) => Promise<Owner | null>;
  sayNobodyLeft: (left: NobodyLeft) => Promise<string>;
  deliverWebhook: (turn: WebhookTurn) => Promise<Delivered>;
  giveUpWebhook: (order: { webhook: string; reason: ReasonToGiveUp }) => Promise<AddressedNotice[]>;
  announce: (notice: AddressedNotice) => Promise<string>;
  openTime: (question: {
    calendar: string;
    from: number;
  }) => Promise<{ spans: [number, number][]; compiledUntil: number }>;
}

let count = 0;

export async function startMemoryDesk(connection: Connection): Promise<MemoryDesk> {
  const taskQueue = `test-${randomBytes(6).toString('hex')}`;
  const client = new Client({ connection });
  const archive = new Map<string, ArchivedEvent[]>();
  const pages: PageRequest[] = [];
  const behaviour: Behaviour = {
    record: async (batch) => {
      const known = archive.get(batch.stream) ?? [];
      archive.set(batch.stream, [...known, ...batch.events.filter((e) => e.seq > (known.at(-1)?.seq ?? 0))]);
    },
    responders: async ({ targets = [], user }) => {
      const users = user === undefined ? targets.map((t) => `usr_${t.type}`) : [user];
      return users.map((u) => ({ user: u, contacts: [{ contact: 'webhook1', channel: 'webhook' as const }] }));
    },
    escalationStep: async (question) => ({ responders: await behaviour.responders(question) }),
    page: async (page) => {
      pages.push(page);
      return 'HTTP 202';
    },
    findOwner: async () => null,
    sayNobodyLeft: async () => 'told',
    deliverWebhook: async () => ({ next: null, giveUp: null }),
    giveUpWebhook: async () => [],
    announce: async () => 'told',
    openTime: async ({ from }) => ({ spans: [], compiledUntil: from }),
  };
  const native = await NativeConnection.connect({ address: inject('temporalAddress') });
  const worker = await createWorker({
    connection: native,
    namespace: 'default',
    taskQueue,
    bundlePath: inject('workflowBundlePath'),
    activities: Object.fromEntries(
      (Object.keys(behaviour) as (keyof Behaviour)[]).map((name) => [name, (arg: never) => behaviour[name](arg)]),
    ),
  });
  const running = worker.run();
  return {
    client,
    taskQueue,
    archive,
    pages,
    behaviour,
    start: async (input = {}, more = {}) => {
      const id = input.id ?? `T${String(++count).padStart(3, '0')}${randomBytes(4).toString('hex').toUpperCase()}`;
      const args: TicketArguments = { input: ticketInput({ receivedAt: Date.now(), ...input, id }), ...more };
      const workflowId = ticketWorkflowId(id);
      await client.workflow.start(ticketWorkflowType, { workflowId, taskQueue, args: [args] });
      return id;
    },
    tell: (id, bare, updateId) => {
      const handle = client.workflow.getHandle(ticketWorkflowId(id));
      const args: [ReturnType<typeof command>] = [command(bare, Number.MAX_SAFE_INTEGER)];
      return handle.executeUpdate(ticketUpdates[bare.type], { args, ...(updateId !== undefined && { updateId }) });
    },
    row: (id) => {
      const changes = (archive.get(ticketWorkflowId(id)) ?? []).map((e) => e.changes?.ticket ?? {});
      return Object.assign({}, ...changes) as TicketRow;
    },
    events: (stream) => (archive.get(stream) ?? []).map((e) => e.type),
    stop: async () => {
      worker.shutdown();
      await running;
      await native.close();
    },
  };
}
