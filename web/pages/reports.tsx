import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { reportFile, reportQuery } from '../api/reports.ts';
import { Controls } from '../reports/controls.tsx';
import { isKind, type KindName, kindNames, kinds } from '../reports/kinds.ts';
import styles from '../reports/reports.module.css';
import { queryOf, spanBefore, spanOf } from '../reports/search.ts';
import { ReportTable } from '../reports/table.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { Failed } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';

const Chart = lazy(() => import('../reports/chart.tsx').then((it) => ({ default: it.Chart })));

const route = getRouteApi('/desk/reports/$name');

export function ReportsPage() {
  const { name } = route.useParams();
  return isKind(name) ? <Reports name={name} /> : <NotFound />;
}

/** One report, with the others beside it. */
function Reports({ name }: { name: KindName }) {
  const { t } = useTranslation('reports');
  const search = route.useSearch();
  return (
    <div className={styles.page}>
      <nav className={styles.kinds} aria-label={t('title')}>
        {kindNames.map((one) => (
          <Link key={one} to="/reports/$name" params={{ name: one }} search={search}>
            {t(`kind.${one}`)}
          </Link>
        ))}
      </nav>
      <div className={styles.report}>
        <PageTitle title={t(`kind.${name}`)} className={styles.title} />
        <p className={styles.about}>{t(`about.${name}`)}</p>
        <Figures key={name} name={name} />
      </div>
    </div>
  );
}

function Figures({ name }: { name: KindName }) {
  const { t } = useTranslation(['reports', 'desk']);
  const search = route.useSearch();
  const span = spanOf(search, new Date());
  const { charted, splits } = kinds[name];
  const asked = splits ? search : { ...search, by: undefined };
  const query = queryOf(asked as typeof search, span);
  const { data, error, refetch } = useQuery({ ...reportQuery(name, query), placeholderData: keepPreviousData });
  const before = useQuery(reportQuery(name, queryOf(asked as typeof search, spanBefore(span))));
  return (
    <>
      <Controls name={name} search={search} span={span} />
      {data === undefined ? (
        error === null ? (
          <div role="status" aria-label={t('desk:loading')}>
            <Skeleton height={260} />
          </div>
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )
      ) : (
        <>
          {data.rows.length === 0 && <p className={styles.about}>{t('nothing')}</p>}
          {data.by === 'period' && data.rows.length > 1 && (
            <Suspense fallback={<Skeleton height={260} />}>
              <Chart name={name} report={data} charted={charted} />
            </Suspense>
          )}
          <ReportTable name={name} report={data} search={search} charted={charted} before={before.data?.total} />
          <p>
            <a href={reportFile(name, query)} download>
              {t('download')}
            </a>
          </p>
        </>
      )}
    </>
  );
}
