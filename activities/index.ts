import { createDeskActivities } from './desk.ts';
import { createEscalationActivities } from './escalation.ts';
import { createHandoffActivities, type HandoffDependencies } from './handoff.ts';
import { createOwnershipActivities } from './ownership.ts';
import { createPagingActivities, type PagingDependencies } from './paging.ts';
import { createRecordActivities } from './record.ts';
import { createRolloutActivities } from './rollout.ts';

/** Everything that workflows have done outside, by activity name. */
export function createActivities(dependencies: PagingDependencies & HandoffDependencies): object {
  const { database, directory, client } = dependencies;
  return {
    ...createRecordActivities(database),
    ...createDeskActivities(directory),
    ...createEscalationActivities(database, directory),
    ...createHandoffActivities(dependencies),
    ...createOwnershipActivities(database, directory),
    ...createPagingActivities(dependencies),
    ...createRolloutActivities(database, directory, client),
  };
}
