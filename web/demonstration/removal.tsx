import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { currentSettings } from '../page-settings.ts';
import styles from './banner.module.css';

/** Covers the page until the ordinary desk answers in its place, and goes there. */
export function Removal() {
  const { t } = useTranslation('demonstration');
  const { data: settings } = useQuery({
    queryKey: ['page-settings'],
    queryFn: currentSettings,
    retry: false,
    refetchInterval: 1000,
    networkMode: 'always',
  });
  useEffect(() => {
    // Its people, and with them our session, are not there any more.
    if (settings?.demonstration === false) location.assign('/');
  }, [settings]);
  return (
    <div className={styles.removal} role="alert">
      <p>
        <strong>{t('removing')}</strong>
      </p>
      <p>{t('next')}</p>
    </div>
  );
}
