import { isDeepStrictEqual } from 'node:util';
import type { AuditItem, FieldChange } from './schema/audit.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A thing as the API shows it, before and after a change; null where it was not there, or is not any more. */
export interface Told {
  /** Named as the API's paths do: `users`. */
  readonly resource: string;
  readonly before: object | null;
  readonly after: object | null;
  /** Where `created`, `changed` or `deleted` would not say it. */
  readonly action?: string;
}

/** What the row itself says, or what follows from others. */
const unsaid = new Set(['id', 'createdAt', 'updatedAt', 'uncovered', 'health', 'pending']);

/** What the trail says of a thing; undefined where it is as it was. */
export function itemOf({ resource, before, after, action }: Told): AuditItem | undefined {
  const changes = changesBetween(before as Fields | null, after as Fields | null);
  if (before !== null && after !== null && changes.length === 0) return undefined;
  const { id, name, title } = { ...before, ...after } as { id?: unknown; name?: unknown; title?: unknown };
  const called = name ?? title;
  return {
    action: action ?? (before === null ? 'created' : after === null ? 'deleted' : 'changed'),
    resource,
    id: String(id),
    name: typeof called === 'string' ? called : null,
    changes,
  };
}

/** Field by field; what was empty and is, of something new, is not worth a line. */
export function changesBetween(before: Fields | null, after: Fields | null): FieldChange[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].flatMap((field): FieldChange[] => {
    const [from, to] = [before?.[field] ?? null, after?.[field] ?? null];
    if (unsaid.has(field) || isDeepStrictEqual(from, to)) return [];
    if ((before === null && isEmpty(to)) || (after === null && isEmpty(from))) return [];
    return [
      {
        field,
        ...(before !== null && { from: withoutSecrets(from, field) }),
        ...(after !== null && { to: withoutSecrets(to, field) }),
      },
    ];
  });
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** What must never be read later, whatever a resource shows to whoever makes it. */
const secret = /(?:hash|token|secret|password|apikey|integrationkey|routingkey)$|^key$/i;
const hidden = '•••';

/** That a secret was changed is seen; what it was is not. */
function withoutSecrets(value: unknown, field: string): unknown {
  if (value === null || value === undefined) return null;
  if (secret.test(field)) return hidden;
  if (Array.isArray(value)) return value.map((item: unknown) => withoutSecrets(item, ''));
  if (typeof value !== 'object') return value;
  // The address of such a contact is the key of an integration.
  const isKey = (value as Fields)['type'] === 'pagerduty';
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isKey && name === 'address' && typeof item === 'string' ? hidden : withoutSecrets(item, name),
    ]),
  );
}
