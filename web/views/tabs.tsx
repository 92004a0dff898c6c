import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '../api/counts.ts';
import { useSession } from '../api/session.ts';
import { viewCountsQuery, viewsQuery } from '../api/views.ts';
import { useFormats } from '../i18n/format.ts';
import { useMinute } from '../i18n/now.ts';
import { askedByReports, filterOf, type QueueSearch, sameSearch } from '../queue/search.ts';
import styles from './views.module.css';

const SaveDialog = lazy(() => import('./save-dialog.tsx').then((it) => ({ default: it.SaveDialog })));
const ManageDialog = lazy(() => import('./manage-dialog.tsx').then((it) => ({ default: it.ManageDialog })));

/** What every desk asks, without anybody having to set it up. */
const ready = [
  { key: 'all', search: {} },
  { key: 'mine', search: { assignee: 'me' } },
  { key: 'unassigned', search: { assignee: 'none' } },
  { key: 'dueSoon', search: { due: 'PT1H' } },
] as const satisfies readonly { key: string; search: QueueSearch }[];

/** The questions to the queue that have a name, with how many tickets each finds. */
export function ViewTabs({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('views');
  const { data: views = [] } = useQuery(viewsQuery);
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const tabs = [
    ...ready.map(({ key, search }) => ({ key, name: t(`ready.${key}`), search })),
    ...views.map(({ id, name, filters }) => ({ key: id, name, search: filters })),
  ];
  const known = tabs.some((tab) => sameSearch(tab.search, search));
  return (
    <div className={styles.bar}>
      <nav aria-label={t('title')} className={styles.tabs}>
        {tabs.map((tab) => (
          <Tab key={tab.key} name={tab.name} search={tab.search} current={sameSearch(tab.search, search)} />
        ))}
      </nav>
      {/* Spans of time are a report's: a view would stand still. */}
      {!known && askedByReports.every((name) => search[name] === undefined) && (
        <Button variant="subtle" onClick={() => setDialog('save')}>
          {t('save')}
        </Button>
      )}
      {views.length > 0 && (
        <Button variant="subtle" onClick={() => setDialog('manage')}>
          {t('manage')}
        </Button>
      )}
      <Suspense>
        {dialog === 'save' && <SaveDialog search={search} views={views} onClose={() => setDialog(null)} />}
        {dialog === 'manage' && <ManageDialog views={views} onClose={() => setDialog(null)} />}
      </Suspense>
    </div>
  );
}

function Tab({ name, search, current }: { name: string; search: QueueSearch; current: boolean }) {
  const { user } = useSession();
  const { number } = useFormats();
  const filter = filterOf(search, user.id, useMinute());
  const { data } = useQuery({
    ...(current ? countsQuery(filter) : viewCountsQuery(filter)),
    placeholderData: keepPreviousData,
  });
  return (
    <Link
      to="/queue"
      search={search}
      // Else every view would be current that asks for less than the address does.
      activeOptions={{ exact: true, includeSearch: true }}
      className={styles.tab}
    >
      <span dir="auto">{name}</span> {data !== undefined && <span className={styles.count}>{number(data.total)}</span>}
    </Link>
  );
}
