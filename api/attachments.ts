import type { AttachmentRef } from '../domain/ticket.ts';
import type { AttachmentStore } from './attachment-store.ts';
import { type FieldError, unprocessable } from './problem.ts';

/** What a message refers to, with the names it was sent under. @throws Problem 422 that names what is not there. */
export async function checkAttachments(
  store: AttachmentStore,
  given: readonly { readonly id: string; readonly name?: string }[] = [],
): Promise<AttachmentRef[]> {
  const errors: FieldError[] = [];
  const found: AttachmentRef[] = [];
  for (const [i, { id, name }] of given.entries()) {
    const stored = await store.find(id);
    if (stored === undefined) errors.push({ path: `attachments.${i}.id`, message: 'there is no such attachment' });
    else found.push({ id, name: name ?? stored.name });
  }
  if (errors.length > 0) throw unprocessable(errors);
  return found;
}
