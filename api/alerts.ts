import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { latestAlert } from '../db/incidents.ts';
import type { RoutingKey } from '../db/routing-keys.ts';
import { builtInPolicy } from '../domain/escalation.ts';
import type { MonitoringEvent } from '../domain/events-api.ts';
import { idOf } from '../domain/ticket-id.ts';
import type { Actor } from '../domain/ticket.ts';
import { incidentStartOptions } from '../workflows/incident-start.ts';
import {
  incidentSignal,
  incidentWorkflowId,
  incidentWorkflowType,
  type IncidentInput,
  type IncidentWord,
} from '../workflows/messages.ts';
import type { App } from './app.ts';
import { callTemporal, deadlineFromNow, NotRunning } from './temporal-calls.ts';

/** More lives of one alert are not looked for. */
const mostTries = 5;
/** An event waits no longer than this for a database that may be away. */
const recordedWithinMs = 200;

/**
 * Takes an event of a monitoring system: Temporal has it when this resolves. Events with the same key go to the incident
 * that is open by it; after its end, a trigger opens the next one, and other events have nothing to act on.
 * @throws NoAnswer where Temporal does not answer
 */
export async function takeEvent(
  app: App,
  key: RoutingKey,
  { event, dedupKey, cause }: { event: MonitoringEvent; dedupKey: string; cause: string },
): Promise<void> {
  const base = idOf(`alert/${key.id}/${dedupKey}`);
  const actor: Actor = { type: 'system', id: `routing-key:${key.id}` };
  const deadline = deadlineFromNow();
  const { lives, over } = await known(app, base);
  const first = over ? lives + 1 : Math.max(lives, 1);
  for (let life = first; life < first + mostTries; life += 1) {
    const id = `${base}-A${life}`;
    if (event.action === 'trigger' && (await opened(app, inputOf(app.parts, id, key, event), deadline))) return;
    const summary = event.action === 'trigger' ? { summary: event.summary } : {};
    if (await told(app, id, { type: event.action, actor, cause, ...summary }, deadline)) return;
    // The life that was looked for is over; where there is no other, only a trigger has something to do.
    if (event.action !== 'trigger' && life > first) return;
  }
}

function inputOf(
  { config }: App['parts'],
  id: string,
  { team }: RoutingKey,
  event: MonitoringEvent & { action: 'trigger' },
): IncidentInput {
  const { summary, priority, at, details } = event;
  return {
    id,
    subject: {
      ticket: null,
      reason: summary,
      dueAt: at ?? Date.now(),
      priority,
      level: 1,
      team,
      assignee: null,
      alert: details,
    },
    policy: builtInPolicy(config.ackTimeoutMs, config.escalationRounds),
    asksDesk: true,
  };
}

/** False where an incident of this id is there, or was. */
async function opened({ parts: { config, temporal } }: App, input: IncidentInput, deadline: number): Promise<boolean> {
  const start = () =>
    temporal.client.workflow.start(incidentWorkflowType, {
      workflowId: incidentWorkflowId(input.id),
      taskQueue: config.taskQueue,
      args: [input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      ...incidentStartOptions(input),
    });
  try {
    await callTemporal(temporal.client, start, deadline);
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

const testAckTimeoutMs = 60 * 60 * 1000;

/**
 * Opens an incident that pages one person once, by that person's own rules, and gives its id.
 * @throws NoAnswer where Temporal does not answer
 */
export async function openTestIncident(app: App, user: string, key: string): Promise<string> {
  const id = `${idOf(`test/${key}`)}-T1`;
  const input: IncidentInput = {
    id,
    subject: {
      ticket: null,
      reason: 'Test of your notification rules',
      dueAt: Date.now(),
      priority: 'urgent',
      level: 1,
      team: null,
      assignee: null,
    },
    policy: { steps: [{ targets: [{ type: 'user', user }], ackTimeoutMs: testAckTimeoutMs }], rounds: 1 },
    asksDesk: true,
    policyGiven: true,
  };
  await opened(app, input, deadlineFromNow());
  return id;
}

/** False where the incident is over, or never was. */
async function told({ parts: { temporal } }: App, id: string, word: IncidentWord, deadline: number): Promise<boolean> {
  const handle = temporal.client.workflow.getHandle(incidentWorkflowId(id));
  try {
    await callTemporal(temporal.client, () => handle.signal(incidentSignal, word), deadline);
    return true;
  } catch (error) {
    if (error instanceof NotRunning) return false;
    throw error;
  }
}

/** What the archive knows of an alert; nothing where it does not answer soon, and the rest is found by asking Temporal. */
async function known({ parts: { database } }: App, base: string): Promise<{ lives: number; over: boolean }> {
  const nothing = { lives: 0, over: false };
  const abort = new AbortController();
  const late = sleep(recordedWithinMs, nothing, { signal: abort.signal }).catch(() => nothing);
  try {
    return await Promise.race([latestAlert(database.db, base).catch(() => nothing), late]);
  } finally {
    abort.abort();
  }
}
