import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { auditQuery } from '../../api/audit.ts';
import { problemText } from '../../api/client.ts';
import { usePeople } from '../../api/people.ts';
import { startOf } from '../ui/day.ts';
import { ListPage } from '../ui/list-page.tsx';
import { AuditEntry } from './audit-entry.tsx';
import styles from './audit.module.css';
import type { AuditSearch } from './search.ts';
import { useAuditWords } from './words.ts';

const route = getRouteApi('/desk/admin/audit');

const resources = [
  ...(['users', 'teams', 'sign-in', 'api-keys', 'routing-keys', 'sla-policies', 'escalation-policies'] as const),
  ...(['calendars', 'schedules', 'overrides', 'swaps', 'absences', 'trainings', 'calendar-feeds'] as const),
  ...(['views', 'macros', 'channels'] as const),
];

/** Who changed what of the desk, and who got in. */
export function AuditPage() {
  const { t } = useTranslation(['admin', 'desk']);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const words = useAuditWords();
  const { actor, resource, resourceId, from, to } = search;
  const query = useInfiniteQuery({
    ...auditQuery({
      ...(actor !== undefined && { actor }),
      ...(resource !== undefined && { resource }),
      ...(resourceId !== undefined && { resourceId }),
      ...instant('from', from),
      ...instant('until', to === undefined ? undefined : dayAfter(to)),
    }),
    refetchOnMount: 'always',
  });
  const set = (part: { [F in keyof AuditSearch]: string }): void =>
    void navigate({
      search: Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value !== '')),
      replace: true,
    });
  const events = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const filtered = Object.keys(search).length > 0;
  return (
    <ListPage
      title={t('nav.audit')}
      intro={t('audit.intro')}
      filters={
        <div className={styles.filters}>
          <Actors value={actor ?? ''} onChange={(chosen) => set({ actor: chosen })} />
          <NativeSelect
            label={t('audit.what')}
            value={resource ?? ''}
            onChange={(event) => set({ resource: event.currentTarget.value })}
            data={[
              { value: '', label: t('audit.everything') },
              ...[...new Set([...resources, ...(resource === undefined ? [] : [resource])])].map((value) => ({
                value,
                label: words.resource(value),
              })),
            ]}
          />
          <TextInput
            type="date"
            size="xs"
            label={t('audit.from')}
            value={from ?? ''}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            size="xs"
            label={t('audit.to')}
            value={to ?? ''}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
          {filtered && (
            <Button variant="default" onClick={() => void navigate({ search: {} })}>
              {resourceId === undefined ? t('audit.clear') : t('audit.clearOne')}
            </Button>
          )}
        </div>
      }
      reading={query}
      count={events.length}
      empty={filtered ? t('audit.nothingFound') : t('audit.empty')}
    >
      <ul className={styles.list}>
        {events.map((event) => (
          <AuditEntry key={event.id} event={event} />
        ))}
      </ul>
      {query.isFetchNextPageError && <p role="alert">{problemText(query.error)}</p>}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('audit.older')}
        </Button>
      )}
    </ListPage>
  );
}

function Actors({ value, onChange }: { value: string; onChange: (actor: string) => void }) {
  const { t } = useTranslation('admin');
  const { users } = usePeople();
  const known = [
    ...users.map(({ id, name }) => ({ value: id, label: name })),
    { value: 'vigil apply', label: 'vigil apply' },
    { value: 'vigil', label: 'Vigil' },
  ];
  // A key, or somebody who is gone: asked for by a link.
  const other = value === '' || known.some((choice) => choice.value === value) ? [] : [{ value, label: value }];
  return (
    <NativeSelect
      label={t('audit.who')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('audit.everybody') }, ...known, ...other]}
    />
  );
}

function instant(name: 'from' | 'until', day: string | undefined): { from?: string; until?: string } {
  const at = day === undefined ? null : startOf(day);
  return at === null ? {} : { [name]: at };
}

function dayAfter(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + 1)).toISOString().slice(0, 10);
}
