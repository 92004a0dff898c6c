import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, type ScheduleOptions } from '@temporalio/client';

/** One Temporal Schedule for each on-call schedule: it starts the handoff at every change of duty that is in sight. */
export interface Rotation {
  readonly schedule: string;
  /** For people who look at Temporal's UI. */
  readonly name: string;
  /** Instants, ascending. */
  readonly handoffs: readonly number[];
}

/** With the task queue: two desks may share a namespace. */
export const rotationId = (taskQueue: string, schedule: string): string => `rotation/${taskQueue}/${schedule}`;

const months = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;

/** Makes the schedule's Temporal Schedule what it has to be now, and starts a handoff at once where one is `due`. */
export async function keepRotation(
  client: Client,
  taskQueue: string,
  { schedule, name, handoffs }: Rotation,
  due: boolean,
): Promise<void> {
  const spec: ScheduleOptions['spec'] = { calendars: handoffs.map(calendarOf) };
  const handle = client.schedule.getHandle(rotationId(taskQueue, schedule));
  const action = {
    type: 'startWorkflow',
    workflowType: 'handoff',
    workflowId: `handoff/${schedule}`,
    taskQueue,
    args: [{ schedule }],
    staticSummary: `handoff of ${name}`,
  } as const;
  // What was missed while everything was down is made up for once: a handoff brings what is in force when it runs.
  const policies = { overlap: 'BUFFER_ONE', catchupWindow: '365 days' } as const;
  try {
    await handle.update((previous) => ({ ...previous, spec, action: { ...action, retry: {} }, policies }));
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await client.schedule
      .create({ scheduleId: rotationId(taskQueue, schedule), spec, action, policies, memo: { name } })
      .catch((failure: unknown) => {
        // Another process was first.
        if (!(failure instanceof ScheduleAlreadyRunning)) throw failure;
      });
  }
  if (due) await handle.trigger('BUFFER_ONE');
}

/** Deletes the Temporal Schedules of the desk's on-call schedules that are no more. */
export async function dropRotations(client: Client, taskQueue: string, wanted: ReadonlySet<string>): Promise<void> {
  const prefix = rotationId(taskQueue, '');
  for await (const { scheduleId } of client.schedule.list()) {
    if (!scheduleId.startsWith(prefix) || wanted.has(scheduleId.slice(prefix.length))) continue;
    await client.schedule
      .getHandle(scheduleId)
      .delete()
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
      });
  }
}

/** Temporal counts in seconds: a handoff within one is started at its end. */
function calendarOf(instant: number) {
  const at = new Date(Math.ceil(instant / 1000) * 1000);
  return {
    year: at.getUTCFullYear(),
    month: months[at.getUTCMonth()] as (typeof months)[number],
    dayOfMonth: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  };
}
