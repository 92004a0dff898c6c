import {
  deleteEscalationPolicy,
  type EscalationPolicyRow,
  findEscalationPolicy,
  insertEscalationPolicy,
  lastPosition,
  listEscalationPolicies,
  updateEscalationPolicy,
} from '../../db/escalation-policies.ts';
import { type EscalationPolicyFields, problemsOfEscalation } from '../../domain/escalation-policy.ts';
import type { App } from '../app.ts';
import { addReadingAndRemoval, addWriting, type DeskResource } from '../desk-resource.ts';
import {
  escalationPolicyJson,
  EscalationPolicyPatch,
  EscalationPolicySchema,
  NewEscalationPolicy,
} from '../schemas/escalation-policy.ts';

const policies: DeskResource<EscalationPolicyRow> = {
  path: '/v1/escalation-policies',
  noun: ['an', 'escalation policy'],
  read: 'read',
  change: 'configure',
  schema: EscalationPolicySchema,
  json: escalationPolicyJson,
  list: listEscalationPolicies,
  find: findEscalationPolicy,
  remove: deleteEscalationPolicy,
};

const unsaid = { conditions: {}, hours: null, rounds: 1, resolveTimeout: null, next: null, active: true };

export default async function routes(app: App): Promise<void> {
  addReadingAndRemoval(app, policies);
  addWriting(app, policies, {
    newSchema: NewEscalationPolicy,
    patchSchema: EscalationPolicyPatch,
    insert: async (change, body: Partial<EscalationPolicyFields>) => {
      const position = body.position ?? (await lastPosition(change));
      return insertEscalationPolicy(change, { ...unsaid, ...body, position } as EscalationPolicyFields);
    },
    update: (change, id, body: Partial<EscalationPolicyFields>) => updateEscalationPolicy(change, id, body),
    check: problemsOfEscalation,
  });
}
