import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { schedulesQuery } from '../api/schedules.ts';
import { useMay } from '../api/session.ts';
import { Absences } from '../on-call/absences.tsx';
import { MyShifts } from '../on-call/my-shifts.tsx';
import { NowAndNext } from '../on-call/now-and-next.tsx';
import styles from '../on-call/on-call.module.css';
import { SwapRequests } from '../on-call/swap-requests.tsx';
import { Failed } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import { ButtonLink } from '../ui/button-link.tsx';

const aheadMs = 60 * 24 * 60 * 60 * 1000;

/** Who is on duty, and what it means for whoever looks. */
export function OnCallPage() {
  const { t } = useTranslation(['on-call', 'desk']);
  const { data: schedules, error, refetch } = useQuery(schedulesQuery);
  const mayConfigure = useMay('configure');
  const [window] = useState(() => ({
    from: new Date().toISOString(),
    to: new Date(Date.now() + aheadMs).toISOString(),
  }));
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <PageTitle title={t('title')} className={styles.title} />
        {mayConfigure && <ButtonLink to="/on-call/new">{t('newSchedule')}</ButtonLink>}
      </header>
      {schedules === undefined ? (
        error === null ? (
          <div role="status" aria-label={t('desk:loading')}>
            <Skeleton height={160} />
          </div>
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )
      ) : (
        <>
          <section className={styles.section} aria-labelledby="now">
            <h2 id="now">{t('nowAndNext')}</h2>
            {schedules.length === 0 ? (
              <p className={styles.quiet}>{t('noSchedules')}</p>
            ) : (
              <NowAndNext schedules={schedules} window={window} />
            )}
          </section>
          <SwapRequests schedules={schedules} />
          <MyShifts schedules={schedules} window={window} />
          <Absences schedules={schedules} />
        </>
      )}
    </div>
  );
}
