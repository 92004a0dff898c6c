import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { changeDesk } from '../../db/desk-change.ts';
import { findUser, updateUser, type User } from '../../db/users.ts';
import { type Contact, problemsOfUser } from '../../domain/user.ts';
import { openTestIncident } from '../alerts.ts';
import { seeChange } from '../desk-resource.ts';
import { identityOf } from '../once.ts';
import { mayDo } from '../permissions.ts';
import { authorOf, sessionIn } from '../plugins/auth.ts';
import { Problem, unprocessable } from '../problem.ts';
import { answers, IdempotencyHeaders } from '../schemas/common.ts';
import { OwnPatch, userJson, UserSchema } from '../schemas/user.ts';

const tags = ['session'];
const path = '/v1/me';

/** What people see and say of themselves, whatever their role. */
const routes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.parts;

  app.get(
    path,
    {
      config: { permission: 'own' },
      schema: { tags, summary: 'Oneself, with one’s own contacts', response: answers({ 200: UserSchema }) },
    },
    async (request, reply) => {
      const user = await findUser(database.db, sessionIn(request).user);
      if (user === undefined) throw gone();
      void reply.header('cache-control', 'no-store');
      return userJson(user, true);
    },
  );

  app.patch(
    path,
    {
      config: { permission: 'own' },
      schema: {
        tags,
        summary: 'Change one’s own contacts, notification rules, quiet hours and time zone',
        description:
          'Contacts of the type webhook are for who may configure to add: Vigil itself calls their addresses.',
        body: OwnPatch,
        response: answers({ 200: UserSchema }),
      },
    },
    async (request) => {
      const { body } = request;
      const { user: id, role } = sessionIn(request);
      const problems = problemsOfUser(body);
      if (problems.length > 0) throw unprocessable(problems);
      const user = await changeDesk(database, authorOf(request), async (change) => {
        const before = await findUser(change.tx, id);
        if (before === undefined) throw gone();
        if (!mayDo(role, 'configure')) refuseNewWebhooks(before, body.contacts);
        const after = await updateUser(change, id, body);
        if (after === undefined) throw gone();
        change.tell({ resource: 'users', before: userJson(before, true), after: userJson(after, true) });
        return after;
      });
      await seeChange(app);
      return userJson(user, true);
    },
  );

  app.post(
    `${path}/test-notifications`,
    {
      config: { permission: 'own' },
      schema: {
        tags,
        summary: 'Page oneself by one’s own rules, to see that it works; the incident tells what was tried',
        headers: IdempotencyHeaders,
        response: answers({ 202: Type.Object({ incident: Type.String() }) }),
      },
    },
    async (request, reply) => {
      const { user } = sessionIn(request);
      return reply.code(202).send({ incident: await openTestIncident(app, user, identityOf(request).key) });
    },
  );
};

export default routes;

/** What is called from inside the house is not everybody's to say; what somebody has got stays theirs. */
function refuseNewWebhooks({ contacts: known }: User, contacts: readonly Contact[] = []): void {
  const problems = contacts.flatMap(({ type, address }, i) =>
    type !== 'webhook' || known.some((contact) => contact.type === type && contact.address === address)
      ? []
      : [{ path: `contacts.${i}.address`, message: 'a webhook is added by a manager or an admin' }],
  );
  if (problems.length > 0) throw unprocessable(problems);
}

function gone(): Problem {
  return new Problem('unauthorized', 'You do not work at this desk any more.');
}
