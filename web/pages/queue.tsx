import { Button, Skeleton } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../api/session.ts';
import { ticketsQuery } from '../api/tickets.ts';
import { useMinute } from '../i18n/now.ts';
import { Filters } from '../queue/filters.tsx';
import styles from '../queue/queue.module.css';
import { filterOf } from '../queue/search.ts';
import { useSelection } from '../queue/selection.ts';
import { TicketCount } from '../queue/ticket-count.tsx';
import { TicketList } from '../queue/ticket-list.tsx';
import { useAssign } from '../queue/use-assign.ts';
import { usePanel } from '../queue/use-panel.ts';
import { Failed } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';

const Empty = lazy(() => import('../queue/empty.tsx').then((it) => ({ default: it.Empty })));
const ViewTabs = lazy(() => import('../views/tabs.tsx').then((it) => ({ default: it.ViewTabs })));
const Bulk = lazy(() => import('../queue/bulk.tsx').then((it) => ({ default: it.Bulk })));
const LoadPanel = lazy(() => import('../agents/load-panel.tsx').then((it) => ({ default: it.LoadPanel })));
const MoveDialog = lazy(() => import('../agents/move-dialog.tsx').then((it) => ({ default: it.MoveDialog })));
const AssignedNotice = lazy(() =>
  import('../agents/assigned-notice.tsx').then((it) => ({ default: it.AssignedNotice })),
);

const route = getRouteApi('/desk/queue');

/** The open tickets, next due first, as they are at this moment. */
export function QueuePage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const { user } = useSession();
  const mayWork = useMay('work');
  const selection = useSelection();
  const panel = usePanel();
  /** What somebody is being looked for to give it to. */
  const [moving, setMoving] = useState<readonly string[] | null>(null);
  const filter = filterOf(search, user.id, useMinute());
  const query = useInfiniteQuery({ ...ticketsQuery(filter), placeholderData: keepPreviousData });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const tickets = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const readMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const assigning = useAssign(tickets, selection.remove);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <PageTitle title={t('queue.title')} className={styles.title} />
        <TicketCount filter={filter} />
        <Button variant="default" aria-expanded={panel.open} onClick={() => panel.show(!panel.open)}>
          {t('queue.agents')}
        </Button>
        <Filters search={search} tickets={tickets} />
      </header>
      <Suspense fallback={<div className={styles.tabs} />}>
        <ViewTabs search={search} />
      </Suspense>
      <Suspense>
        {mayWork && selection.ids.length > 0 && (
          <Bulk
            selection={selection}
            tickets={tickets}
            assigning={assigning}
            onAssign={() => setMoving(selection.ids)}
          />
        )}
      </Suspense>
      <div className={styles.body}>
        <div className={styles.list}>
          {query.isError && data === undefined ? (
            <Failed error={query.error} retry={() => void query.refetch()} />
          ) : data === undefined ? (
            <Loading />
          ) : tickets.length === 0 ? (
            <Suspense>
              <Empty filtered={Object.keys(search).length > 0} />
            </Suspense>
          ) : (
            <TicketList
              tickets={tickets}
              selection={mayWork ? selection : null}
              more={hasNextPage}
              readMore={readMore}
              onAssign={setMoving}
            />
          )}
        </div>
        <Suspense>
          {panel.open && <LoadPanel search={search} onAssign={assigning.assign} onClose={() => panel.show(false)} />}
        </Suspense>
      </div>
      <Suspense>
        {assigning.last !== null && <AssignedNotice assigning={assigning} />}
        {moving !== null && (
          <MoveDialog
            count={moving.length}
            onChoose={(to) => assigning.assign(moving, to)}
            onClose={() => setMoving(null)}
          />
        )}
      </Suspense>
    </div>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <div className={styles.loading} role="status" aria-label={t('loading')}>
      {Array.from({ length: 12 }, (_, i) => (
        <Skeleton key={i} height={40} />
      ))}
    </div>
  );
}
