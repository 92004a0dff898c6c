import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { removeDemonstration } from '../api/demonstration.ts';
import { sessionQuery } from '../api/session.ts';
import styles from './banner.module.css';
import { Removal } from './removal.tsx';

/** Says on every page that nothing here is real, and lets an admin end it: with one click, since nothing can be lost. */
export function DemonstrationBanner() {
  const { t } = useTranslation('demonstration');
  const { data: session } = useQuery(sessionQuery);
  const removal = useMutation({ mutationFn: removeDemonstration });
  if (removal.isSuccess) return <Removal />;
  return (
    <aside className={styles.banner} aria-label={t('title')}>
      <strong>
        <span aria-hidden="true">◐ </span>
        {t('title')}
      </strong>
      <span>{t('text')}</span>
      {removal.isError && <span role="alert">{removal.error.message}</span>}
      {session?.permissions.includes('administer') && (
        <Button size="compact-sm" variant="default" loading={removal.isPending} onClick={() => removal.mutate()}>
          {t('remove')}
        </Button>
      )}
    </aside>
  );
}
