import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { changeDesk } from '../../db/desk-change.ts';
import { deleteView, findView, insertView, listViews, type TicketView, updateView } from '../../db/ticket-views.ts';
import type { Db } from '../../db/client.ts';
import { createOnce } from '../desk-resource.ts';
import { checkChange, isSeenBy, ownerFor, tellOfShared } from '../owned.ts';
import { authorOf } from '../plugins/auth.ts';
import { Problem } from '../problem.ts';
import { answers, IdempotencyHeaders, IdParams } from '../schemas/common.ts';
import { NewView, viewJson, ViewPatch, ViewSchema } from '../schemas/view.ts';

const tags = ['views'];
const path = '/v1/views';
const told = { resource: 'views', json: viewJson };

/** Saved questions to the queue: everybody's, and one's own. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.parts;

  app.get(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: "Everybody's views, and then one's own, each in their order",
        response: answers({ 200: Type.Object({ data: Type.Array(ViewSchema) }) }),
      },
    },
    async ({ principal }) => ({ data: (await listViews(database, principal?.user ?? null)).map(viewJson) }),
  );

  app.get(
    `${path}/:id`,
    {
      config: { permission: 'read' },
      schema: { tags, summary: 'A view', params: IdParams, response: answers({ 200: ViewSchema }) },
    },
    async (request) => viewJson(await seen(request, database.db, request.params.id)),
  );

  app.post(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Save a view',
        headers: IdempotencyHeaders,
        body: NewView,
        response: answers({ 201: ViewSchema }),
      },
    },
    async (request, reply) => {
      const { shared = false, ...fields } = request.body;
      const owner = ownerFor(request, shared);
      return createOnce(
        app,
        request,
        reply,
        async (change) => viewJson(await insertView(change, { ...fields, owner })),
        { personal: !shared },
      );
    },
  );

  app.patch(
    `${path}/:id`,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'Change a view; fields that are not given stay as they are',
        params: IdParams,
        body: ViewPatch,
        response: answers({ 200: ViewSchema }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { shared, ...fields } = request.body;
      const row = await changeDesk(database, authorOf(request), async (change) => {
        const before = await seen(request, change.tx, id);
        checkChange(request, before.owner);
        const owner = shared === undefined ? {} : { owner: ownerFor(request, shared) };
        const after = await updateView(change, id, { ...fields, ...owner });
        tellOfShared(change, told, before, after);
        return after;
      });
      if (row === undefined) throw none();
      return viewJson(row);
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { permission: 'read' },
      schema: { tags, summary: 'Delete a view', params: IdParams, response: answers({ 204: Type.Null() }) },
    },
    async (request, reply) => {
      const { id } = request.params;
      await changeDesk(database, authorOf(request), async (change) => {
        const before = await seen(request, change.tx, id);
        checkChange(request, before.owner);
        await deleteView(change, id);
        tellOfShared(change, told, before, undefined);
      });
      return reply.code(204).send(null);
    },
  );
};

export default routes;

/** @throws Problem where there is none, or where it is somebody else's: nobody else's are to be found out. */
async function seen(request: FastifyRequest, db: Db, id: string): Promise<TicketView> {
  const view = await findView(db, id);
  if (view === undefined || !isSeenBy(request, view.owner)) throw none();
  return view;
}

function none(): Problem {
  return new Problem('not-found', 'There is no view of this id.');
}
