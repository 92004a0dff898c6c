/** What of the trail is asked for, as the page's address has it. */
export interface AuditSearch {
  readonly actor?: string;
  readonly resource?: string;
  readonly resourceId?: string;
  /** Days, on the user's own clock; both are part of it. */
  readonly from?: string;
  readonly to?: string;
}

const names = ['actor', 'resource', 'resourceId'] as const;

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const texts = names.flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 100)] as const] : [];
  });
  const days = (['from', 'to'] as const).flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries([...texts, ...days]);
}
