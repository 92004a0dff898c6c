import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { heading, load, median, quantile, row, settled, until, type Measured } from './measure.ts';

const lanes = 24;
const rounds = 5;

/** Tickets accepted per second, against the least that starting a workflow costs; the two in turns. */
export async function throughput(stack: Measured, perRound: number): Promise<void> {
  heading(`Accepting tickets: ${rounds} rounds of ${perRound}, ${lanes} at once, in turns with bare starts`);
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const client = new Client({ connection });
  const taskQueue = 'bench-bare';
  const script = fileURLToPath(new URL('./bare-worker.ts', import.meta.url));
  const worker = spawn(process.execPath, ['--import', 'tsx', script, stack.temporalAddress, taskQueue], {
    stdio: 'ignore',
  });
  const bareStart = (i: number): Promise<unknown> =>
    client.workflow.start('bareTimer', { workflowId: `bare-${process.pid}-${performance.now()}-${i}`, taskQueue });
  await load(50, lanes, bareStart);
  await load(50, lanes, (i) => handIn(stack, i));

  const bare: Round[] = [];
  const tickets: Round[] = [];
  for (let i = 0; i < rounds; i++) {
    bare.push(await oneRound(perRound, bareStart));
    tickets.push(await oneRound(perRound, (n) => handIn(stack, n)));
  }
  worker.kill('SIGTERM');
  const ratios = tickets.map((t, i) => t.perSecond / (bare[i]?.perSecond ?? 1));
  const show = (of: (r: Round) => number, digits: number): [string, string] => [
    median(tickets.map(of)).toFixed(digits),
    `bare start ${median(bare.map(of)).toFixed(digits)}`,
  ];
  row('accepted per second', ...show((r) => r.perSecond, 0));
  row(
    'the ratio, round by round',
    median(ratios).toFixed(2),
    `from ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; aim 0.8`,
  );
  row('p50 of one request, ms', ...show((r) => quantile(r.each, 0.5), 0));
  row('p99 of one request, ms', ...show((r) => quantile(r.each, 0.99), 0));
  row('told to come again', String(refusals), 'none, on an idle machine');
  await connection.close();
}

interface Round {
  readonly perSecond: number;
  readonly each: number[];
}

async function oneRound(count: number, work: (i: number) => Promise<unknown>): Promise<Round> {
  const { each, total } = await load(count, lanes, work);
  return { perSecond: (count * 1000) / total, each };
}

let refusals = 0;

/** As a careful client does it: who is told to come again comes again, with the same key. */
async function post(stack: Measured, path: string, body: object): Promise<string> {
  const key = { 'idempotency-key': randomUUID() };
  for (;;) {
    const response = await stack.request('POST', path, body, key);
    const answer = await response.text();
    if (response.ok) return answer;
    if (response.status !== 503) throw new Error(`${path} was answered with ${response.status}: ${answer}`);
    refusals++;
  }
}

export async function handIn(stack: Measured, i: number, more: object = {}): Promise<string> {
  const answer = await post(stack, '/v1/tickets', {
    subject: `The printer on floor ${i} is on fire`,
    body: 'It has been burning since this morning, and the fax begins to smoke as well.',
    requester: { email: `customer${i}@example.com`, name: `Customer ${i}` },
    ...more,
  });
  return (JSON.parse(answer) as { id: string }).id;
}

/** Whole lives: handed in, answered, solved. */
export async function lives(stack: Measured, count: number): Promise<void> {
  heading(`Whole lives: ${count} tickets handed in, answered and solved, ${lanes} at once`);
  await settled(stack);
  refusals = 0;
  const { each, total } = await load(count, lanes, async (i) => {
    const id = await handIn(stack, i);
    await tell(stack, id, 'messages', { author: 'agent', body: 'Use the extinguisher beside it.' });
    await tell(stack, id, 'solve', {});
  });
  row('lives per second', ((count * 1000) / total).toFixed(1), 'a sketch of the same life: 21');
  row('p50 and p99 of one life, ms', `${quantile(each, 0.5).toFixed(0)} and ${quantile(each, 0.99).toFixed(0)}`, '');
  row('told to come again', String(refusals), 'none, where the worker keeps up');
}

async function tell(stack: Measured, id: string, what: string, body: object): Promise<void> {
  await post(stack, `/v1/tickets/${id}/${what}`, body);
}

/** What one life costs in history, and what Temporal would charge for. */
export async function cost(stack: Measured): Promise<void> {
  heading('The price of one life: handed in, answered once, solved, closed');
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const client = new Client({ connection });
  const id = await handIn(stack, 0);
  await tell(stack, id, 'messages', { author: 'agent', body: 'Use the extinguisher beside it.' });
  await tell(stack, id, 'solve', {});
  const handle = client.workflow.getHandle(`ticket/${id}`);
  await until('the ticket to close', 60_000, async () => (await handle.describe()).status.name === 'COMPLETED');
  const { historyLength, raw } = await handle.describe();
  const events = (await handle.fetchHistory()).events ?? [];
  // A start, each timer, update and change of search attributes; local activities in one task count as one.
  const charged = [
    'WorkflowExecutionStarted',
    'TimerStarted',
    'WorkflowExecutionUpdateAccepted',
    'UpsertWorkflowSearchAttributes',
    'MarkerRecorded',
  ];
  const actions = events.filter((e) =>
    charged.some((name) => e[`${name[0]?.toLowerCase()}${name.slice(1)}EventAttributes` as keyof typeof e]),
  ).length;
  row('history events', String(historyLength), 'aim at most 30');
  row('state transitions', String(raw.workflowExecutionInfo?.stateTransitionCount ?? '?'), '');
  row('billable actions, as counted from the history', String(actions), '');
  row('history, bytes', String(raw.workflowExecutionInfo?.historySizeBytes ?? '?'), '');
  await connection.close();
}
