import type { FastifyRequest } from 'fastify';
import type { DeskChange } from '../db/desk-change.ts';
import { mayDo } from './permissions.ts';
import { Problem, unprocessable } from './problem.ts';

/** What belongs to one person, who alone sees it, or to everybody; null is everybody. */
export type Owner = string | null;

/**
 * Whose a new thing is, or one whose owner is said anew.
 * @throws Problem where the caller may not make it theirs, or everybody's
 */
export function ownerFor(request: FastifyRequest, shared: boolean): Owner {
  const { principal } = request;
  if (shared) {
    if (principal !== null && mayDo(principal.role, 'configure')) return null;
    throw new Problem('forbidden', 'Only who has the permission "configure" may share it with everybody.');
  }
  if (principal?.user) return principal.user;
  throw unprocessable([{ path: 'shared', message: 'must be true: this API key is no person’s, who could have it' }]);
}

export function isSeenBy({ principal }: FastifyRequest, owner: Owner): boolean {
  return owner === null || owner === principal?.user;
}

/** @throws Problem where it is everybody's and the caller may not change that; it is seen by the caller. */
export function checkChange(request: FastifyRequest, owner: Owner): void {
  if (owner === null) ownerFor(request, true);
}

interface Owned {
  readonly owner: Owner;
}

/** The trail is of what is everybody's: what becomes somebody's own is gone for all others. */
export function tellOfShared<T extends Owned>(
  change: DeskChange,
  { resource, json }: { readonly resource: string; readonly json: (row: T) => object },
  before: T,
  after: T | undefined,
): void {
  const shared = (row: T | undefined) => (row?.owner === null ? json(row) : null);
  if (before.owner !== null && after?.owner !== null) return;
  change.tell({ resource, before: shared(before), after: shared(after) });
}
