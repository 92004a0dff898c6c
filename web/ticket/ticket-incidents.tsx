import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { incidentsQuery } from '../api/incidents.ts';
import styles from './ticket.module.css';

export function TicketIncidents({ ticket }: { ticket: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(incidentsQuery({ ticket }));
  if (data === undefined || data.data.length === 0) return null;
  return (
    <section className={styles.panel} aria-labelledby="ticket-incidents">
      <h2 id="ticket-incidents">{t('nav.incidents')}</h2>
      <ul className={styles.plain}>
        {data.data.map(({ id, reason, status }) => (
          <li key={id}>
            <Link to="/incidents" hash={id}>
              {reason}
            </Link>{' '}
            · {t(`incident.status.${status}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
