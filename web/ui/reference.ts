/** A ticket's id as people read it: K7Q2-9MZP-4WTX. */
export function referenceOf(id: string): string {
  return id.replace(/(.{4})(?=.)/g, '$1-');
}
