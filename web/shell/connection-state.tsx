import { useTranslation } from 'react-i18next';
import { useConnection } from '../live/live.tsx';
import styles from './frame.module.css';

/** Small while all is well; a banner once what is on the screen may be old. */
export function ConnectionState() {
  const { t } = useTranslation();
  const state = useConnection();
  return (
    <span className={styles.connection} data-state={state} role="status">
      <span className={styles.dot} aria-hidden="true" />
      {t(`connection.${state}`)}
    </span>
  );
}

export function OfflineBanner() {
  const { t } = useTranslation();
  if (useConnection() !== 'offline') return null;
  return (
    <p className={styles.offline} role="alert">
      {t('connection.banner')}
    </p>
  );
}
