import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { OnCall } from '../domain/on-call.ts';
import type { RotationLayer } from '../domain/schedule.ts';
import { incidentStartOptions } from '../workflows/incident-start.ts';
import { incidentWorkflowId, incidentWorkflowType, type IncidentInput } from '../workflows/messages.ts';
import { create } from './breaches.ts';
import { heading, load, type Measured, quantile, row } from './measure.ts';

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
  heading(`Acknowledging one of ${open} open incidents, 4 at once`);
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const client = new Client({ connection });
  const user = await create(stack, '/v1/users', {
    name: 'Nobody',
    email: `n-${Date.now()}@example.com`,
    role: 'agent',
  });
  const few = await openIncidents(client, acknowledged, user.id);
  const alone = await acknowledge(stack, few);
  const many = await openIncidents(client, open, user.id);
  const among = await acknowledge(stack, many.slice(0, acknowledged));
  row('p50 and p99, ms', spread(among), `with ${acknowledged} open ${spread(alone)}; aim under 200`);
  await connection.close();
}

async function openIncidents(client: Client, count: number, user: string): Promise<string[]> {
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
  // The last is paged when all are.
  for (const id of ids.slice(-24)) {
    const handle = client.workflow.getHandle(incidentWorkflowId(id));
    await handle.query('incident');
  }
  return ids;
}

async function acknowledge(stack: Measured, ids: readonly string[]): Promise<number[]> {
  const { each } = await load(ids.length, 4, async (i) => {
    const response = await stack.request('POST', `/v1/incidents/${ids[i]}/acknowledge`);
    if (response.status !== 200) throw new Error(`acknowledge was answered with ${response.status}`);
    await response.text();
  });
  return each;
}

function spread(values: readonly number[]): string {
  const digits = quantile(values, 0.99) < 10 ? 3 : 0;
  return `${quantile(values, 0.5).toFixed(digits)} and ${quantile(values, 0.99).toFixed(digits)}`;
}
