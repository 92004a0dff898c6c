import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import type { Directory } from '../../db/directory.ts';
import { formatDuration } from '../../domain/duration.ts';
import { builtInPolicy } from '../../domain/escalation.ts';
import { formatInstant, parseInstant } from '../../domain/instant.ts';
import { contactsFor } from '../../domain/notification.ts';
import type { PolicyAttributes } from '../../domain/policy-conditions.ts';
import { type DeskThen, escalationOf, type Fallen, policiesLookedAt, untouched } from '../../domain/simulation.ts';
import { compileTerms, noTerms } from '../../domain/sla-policy.ts';
import type { TicketInput } from '../../domain/ticket-commands.ts';
import { system } from '../../domain/ticket.ts';
import { withSecondLook } from '../second-look.ts';
import { answers } from '../schemas/common.ts';
import { TicketForecast, TicketPreview } from '../schemas/ticket-preview.ts';
import { checkReferences } from '../ticket-references.ts';

type Escalation = Static<typeof TicketForecast>['escalation'];

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { directory, config } = app.parts;

  app.post(
    '/v1/tickets/preview',
    {
      config: { permission: 'read' },
      schema: {
        tags: ['tickets'],
        summary: 'What would happen to a ticket like this; nothing is stored',
        body: TicketPreview,
        response: answers({ 200: TicketForecast }),
      },
    },
    async ({ body }) => {
      await withSecondLook(directory, () => checkReferences(directory, body));
      const { priority = 'normal', level = 1, channel = 'api', team = null, assignee = null, tags = [] } = body;
      const at = (body.at === undefined ? undefined : parseInstant(body.at)) ?? Date.now();
      const attributes = { priority, level, channel, team, tags };
      const looked = body.slaPolicy === undefined ? policiesLookedAt(directory.slaPolicies(), attributes) : [];
      const applies = looked.find(({ failing }) => failing.length === 0)?.policy;
      const policy = body.slaPolicy === undefined ? applies : directory.slaPolicy(body.slaPolicy);
      const calendar = policy?.calendar ? (directory.calendar(policy.calendar) ?? null) : null;
      // Not by the directory's copy, which is kept for tickets of now.
      const sla = policy === undefined ? noTerms : compileTerms(policy, calendar, at);
      const builtIn = builtInPolicy(config.ackTimeoutMs, config.escalationRounds);
      const ticket = { ...attributes, assignee, sla, receivedAt: at, escalation: builtIn };
      const { clocks, fallen } = untouched({ ...nobodys, ...ticket });
      const rule = assignee === null && team !== null ? directory.team(team)?.ownership?.rule : undefined;
      return {
        at: formatInstant(at),
        looked: looked.map(({ policy: { id, name }, failing }) => ({ id, name, failing: [...failing] })),
        slaPolicy: policy === undefined ? null : { id: policy.id, name: policy.name },
        clocks: clocks.flatMap(({ name, target, dueAt }) =>
          target === null
            ? []
            : [
                {
                  name,
                  target: formatDuration(target),
                  dueAt: dueAt === null ? null : formatInstant(dueAt),
                  warnings: fallen
                    .filter((one) => one.clock === name && one.fraction < 1)
                    .map((one) => ({ fraction: one.fraction, at: formatInstant(one.at) })),
                },
              ],
        ),
        owner: rule ?? null,
        escalation: escalationFor(
          ticket,
          fallen.find(({ fraction }) => fraction === 1),
        ),
      };
    },
  );

  function escalationFor(
    {
      priority,
      level,
      team,
      assignee,
      escalation,
    }: Pick<TicketInput, 'priority' | 'level' | 'team' | 'assignee' | 'escalation'>,
    breach: Fallen | undefined,
  ): Escalation {
    if (breach === undefined) return null;
    const { clock, at } = breach;
    const policy = directory.escalationFor({ priority, level, team }, at) ?? escalation;
    const subject = { ticket: null, reason: clock, dueAt: at, priority, level, team, assignee };
    const { steps, endsAt } = escalationOf(subject, policy, at, deskThen(directory, priority));
    return {
      clock,
      opensAt: formatInstant(at),
      policy: policy.name ?? null,
      steps: steps.map(({ at: then, targets, users, copies, unreachable, ...position }) => ({
        ...position,
        at: formatInstant(then),
        targets: targets.map(({ type }) => type),
        users: [...users],
        copies: [...copies],
        unreachable: [...unreachable],
      })),
      endsAt: endsAt === null ? null : formatInstant(endsAt),
    };
  }
};

export default routes;

/** What a ticket has besides, and what makes no difference to when it falls due. */
const nobodys: Omit<TicketInput, keyof PolicyAttributes | 'assignee' | 'sla' | 'receivedAt' | 'escalation'> = {
  ...{ id: 'SIMULATED', intakeKey: 'simulated', requestHash: '', actor: system, cause: 'simulation' },
  ...{ subject: '', requester: { email: '', name: '' }, customFields: {}, followUpOf: null, closeAfterMs: 0 },
  message: {
    ...{ id: 'simulated', ticket: 'SIMULATED', author: 'customer', authorId: null, public: true, automatic: false },
    ...{ body: '', attachments: [], createdAt: 0 },
  },
};

function deskThen(directory: Directory, priority: TicketInput['priority']): DeskThen {
  return {
    people: directory.people(),
    onCall: (schedule, at) => directory.onCall(schedule)?.at(at) ?? null,
    reachable: (id) => {
      const user = directory.user(id);
      return user !== undefined && contactsFor(user, priority).length > 0;
    },
  };
}
