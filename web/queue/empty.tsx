import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { anyTicketQuery } from '../api/counts.ts';
import { FirstTicket } from './first-ticket.tsx';
import styles from './queue.module.css';

/** In place of a list that has nothing in it: because of its filters, because all is done, or because nothing ever came. */
export function Empty({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation();
  const { data: any } = useQuery({ ...anyTicketQuery, enabled: !filtered });
  if (!filtered && any === false) return <FirstTicket />;
  return (
    <div className={styles.empty}>
      <p>{filtered ? t('queue.nothingFound') : t('queue.empty')}</p>
      {filtered && <Link to="/queue">{t('queue.clear')}</Link>}
    </div>
  );
}
