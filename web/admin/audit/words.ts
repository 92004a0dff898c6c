import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people.ts';
import { schedulesQuery } from '../../api/schedules.ts';
import type { AuditEvent } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { milliseconds } from '../../ticket/duration.ts';

type Item = AuditEvent['items'][number];

export interface AuditWords {
  readonly resource: (resource: string) => string;
  readonly action: (action: string) => string;
  /** What the thing is called, and what kind of thing it is. */
  readonly thing: (item: Item) => string;
  readonly field: (path: string) => string;
  /** Of a field, whose name says how some are read. */
  readonly value: (value: unknown, field?: string) => string;
  /** By what somebody signed in. */
  readonly method: (method: string) => string;
}

/** The trail speaks as the API does; what we have words for is said in them, and the rest is shown as it is. */
export function useAuditWords(): AuditWords {
  const { t, i18n } = useTranslation(['admin', 'desk']);
  const { users, teams } = usePeople();
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const { moment, duration } = useFormats();
  const names = new Map([...users, ...teams, ...schedules].map(({ id, name }) => [id, name]));
  // Which text it is, only the trail says.
  const say = t as unknown as (key: string) => string;
  const word = (group: 'resource' | 'action' | 'field' | 'method', name: string): string => {
    const key = `audit.${group}.${name}`;
    return i18n.exists(`admin:${key}`) ? say(key) : name;
  };
  const role = (name: string): string => {
    const key = `desk:role.${name}`;
    return i18n.exists(key) ? say(key) : name;
  };
  const object = (given: Readonly<Record<string, unknown>>): string => {
    const { type, address, from, to, ...rest } = given;
    const isContact = typeof type === 'string' && typeof address === 'string';
    const isSpan = from !== undefined && to !== undefined;
    const parts = [
      ...(isContact ? [`${type} ${address}`] : Object.entries({ type, address }).map(part)),
      ...(isSpan ? [`${value(from)} – ${value(to)}`] : Object.entries({ from, to }).map(part)),
      ...Object.entries(rest).map(part),
    ].filter((text) => text !== '');
    return parts.length > 1 ? `(${parts.join(', ')})` : (parts[0] ?? t('audit.nothing'));
  };
  const part = ([name, inner]: readonly [string, unknown]): string =>
    inner === undefined ? '' : `${word('field', name)}: ${value(inner, name)}`;
  const value = (given: unknown, field = ''): string => {
    if (given === null || given === undefined || given === '') return t('audit.nothing');
    if (typeof given === 'boolean') return given ? t('audit.yes') : t('audit.no');
    if (typeof given === 'string') {
      if (field === 'role') return role(given);
      if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(given)) return moment(given);
      const length = /^PT\d/.test(given) ? milliseconds(given) : 0;
      return names.get(given) ?? (length > 0 ? duration(length) : given);
    }
    if (typeof given !== 'object') return JSON.stringify(given);
    if (!Array.isArray(given)) return object(given as Readonly<Record<string, unknown>>);
    return given.length === 0 ? t('audit.nothing') : given.map((item) => value(item, field)).join(', ');
  };
  return {
    resource: (name) => word('resource', name),
    action: (name) => word('action', name),
    thing: ({ resource: kind, id, name }) => {
      // Signing in is somebody's: it is the person who was invited.
      const resource = kind === 'sign-in' ? 'users' : kind;
      const called = name ?? names.get(id);
      return called === undefined ? word('resource', resource) : `${word('resource', resource)} “${called}”`;
    },
    field: (path) =>
      path
        .split('.')
        .map((part) => word('field', part))
        .join(' › '),
    value,
    method: (name) => word('method', name),
  };
}
