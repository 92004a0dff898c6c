import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Db } from '../../db/client.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { deleteMacro, findMacro, insertMacro, listMacros, type Macro, updateMacro } from '../../db/macros.ts';
import { getTicket } from '../../db/tickets.ts';
import { fillIn, problemsOfMacro } from '../../domain/macro.ts';
import { shownId } from '../../domain/ticket-id.ts';
import { createOnce } from '../desk-resource.ts';
import { authorOf } from '../plugins/auth.ts';
import { checkChange, isSeenBy, ownerFor, tellOfShared } from '../owned.ts';
import { Problem, unprocessable } from '../problem.ts';
import { answers, IdempotencyHeaders, IdParams } from '../schemas/common.ts';
import { macroJson, MacroPatch, MacroPreview, MacroPreviewQuery, MacroSchema, NewMacro } from '../schemas/macro.ts';
import { noTicket, ticketIdIn } from '../ticket-path.ts';

const tags = ['macros'];
const path = '/v1/macros';
const told = { resource: 'macros', json: macroJson };

/** Texts that are sent often, with what is done to the ticket: everybody's, and one's own. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, directory } = app.parts;

  app.get(
    path,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: "Everybody's macros and one's own, by name",
        response: answers({ 200: Type.Object({ data: Type.Array(MacroSchema) }) }),
      },
    },
    async ({ principal }) => ({ data: (await listMacros(database, principal?.user ?? null)).map(macroJson) }),
  );

  app.get(
    `${path}/:id`,
    {
      config: { permission: 'read' },
      schema: { tags, summary: 'A macro', params: IdParams, response: answers({ 200: MacroSchema }) },
    },
    async (request) => macroJson(await seen(request, database.db, request.params.id)),
  );

  app.get(
    `${path}/:id/preview`,
    {
      config: { permission: 'read' },
      schema: {
        tags,
        summary: 'What the macro says and does for a ticket; nothing is done',
        params: IdParams,
        querystring: MacroPreviewQuery,
        response: answers({ 200: MacroPreview }),
      },
    },
    async (request) => {
      const { body, actions } = await seen(request, database.db, request.params.id);
      const ticket = await getTicket(database.db, ticketIdIn({ id: request.query.ticket }));
      if (ticket === undefined) throw noTicket();
      const me = request.principal?.user ?? null;
      const agent = me === null ? undefined : directory.user(me);
      const text = fillIn(body, {
        'ticket.id': shownId(ticket.id),
        'ticket.subject': ticket.subject,
        'ticket.channel': ticket.channel,
        'ticket.requester.name': ticket.requester.name,
        'ticket.requester.email': ticket.requester.email,
        'agent.name': agent?.name ?? '',
        'agent.email': agent?.email ?? '',
      });
      return { body: text, actions: { ...actions, ...(actions.assignee === 'me' && { assignee: me }) } };
    },
  );

  app.post(
    path,
    {
      config: { permission: 'work' },
      schema: {
        tags,
        summary: 'Add a macro',
        headers: IdempotencyHeaders,
        body: NewMacro,
        response: answers({ 201: MacroSchema }),
      },
    },
    async (request, reply) => {
      const { shared = false, body = '', actions = {}, name } = request.body;
      const fields = { name, body, actions, owner: ownerFor(request, shared) };
      refuseNonsense(fields);
      if (body === '' && Object.keys(actions).length === 0) {
        throw unprocessable([{ path: 'body', message: 'is empty, and there are no actions either' }]);
      }
      return createOnce(app, request, reply, async (change) => macroJson(await insertMacro(change, fields)), {
        personal: !shared,
      });
    },
  );

  app.patch(
    `${path}/:id`,
    {
      config: { permission: 'work' },
      schema: {
        tags,
        summary: 'Change a macro; fields that are not given stay as they are',
        params: IdParams,
        body: MacroPatch,
        response: answers({ 200: MacroSchema }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { shared, ...fields } = request.body;
      refuseNonsense(fields);
      const row = await changeDesk(database, authorOf(request), async (change) => {
        const before = await seen(request, change.tx, id);
        checkChange(request, before.owner);
        const owner = shared === undefined ? {} : { owner: ownerFor(request, shared) };
        const after = await updateMacro(change, id, { ...fields, ...owner });
        tellOfShared(change, told, before, after);
        return after;
      });
      if (row === undefined) throw none();
      return macroJson(row);
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { permission: 'work' },
      schema: { tags, summary: 'Delete a macro', params: IdParams, response: answers({ 204: Type.Null() }) },
    },
    async (request, reply) => {
      const { id } = request.params;
      await changeDesk(database, authorOf(request), async (change) => {
        const before = await seen(request, change.tx, id);
        checkChange(request, before.owner);
        await deleteMacro(change, id);
        tellOfShared(change, told, before, undefined);
      });
      return reply.code(204).send(null);
    },
  );
};

export default routes;

/** @throws Problem where there is none, or where it is somebody else's: nobody else's are to be found out. */
async function seen(request: FastifyRequest, db: Db, id: string): Promise<Macro> {
  const macro = await findMacro(db, id);
  if (macro === undefined || !isSeenBy(request, macro.owner)) throw none();
  return macro;
}

function refuseNonsense(fields: { readonly body?: string }): void {
  const problems = problemsOfMacro(fields);
  if (problems.length > 0) throw unprocessable(problems);
}

function none(): Problem {
  return new Problem('not-found', 'There is no macro of this id.');
}
