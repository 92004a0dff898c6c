import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { OnCall } from '../domain/on-call.ts';
import type { RotationLayer } from '../domain/schedule.ts';
import { incidentStartOptions } from '../workflows/incident-start.ts';
import { incidentWorkflowId, incidentWorkflowType, type IncidentInput } from '../workflows/messages.ts';
import { create } from './breaches.ts';
import { heading, load, type Measured, quantile, row, until } from './measure.ts';

const day = 24 * 60 * 60 * 1000;
const people = ['ann', 'bob', 'cleo', 'dan', 'eve'];

/** As a desk has them: a weekly rotation, nights, office hours that are shared fairly, and weekends by the month. */
function layersFrom(start: string): RotationLayer[] {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
  const rotation = (type: RotationLayer['rotation']['type']) => ({ type, shiftLength: 1, start });
  return [
    { rotation: rotation('weekly'), participants: people },
    { rotation: rotation('daily'), participants: people, restrictions: [{ days, from: '22:00', to: '06:00' }] },
    {
      rotation: rotation('daily'),
      participants: people,
      fair: true,
      restrictions: [{ days, from: '09:00', to: '17:00' }],
    },
    {
      rotation: rotation('monthly'),
      participants: people,
      restrictions: [{ days: ['sat', 'sun'], from: '00:00', to: '24:00' }],
    },
  ];
}

/** Who is on call, asked of memory and by HTTP; and the preview of a year. */
export async function duty(stack: Measured): Promise<void> {
  heading('Who is on call, 1,000 schedules of four layers');
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];
  const schedules = Array.from({ length: 1000 }, (_, i) => {
    const start = new Date(Date.UTC(2026, 0, 1 + (i % 28), 8)).toISOString();
    return new OnCall({ timeZone: zones[i % zones.length] as string, layers: layersFrom(start) });
  });
  const now = Date.now();
  const ask = async (at: number) => (await load(schedules.length, 1, async (i) => schedules[i]?.at(at))).each;
  const idle = (await load(schedules.length, 1, async () => undefined)).each;
  const [first, again] = [await ask(now), await ask(now + day)];
  row('first asked, p50 and p99, ms', spread(first), `nothing at all ${spread(idle)}; aim under 1`);
  row('asked again, p50 and p99, ms', spread(again), `nothing at all ${spread(idle)}; aim under 1`);

  const schedule = { timeZone: 'Europe/Berlin', layers: layersFrom('2026-01-01T08:00:00Z') };
  const body = { schedule, from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
  const timed = async (method: string, path: string, content?: object) =>
    (await load(100, 1, async () => (await stack.request(method, path, content)).text())).each;
  const empty = await timed('GET', '/healthz');
  row(
    'a year’s preview by HTTP, p50 and p99, ms',
    spread(await timed('POST', '/v1/schedules/preview', body)),
    `an empty answer ${spread(empty)}; aim 20`,
  );
}

/** Acknowledging one of many open incidents, beside the same with few. */
export async function acknowledging(stack: Measured, open: number, acknowledged: number): Promise<void> {
  heading(`Acknowledging one of ${open} open incidents`);
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const client = new Client({ connection });
  const user = await create(stack, '/v1/users', {
    name: 'Nobody',
    email: `n-${Date.now()}@example.com`,
    role: 'agent',
  });
  // The worker's copy of the desk is at most two seconds old.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const few = await openIncidents(stack, client, acknowledged, user.id);
  const lanes = [1, 4];
  const alone = await acknowledge(stack, few, lanes);
  const many = await openIncidents(stack, client, open, user.id);
  const among = await acknowledge(stack, many.slice(0, acknowledged), lanes);
  for (const [i, atOnce] of lanes.entries()) {
    const [own, baseline] = [among[i] ?? [], alone[i] ?? []];
    row(
      `${atOnce} at once, p50 and p99, ms`,
      spread(own),
      `with ${acknowledged} open ${spread(baseline)}; aim under 200`,
    );
  }
  await connection.close();
}

async function openIncidents(stack: Measured, client: Client, count: number, user: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => `BENCH${randomBytes(5).toString('hex').toUpperCase()}-A1`);
  await load(count, 24, async (i) => {
    const id = ids[i] as string;
    const subject = {
      ticket: null,
      reason: 'Bench',
      dueAt: Date.now(),
      priority: 'low',
      level: 1,
      team: null,
    } as const;
    const input: IncidentInput = {
      id,
      subject: { ...subject, assignee: null },
      policy: { steps: [{ targets: [{ type: 'user', user }], ackTimeoutMs: day }], rounds: 1 },
      asksDesk: true,
      policyGiven: true,
    };
    const workflowId = incidentWorkflowId(id);
    const options = { workflowId, taskQueue: 'vigil', args: [input], ...incidentStartOptions(input) };
    await client.workflow.start(incidentWorkflowType, options);
  });
  await untilPaged(stack, ids);
  return ids;
}

/** All of them wait for somebody: whom they page has no contacts. */
async function untilPaged(stack: Measured, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await until(`incident ${id} to wait`, 1_200_000, async () => {
      const response = await stack.request('GET', `/v1/incidents/${id}`);
      const { timeline = [] } = (await response.json()) as { timeline?: { type: string }[] };
      return timeline.some(({ type }) => type === 'incident.responders-unreachable');
    });
  }
}

/** An equal share of them for each number of lanes. */
async function acknowledge(stack: Measured, ids: readonly string[], lanes: readonly number[]): Promise<number[][]> {
  const share = Math.floor(ids.length / lanes.length);
  const latencies: number[][] = [];
  for (const [part, atOnce] of lanes.entries()) {
    const { each } = await load(share, atOnce, async (i) => {
      const response = await stack.request('POST', `/v1/incidents/${ids[part * share + i]}/acknowledge`);
      if (response.status !== 200) throw new Error(`acknowledge was answered with ${response.status}`);
      await response.text();
    });
    latencies.push(each);
  }
  return latencies;
}

function spread(values: readonly number[]): string {
  const digits = quantile(values, 0.99) < 10 ? 3 : 0;
  return `${quantile(values, 0.5).toFixed(digits)} and ${quantile(values, 0.99).toFixed(digits)}`;
}
