import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject, vi } from 'vitest';
import { openActivities } from '../../activities/index.ts';
import { apply } from '../../cli/apply.ts';
import { loadConfig } from '../../config/environment.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { Directory } from '../../db/directory.ts';
import type { TicketRow } from '../../domain/events.ts';
import { createWorker } from '../../worker/create.ts';
import { ticketWorkflowId, ticketWorkflowType, type TicketInput } from '../../workflows/messages.ts';
import { ticketInput } from '../domain/ticket-fixtures.ts';
import { startPageReceiver, type PageReceiver } from '../support/page-receiver.ts';
import { freshDatabase } from '../support/servers.ts';
import { skippingConnection } from '../support/time-skipping.ts';

export interface RecordedEvent {
  readonly type: string;
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A desk as an example file describes it, with its worker, whose tickets live through weeks in seconds. */
export interface ExampleDesk {
  readonly database: Database;
  readonly directory: Directory;
  readonly receiver: PageReceiver;
  /** The id of whom or what the file calls by this name, or by this email. */
  readonly idOf: (name: string) => string;
  readonly nameOf: (id: string) => string;
  /** Begins a ticket at an instant to come, and gives its id. It skips all the time in which it waits. */
  readonly arrive: (at: number, input: Partial<TicketInput>) => Promise<string>;
  /** Resolves when each ticket has an incident that has an event of this type. */
  readonly incidents: (tickets: readonly string[], type: string) => Promise<void>;
  readonly ticket: (id: string) => Promise<Pick<TicketRow, 'assignee' | 'createdAt'>>;
  readonly timeline: (ticket: string) => Promise<RecordedEvent[]>;
  readonly stop: () => Promise<void>;
}

const secret = 'a secret for scenarios';
let count = 0;

export async function startExampleDesk(example: string): Promise<ExampleDesk> {
  const receiver = await startPageReceiver(secret);
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url);
  const taskQueue = `scenario-${randomBytes(4).toString('hex')}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'vigil-scenario-'));
  const env = { TEMPORAL_ADDRESS: inject('temporalAddress'), VIGIL_TASK_QUEUE: taskQueue, VIGIL_DATA_DIR: folder };
  const config = { ...loadConfig({ ...env, DATABASE_URL: fresh.url }), databaseUrl: fresh.url };
  const text = await readFile(new URL(`../../examples/${example}.yaml`, import.meta.url), 'utf8');
  const file = path.join(folder, `${example}.yaml`);
  // The addresses of the file stand for a pager on this machine: here it is one.
  await writeFile(file, text.replaceAll(/http:\/\/127\.0\.0\.1:9900\/[\w/-]+/g, receiver.url));
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  if ((await apply(config, [file], { say, complain: say })) !== 0) throw new Error(said.join('\n'));

  const directory = await Directory.open(database, { pollMs: 200 });
  const connection = await skippingConnection(inject('temporalAddress'));
  const native = await NativeConnection.connect({ address: inject('temporalAddress') });
  const client = new Client({ connection });
  const { activities, close } = openActivities({ config, database, directory, client, secret });
  const worker = await createWorker({
    connection: native,
    namespace: 'default',
    taskQueue,
    bundlePath: inject('workflowBundlePath'),
    activities,
  });
  const running = worker.run();
  const started: string[] = [];

  const named = new Map(
    [...directory.users(), ...directory.teams(), ...directory.schedules()].flatMap((thing) => [
      [thing.name, thing.id] as const,
      ...('email' in thing ? [[thing.email, thing.id] as const] : []),
    ]),
  );

  async function query<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    return (await database.pool.query<R>(text, [...values])).rows;
  }

  return {
    database,
    directory,
    receiver,
    idOf: (name) => {
      const id = named.get(name);
      if (id === undefined) throw new Error(`the example has no ${name}`);
      return id;
    },
    nameOf: (id) => directory.user(id)?.name ?? id,
    arrive: async (at, more) => {
      const id = `S${String(++count).padStart(3, '0')}${randomBytes(4).toString('hex').toUpperCase()}`;
      const draft = ticketInput({ ...more, id, receivedAt: at });
      const sla = directory.termsFor(draft, undefined, at);
      const args = [{ input: { ...draft, sla, seeksOwner: true as const } }];
      const workflowId = ticketWorkflowId(id);
      started.push(workflowId);
      const startDelay = Math.max(0, at - Date.now());
      await client.workflow.start(ticketWorkflowType, { workflowId, taskQueue, args, startDelay });
      return id;
    },
    incidents: (tickets, type) =>
      vi.waitFor(
        async () => {
          const rows = await query<{ ticket: string }>(
            'select distinct ticket from events where type = $1 and ticket = any($2)',
            [type, [...tickets]],
          );
          if (rows.length < tickets.length) throw new Error(`${rows.length} of ${tickets.length} have ${type}`);
        },
        { timeout: 240_000, interval: 500 },
      ),
    ticket: async (id) => {
      const [row] = await query<{ assignee: string | null; created_at: Date }>(
        'select assignee, created_at from tickets where id = $1',
        [id],
      );
      if (row === undefined) throw new Error(`ticket ${id} is not there`);
      return { assignee: row.assignee, createdAt: new Date(row.created_at).getTime() };
    },
    timeline: async (id) => {
      const rows = await query<{ type: string; at: Date; data: Record<string, unknown> }>(
        "select type, at, data from events where ticket = $1 and stream like 'incident/%' order by stream, seq",
        [id],
      );
      return rows.map(({ type, at, data }) => ({ type, at: new Date(at).getTime(), data }));
    },
    stop: async () => {
      for (const workflowId of started) {
        await client.workflow
          .getHandle(workflowId)
          .terminate()
          .catch(() => undefined);
      }
      const left = client.workflow.list({ query: `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running'` });
      for await (const { workflowId } of left) {
        await client.workflow
          .getHandle(workflowId)
          .terminate()
          .catch(() => undefined);
      }
      worker.shutdown();
      await running;
      close();
      await directory.close();
      await native.close();
      await connection.close();
      await database.close();
      await fresh.drop();
      await receiver.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
