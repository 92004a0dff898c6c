import { Skeleton } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../api/session.ts';
import { ticketsQuery } from '../api/tickets.ts';
import { useFormats } from '../i18n/format.ts';
import { Bulk } from '../queue/bulk.tsx';
import { Filters } from '../queue/filters.tsx';
import styles from '../queue/queue.module.css';
import { filterOf } from '../queue/search.ts';
import { useSelection } from '../queue/selection.ts';
import { TicketList } from '../queue/ticket-list.tsx';
import { Failed } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';

const route = getRouteApi('/desk/queue');

/** The open tickets, next due first, as they are at this moment. */
export function QueuePage() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const search = route.useSearch();
  const { user } = useSession();
  const mayWork = useMay('work');
  const selection = useSelection();
  const query = useInfiniteQuery({ ...ticketsQuery(filterOf(search, user.id)), placeholderData: keepPreviousData });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const tickets = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const readMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <PageTitle title={t('queue.title')} className={styles.title} />
        {data !== undefined && (
          <span className={styles.count} aria-live="polite">
            {t('queue.count', {
              count: tickets.length,
              shown: `${number(tickets.length)}${hasNextPage ? '+' : ''}`,
            })}
          </span>
        )}
        <Filters search={search} />
      </header>
      {mayWork && <Bulk selection={selection} tickets={tickets} />}
      {query.isError && data === undefined ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : data === undefined ? (
        <Loading />
      ) : tickets.length === 0 ? (
        <Empty filtered={Object.keys(search).length > 0} />
      ) : (
        <TicketList tickets={tickets} selection={mayWork ? selection : null} more={hasNextPage} readMore={readMore} />
      )}
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

function Empty({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <p>{filtered ? t('queue.nothingFound') : t('queue.empty')}</p>
      {filtered && <Link to="/queue">{t('queue.clear')}</Link>}
    </div>
  );
}
