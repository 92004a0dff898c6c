import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type TSchema } from 'typebox';
import { parseId } from '../../domain/ticket-id.ts';
import { levels, priorities } from '../../domain/ticket.ts';
import { unprocessable } from '../problem.ts';
import { withSecondLook } from '../second-look.ts';
import { answers, Id, IdempotencyHeaders, Nullable, OneOf, Strict, TicketParams, Text } from '../schemas/common.ts';
import { NewAnnotation, TicketSchema, WebAddress } from '../schemas/ticket.ts';
import { type BareCommand, carryOut } from '../ticket-commands.ts';
import { ticketIdIn } from '../ticket-path.ts';

/** One route for each command: `POST /v1/tickets/{id}/solve` and so on; each answers with the ticket after it. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { directory } = app.parts;

  const command = <B extends TSchema>(
    path: string,
    summary: string,
    body: B,
    toCommand: (body: Type.Static<B>) => BareCommand,
  ): void => {
    const schema = {
      tags: ['tickets'],
      summary,
      headers: IdempotencyHeaders,
      params: TicketParams,
      body,
      response: answers({ 200: TicketSchema }),
    };
    app.post(`/v1/tickets/:id/${path}`, { config: { permission: 'work' }, schema }, async (request, reply) => {
      const id = ticketIdIn(request.params);
      const bare = await withSecondLook(directory, () => toCommand(request.body as Type.Static<B>));
      return carryOut(app, request, reply, id, bare);
    });
  };

  command('acknowledge', 'Say that somebody is looking at it', Strict({}), () => ({ type: 'acknowledge' }));
  command(
    'assign',
    'Give it to a person or a team; null takes it away',
    Strict({ assignee: Type.Optional(Nullable(Id)), team: Type.Optional(Nullable(Id)) }, { minProperties: 1 }),
    ({ assignee, team }) => {
      if (assignee && directory.user(assignee)?.active !== true) {
        throw unprocessable([{ path: 'assignee', message: `there is no active user ${assignee}` }]);
      }
      if (team && directory.team(team) === undefined) {
        throw unprocessable([{ path: 'team', message: `there is no team ${team}` }]);
      }
      const named = { ...(assignee !== undefined && { assignee }), ...(team !== undefined && { team }) };
      const seeksOwner = Boolean(team) && !assignee && (directory.team(team ?? '')?.ownership ?? null) !== null;
      return { type: 'assign', ...named, ...(seeksOwner && { seeksOwner }) };
    },
  );
  command('priority', 'Change its priority', Strict({ priority: OneOf(priorities) }), ({ priority }) => ({
    type: 'changePriority',
    priority,
  }));
  command('level', 'Change its level', Strict({ level: OneOf(levels) }), ({ level }) => ({
    type: 'changeLevel',
    level,
  }));
  command('sla-policy', 'Put it under another SLA policy', Strict({ slaPolicy: Id }), ({ slaPolicy }) => {
    const sla = directory.compiledTerms(slaPolicy, Date.now());
    if (sla === undefined) {
      throw unprocessable([{ path: 'slaPolicy', message: `there is no SLA policy ${slaPolicy}` }]);
    }
    return { type: 'changeSla', sla };
  });
  command('hold', 'Wait for a third party', Strict({ reason: Type.Optional(Text(1000)) }), (body) => ({
    type: 'hold',
    ...body,
  }));
  command(
    'annotate',
    'Say in hindsight what kind of ticket it was, how difficult, and how much work; it takes the place of what was said before',
    NewAnnotation,
    ({ minutes = null, note, ...rest }) => ({
      type: 'annotate',
      annotation: { ...rest, minutes, note: note?.trim() || null },
    }),
  );
  command('solve', 'Call it solved', Strict({}), () => ({ type: 'solve' }));
  command('reopen', 'Open it again', Strict({}), () => ({ type: 'reopen' }));
  command('merge', 'Merge it into another ticket', Strict({ into: Text(20) }), ({ into }) => {
    const target = parseId(into);
    if (target === undefined) throw unprocessable([{ path: 'into', message: 'is not a ticket id' }]);
    return { type: 'merge', into: target };
  });
  command(
    'link-bug',
    'Link it to what it waits for in another tracker',
    Strict({ url: WebAddress, title: Type.Optional(Text(300)) }),
    ({ url, title = null }) => ({ type: 'linkBug', bug: { url, title } }),
  );
  command('unlink-bug', 'Take the link to a bug away', Strict({ url: WebAddress }), ({ url }) => ({
    type: 'unlinkBug',
    url,
  }));
  command('link-incident', 'Link it to an incident', Strict({ incident: Id }), ({ incident }) => ({
    type: 'linkIncident',
    incident,
  }));
};

export default routes;
