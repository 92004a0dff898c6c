import {
  deleteSchedule,
  findSchedule,
  insertSchedule,
  listSchedules,
  type ScheduleFields,
  type StoredSchedule,
  updateSchedule,
} from '../../db/schedules.ts';
import type { Schedule } from '../../domain/schedule.ts';
import { previewSchedule, type SchedulePreviewRequest } from '../../domain/schedule-preview.ts';
import { problemsOfSchedule } from '../../domain/schedule-problems.ts';
import { addOverride } from '../add-override.ts';
import type { App } from '../app.ts';
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
import { answers } from '../schemas/common.ts';
import {
  NewSchedule,
  overrideJson,
  Roster,
  scheduleJson,
  SchedulePatch,
  SchedulePreview,
  ScheduleSchema,
} from '../schemas/schedule.ts';
import roster from './schedule-roster.ts';
import overrides from './schedule-overrides.ts';

const schedules: DeskResource<StoredSchedule> = {
  path: '/v1/schedules',
  noun: ['a', 'schedule'],
  read: 'read',
  change: 'configure',
  schema: ScheduleSchema,
  json: scheduleJson,
  list: listSchedules,
  find: findSchedule,
  remove: deleteSchedule,
};

/** What a patch leaves out is in order already. */
const inOrder: Pick<Schedule, 'timeZone' | 'layers'> = {
  timeZone: 'UTC',
  layers: [{ rotation: { type: 'daily', shiftLength: 1, start: '2026-01-01T00:00:00Z' }, participants: ['anybody'] }],
};

type NewBody = Partial<ScheduleFields> & Pick<Schedule, 'overrides'>;

export default async function routes(app: App): Promise<void> {
  addReadingAndRemoval(app, schedules);
  addWriting(app, schedules, {
    newSchema: NewSchedule,
    patchSchema: SchedulePatch,
    insert: async (change, { overrides = [], ...fields }: NewBody) => {
      const schedule = await insertSchedule(change, fields as ScheduleFields);
      for (const override of overrides) {
        const made = overrideJson(await addOverride(change, schedule.id, override));
        change.tell({ resource: 'overrides', before: null, after: { schedule: schedule.id, ...made } });
      }
      return schedule;
    },
    update: (change, id, body: Partial<ScheduleFields>) => updateSchedule(change, id, body),
    check: (body) => problemsOfSchedule({ ...inOrder, ...body }),
  });
  await app.register(roster);
  await app.register(overrides);

  app.post(
    '/v1/schedules/preview',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['schedules'],
        summary: 'Try a schedule: who would be on duty between two instants. It is stored nowhere',
        body: SchedulePreview,
        response: answers({ 200: Roster }),
      },
    },
    async (request, reply) => reply.send(previewSchedule(request.body as SchedulePreviewRequest)),
  );
}
