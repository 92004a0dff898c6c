import {
  deletePolicy,
  findPolicy,
  insertPolicy,
  listPolicies,
  nextPosition,
  type PolicyFields,
  type StoredPolicy,
  updatePolicy,
} from '../../db/sla-policies.ts';
import { defaultPauseOn, defaultWarnAt, problemsOfPolicy } from '../../domain/sla-policy.ts';
import type { App } from '../app.ts';
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
import rollout from '../plugins/sla-rollout.ts';
import { NewSlaPolicy, slaPolicyJson, SlaPolicyPatch, SlaPolicySchema } from '../schemas/sla-policy.ts';

const policies: DeskResource<StoredPolicy> = {
  path: '/v1/sla-policies',
  noun: ['an', 'SLA policy'],
  read: 'read',
  change: 'configure',
  schema: SlaPolicySchema,
  json: slaPolicyJson,
  list: listPolicies,
  find: findPolicy,
  remove: deletePolicy,
};

const unsaid = { conditions: {}, calendar: null, warnAt: defaultWarnAt, pauseOn: defaultPauseOn, active: true };

export default async function routes(app: App): Promise<void> {
  await app.register(rollout);
  addReadingAndRemoval(app, policies);
  addWriting(app, policies, {
    newSchema: NewSlaPolicy,
    patchSchema: SlaPolicyPatch,
    insert: async (change, body: Partial<PolicyFields>) => {
      const position = body.position ?? (await nextPosition(change));
      return insertPolicy(change, { ...unsaid, ...body, position } as PolicyFields);
    },
    update: (change, id, body: Partial<PolicyFields>) => updatePolicy(change, id, body),
    check: problemsOfPolicy,
  });
}
