import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { changeDesk } from '../../db/desk-change.ts';
import { findSchedule } from '../../db/schedules.ts';
import {
  confirmTraining,
  deleteTraining,
  findTraining,
  insertTraining,
  listTrainings,
  type StoredTraining,
} from '../../db/trainings.ts';
import { isCalendarLayer, type Layer } from '../../domain/schedule.ts';
import { createOnce, seeChange } from '../desk-resource.ts';
import { actorOf, authorOf } from '../plugins/auth.ts';
import { Problem, unprocessable } from '../problem.ts';
import { answers, IdempotencyHeaders, IdParams, Strict } from '../schemas/common.ts';
import { NewTraining, trainingJson, TrainingQuery, TrainingSchema } from '../schemas/duty.ts';

const tags = ['trainings'];
const path = '/v1/trainings';

/** Trainees who shadow a layer, and then have turns in it. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;
  const json = (training: StoredTraining) =>
    trainingJson(training, directory.schedule(training.schedule)?.timeZone ?? 'UTC');

  app.get(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Trainings, by their start',
        querystring: TrainingQuery,
        response: answers({ 200: Type.Object({ data: Type.Array(TrainingSchema) }) }),
      },
    },
    async ({ query }) => ({ data: (await listTrainings(database, query.schedule)).map(json) }),
  );

  app.post(
    path,
    {
      config: { permission: 'configure' },
      schema: {
        tags,
        summary: 'Let somebody shadow a layer for some weeks; then they are in its rotation by themselves',
        headers: IdempotencyHeaders,
        body: NewTraining,
        response: answers({ 201: TrainingSchema }),
      },
    },
    async (request, reply) => {
      const { start, needsConfirmation = false, ...fields } = request.body;
      return createOnce(app, request, reply, async (change) => {
        const schedule = await findSchedule(change.tx, fields.schedule);
        if (schedule !== undefined) checkLayer(schedule.layers, fields.layer);
        const row = await insertTraining(change, { ...fields, start: new Date(start), needsConfirmation });
        return trainingJson(row, schedule?.timeZone ?? 'UTC');
      });
    },
  );

  app.post(
    `${path}/:id/confirm`,
    {
      config: { permission: 'configure' },
      schema: {
        tags,
        summary: 'Say that a trainee is ready',
        headers: IdempotencyHeaders,
        params: IdParams,
        body: Type.Optional(Strict({})),
        response: answers({ 200: TrainingSchema }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const by = actorOf(request).id;
      const row = await changeDesk(database, authorOf(request), async (change) => {
        const before = await findTraining(change.tx, id);
        if (before === undefined) throw none();
        const confirmed = await confirmTraining(change, id, by, new Date());
        const after = confirmed ?? before;
        change.tell({ resource: 'trainings', action: 'confirmed', before: json(before), after: json(after) });
        return after;
      });
      await seeChange(app);
      return json(row);
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { permission: 'configure' },
      schema: {
        tags,
        summary: 'Delete a training; the trainee is neither shadow nor in the rotation any more',
        params: IdParams,
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      await changeDesk(database, authorOf(request), async (change) => {
        const gone = await deleteTraining(change, request.params.id);
        if (gone === undefined) throw none();
        change.tell({ resource: 'trainings', before: json(gone), after: null });
      });
      await seeChange(app);
      return reply.code(204).send(null);
    },
  );
};

export default routes;

/** @throws Problem that names the field */
function checkLayer(layers: readonly Layer[], number: number): void {
  const layer = layers[number];
  const refuse = (message: string): Problem => unprocessable([{ path: 'layer', message }]);
  if (layer === undefined) throw refuse(`the schedule has ${layers.length} layers, from 0`);
  if (isCalendarLayer(layer)) throw refuse('the layer has shifts, and no turns that a trainee could have');
}

function none(): Problem {
  return new Problem('not-found', 'There is no training of this id.');
}
